import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { ApiError } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { NeedsScripts } from './needs-scripts.tsx';
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
  const { error } = reset;
  const isExpired = error instanceof ApiError && error.code === 'token_expired';
  const askAgain = (
    <Link to="/forgot-password" className={buttonClass()}>
      {t('askAgain')}
    </Link>
  );
  return (
    <Page title={t('resetTitle')} width="narrow">
      {isExpired ? (
        <EmptyState title={t('linkExpired')} action={askAgain}>
          {t('linkExpiredText')}
        </EmptyState>
      ) : token ? (
        <form
          method="post"
          ref={form.ref}
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (form.check()) reset.mutate();
          }}
        >
          <NeedsScripts />
          <FormError>{form.formError}</FormError>
          <PasswordField
            label={t('newPassword')}
            name="password"
            autoComplete="new-password"
            value={form.values.password}
            onChange={(value) => form.set('password', value)}
            error={form.errorAt('/password')}
          />
          <Button type="submit" isPending={reset.isPending}>
            {t('resetAction')}
          </Button>
        </form>
      ) : (
        <EmptyState title={t('linkIncomplete')} action={askAgain}>
          {t('linkIncompleteText')}
        </EmptyState>
      )}
    </Page>
  );
}
