import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useMe, useRefreshMe } from './api.ts';

const route = getRouteApi('/verify-email');

export function VerifyEmailPage() {
  const t = useTranslations('verify');
  const { token } = route.useSearch();
  const me = useMe();
  const refreshMe = useRefreshMe();
  const { mutate, ...confirm } = useMutation({
    mutationFn: (value: string) => api('POST /auth/verify-email', { body: { token: value } }),
    onSuccess: () => refreshMe(),
  });
  // A token counts once, so a second run of the effect must not spend it again.
  const spent = useRef<string>(undefined);
  useEffect(() => {
    if (!token || spent.current === token) return;
    spent.current = token;
    mutate(token);
  }, [token, mutate]);

  return (
    <Page title={t('title')} width="narrow">
      <div aria-live="polite">
        {token ? null : <EmptyState title={t('noToken')}>{t('noTokenText')}</EmptyState>}
        {confirm.isPending ? <p>{t('working')}</p> : null}
        {confirm.isError ? <ErrorState error={confirm.error} /> : null}
        {confirm.isSuccess ? (
          <div className="flex flex-col items-start gap-5">
            <p className="text-lg">{t('done')}</p>
            {me ? (
              <Link to="/work" className={buttonClass()}>
                {t('continue')}
              </Link>
            ) : (
              <Link to="/sign-in" className={buttonClass()}>
                {t('signIn')}
              </Link>
            )}
          </div>
        ) : null}
      </div>
    </Page>
  );
}
