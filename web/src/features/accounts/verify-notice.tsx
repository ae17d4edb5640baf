import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useMe } from './api.ts';

/** Reminds of the confirmation mail until the address is confirmed. Everything works meanwhile. */
export function VerifyNotice() {
  const t = useTranslations('verify');
  const textOf = useErrorText();
  const me = useMe();
  const resend = useMutation({
    mutationFn: () => api('POST /auth/verify-email/resend'),
    onSuccess: () => showToast(t('sent'), 'good'),
    onError: (error) => showToast(textOf(error), 'bad'),
  });
  if (!me || me.is_verified) return null;
  return (
    <div className="border-b border-rule bg-well">
      <p className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2 text-sm sm:px-8">
        <span>{t('notice', { email: me.email ?? '' })}</span>
        <button
          type="button"
          className="link min-h-6 font-semibold"
          disabled={resend.isPending}
          onClick={() => resend.mutate()}
        >
          {t('resend')}
        </button>
      </p>
    </div>
  );
}
