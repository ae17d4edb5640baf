import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { ApiError } from '../../lib/errors.ts';
import { resendVerification, useMe, useRefreshMe } from './api.ts';
import { ResendButton } from './resend-button.tsx';

const route = getRouteApi('/verify-email');

/** Where the link in the mail leads; without its token, where the mail is waited for. */
export function VerifyEmailPage() {
  const t = useTranslations('verify');
  const { token } = route.useSearch();
  return (
    <Page title={t('title')} width="narrow">
      <div aria-live="polite">{token ? <Confirming token={token} /> : <Waiting />}</div>
    </Page>
  );
}

function Confirming({ token }: { token: string }) {
  const t = useTranslations('verify');
  const me = useMe();
  const refreshMe = useRefreshMe();
  const { mutate, ...confirm } = useMutation({
    mutationFn: (value: string) => api('POST /auth/verify-email', { body: { token: value } }),
    onSuccess: () => refreshMe(),
  });
  // A token counts once, so a second run of the effect must not spend it again.
  const spent = useRef<string>(undefined);
  useEffect(() => {
    if (spent.current === token) return;
    spent.current = token;
    mutate(token);
  }, [token, mutate]);

  if (confirm.isSuccess) return <Confirmed isMember={Boolean(me)}>{t('done')}</Confirmed>;
  if (!confirm.isError) return <p>{t('working')}</p>;
  const isExpired = confirm.error instanceof ApiError && confirm.error.code === 'token_expired';
  if (!isExpired) return <ErrorState error={confirm.error} onRetry={() => mutate(token)} />;
  if (me?.is_verified && !me.pending_email) return <Confirmed isMember>{t('alreadyDone')}</Confirmed>;
  return (
    <EmptyState
      title={t('expired')}
      action={me ? <ResendButton look="primary" send={resendVerification} /> : <SignInToGoOn />}
    >
      {t(me ? 'expiredMember' : 'expiredVisitor')}
    </EmptyState>
  );
}

function Waiting() {
  const t = useTranslations('verify');
  const me = useMe();
  const address = me?.pending_email ?? (me?.is_verified ? null : me?.email);
  if (!me) {
    return (
      <EmptyState title={t('noToken')} action={<SignInToGoOn />}>
        {t('noTokenText')}
      </EmptyState>
    );
  }
  if (!address) return <Confirmed isMember>{t('alreadyDone')}</Confirmed>;
  return (
    <EmptyState title={t('checkMail')} action={<ResendButton send={resendVerification} />}>
      <p>{t('checkMailText', { email: address })}</p>
      <p className="mt-2">
        <Link to="/settings/account" className="link">
          {t('wrongAddress')}
        </Link>
      </p>
    </EmptyState>
  );
}

function Confirmed({ isMember, children }: { isMember: boolean; children: ReactNode }) {
  const t = useTranslations('verify');
  return (
    <div className="flex flex-col items-start gap-5">
      <p className="text-lg">{children}</p>
      {isMember ? (
        <Link to="/work" className={buttonClass()}>
          {t('continue')}
        </Link>
      ) : (
        <Link to="/sign-in" className={buttonClass()}>
          {t('signIn')}
        </Link>
      )}
    </div>
  );
}

function SignInToGoOn() {
  const t = useTranslations('verify');
  return (
    <Link to="/sign-in" search={{ next: '/verify-email' }} className={buttonClass()}>
      {t('signIn')}
    </Link>
  );
}
