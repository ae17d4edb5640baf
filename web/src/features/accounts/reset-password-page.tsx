import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { PasswordField } from './password-field.tsx';

const route = getRouteApi('/reset-password');

export function ResetPasswordPage() {
  const t = useTranslations('auth');
  const navigate = useNavigate();
  const { token } = route.useSearch();
  const form = useForm({ password: '' });
  const reset = useMutation({
    mutationFn: () =>
      api('POST /auth/password/reset', { body: { token: token ?? '', password: form.values.password } }),
    onError: form.fail,
    onSuccess: () => {
      showToast(t('resetDone'), 'good');
      void navigate({ to: '/sign-in' });
    },
  });
  return (
    <Page title={t('resetTitle')} width="narrow">
      {token ? (
        <form
          ref={form.ref}
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            form.clear();
            reset.mutate();
          }}
        >
          <FormError>{form.formError}</FormError>
          <PasswordField
            label={t('newPassword')}
            name="password"
            autoComplete="new-password"
            minLength={8}
            hint={t('passwordHint')}
            value={form.values.password}
            onChange={(value) => form.set('password', value)}
            error={form.errorAt('/password')}
          />
          <Button type="submit" isPending={reset.isPending}>
            {t('resetAction')}
          </Button>
        </form>
      ) : (
        <EmptyState
          title={t('linkIncomplete')}
          action={
            <Link to="/forgot-password" className="link">
              {t('askAgain')}
            </Link>
          }
        >
          {t('linkIncompleteText')}
        </EmptyState>
      )}
    </Page>
  );
}
