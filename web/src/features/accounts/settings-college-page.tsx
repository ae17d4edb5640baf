import { useMutation } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { SealIcon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../lib/api.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe, useRefreshMe } from './api.ts';
import { ResendButton } from './resend-button.tsx';

export function SettingsCollegePage() {
  const t = useTranslations('settings.college');
  const format = useFormatter();
  const me = useMe();
  const refreshMe = useRefreshMe();
  const form = useForm({ email: '', code: '' });
  const send = () => api('POST /auth/college-badge', { body: { email: form.values.email.trim() } });
  const ask = useMutation({
    mutationFn: send,
    onError: form.fail,
  });
  const confirm = useMutation({
    mutationFn: () => api('POST /auth/college-badge/confirm', { body: { code: form.values.code.trim() } }),
    onError: form.fail,
    onSuccess: async () => {
      ask.reset();
      form.replace({ email: '', code: '' });
      showToast(t('earned'), 'good');
      await refreshMe();
    },
  });
  const badge = me?.college_badge;

  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {badge ? (
        <p className="mb-8 flex items-start gap-3 border-y border-rule py-4">
          <SealIcon className="mt-0.5 size-6 text-fit" />
          <span>
            <strong className="block">{t(badge.kind, { college: badge.college })}</strong>
            <span className="text-sm text-faint">
              {t('until', {
                domain: badge.domain,
                date: format.dateTime(new Date(badge.expires_at), { dateStyle: 'long' }),
              })}
            </span>
          </span>
        </p>
      ) : null}
      <form
        method="post"
        ref={form.ref}
        noValidate
        className="flex max-w-md flex-col items-start gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.check()) return;
          if (ask.isSuccess) confirm.mutate();
          else ask.mutate();
        }}
      >
        <FormError>{form.formError}</FormError>
        <TextField
          className="w-full"
          label={t('email')}
          type="email"
          name="email"
          autoComplete="email"
          required
          readOnly={ask.isSuccess}
          hint={t('emailHint')}
          value={form.values.email}
          onChange={(event) => form.set('email', event.target.value)}
          error={form.errorAt('/email')}
        />
        {ask.isSuccess ? (
          <TextField
            className="w-full"
            label={t('code')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            maxLength={6}
            dir="ltr"
            hint={t('codeHint', { email: form.values.email.trim() })}
            value={form.values.code}
            onChange={(event) => form.set('code', event.target.value)}
            error={form.errorAt('/code')}
          />
        ) : null}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" isPending={ask.isPending || confirm.isPending}>
            {t(ask.isSuccess ? 'confirm' : badge ? 'renew' : 'ask')}
          </Button>
          {ask.isSuccess ? (
            <Button look="quiet" onClick={() => ask.reset()}>
              {t('otherAddress')}
            </Button>
          ) : null}
        </div>
        {ask.isSuccess ? <ResendButton send={send} wasJustSent /> : null}
      </form>
    </Page>
  );
}
