import { useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { resendVerification, useMe } from './api.ts';
import { ResendButton } from './resend-button.tsx';

/** Here the mail is spoken of already, or the page is about to go; nothing shall move. */
const quietPaths = new Set(['/sign-in', '/sign-up', '/welcome', '/verify-email', '/settings/account']);

/** Reminds of the confirmation mail until the address is confirmed. Everything works meanwhile. */
export function VerifyNotice() {
  const t = useTranslations('verify');
  const me = useMe();
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath ?? '' });
  if (!me || me.is_verified || quietPaths.has(path)) return null;
  return (
    <div className="border-b border-rule bg-well">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-5 py-1.5 text-sm sm:px-8">
        <p>{t('notice', { email: me.email ?? '' })}</p>
        <ResendButton send={resendVerification} />
      </div>
    </div>
  );
}
