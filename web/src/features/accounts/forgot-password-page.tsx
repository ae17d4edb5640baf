import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';
import { NeedsScripts } from './needs-scripts.tsx';
import { ResendButton } from './resend-button.tsx';

export function ForgotPasswordPage() {
  const t = useTranslations('auth');
  const form = useForm({ email: '' });
  const send = () => api('POST /auth/password/forgot', { body: { email: form.values.email.trim() } });
  const ask = useMutation({
    mutationFn: send,
    onError: form.fail,
  });
  return (
    <Page title={t('forgotTitle')} lead={t('forgotLead')} width="narrow">
      {ask.isSuccess ? (
        <div className="flex flex-col items-start gap-4 border-s-4 border-fit py-2 ps-5">
          <p role="status">{t('forgotSent', { email: form.values.email })}</p>
          <p className="text-sm text-faint">{t('forgotNothing')}</p>
          <div className="flex flex-wrap gap-2">
            <ResendButton send={send} wasJustSent />
            <Button look="quiet" size="small" onClick={() => ask.reset()}>
              {t('otherAddress')}
            </Button>
          </div>
        </div>
      ) : (
        <form
          method="post"
          ref={form.ref}
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (form.check()) ask.mutate();
          }}
        >
          <NeedsScripts />
          <FormError>{form.formError}</FormError>
          <TextField
            label={t('email')}
            type="email"
            name="email"
            autoComplete="email"
            required
            value={form.values.email}
            onChange={(event) => form.set('email', event.target.value)}
            error={form.errorAt('/email')}
          />
          <Button type="submit" isPending={ask.isPending}>
            {t('forgotAction')}
          </Button>
        </form>
      )}
      <p className="mt-8">
        <Link to="/sign-in" className="link link-alone">
          {t('backToSignIn')}
        </Link>
      </p>
    </Page>
  );
}
