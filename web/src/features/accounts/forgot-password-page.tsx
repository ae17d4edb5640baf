import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';

export function ForgotPasswordPage() {
  const t = useTranslations('auth');
  const form = useForm({ email: '' });
  const ask = useMutation({
    mutationFn: () => api('POST /auth/password/forgot', { body: { email: form.values.email.trim() } }),
    onError: form.fail,
  });
  return (
    <Page title={t('forgotTitle')} lead={t('forgotLead')} width="narrow">
      {ask.isSuccess ? (
        <p role="status" className="border-s-4 border-fit py-2 ps-5">
          {t('forgotSent', { email: form.values.email })}
        </p>
      ) : (
        <form
          ref={form.ref}
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            form.clear();
            ask.mutate();
          }}
        >
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
        <Link to="/sign-in" className="link">
          {t('backToSignIn')}
        </Link>
      </p>
    </Page>
  );
}
