import type { User } from '@collabthon/contracts/accounts';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe, useUpdateMe } from './api.ts';
import { PasswordField } from './password-field.tsx';

export function SettingsAccountPage() {
  const t = useTranslations('settings.account');
  const me = useMe();
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {me ? <AccountForm me={me} /> : null}
    </Page>
  );
}

function AccountForm({ me }: { me: User }) {
  const t = useTranslations('settings.account');
  const update = useUpdateMe();
  const form = useForm({ email: me.email ?? '', username: me.username, password: '' });
  const changesEmail = form.values.email.trim() !== me.email;

  const submit = async () => {
    form.clear();
    const { email, username, password } = form.values;
    try {
      const saved = await update.mutateAsync({
        ...(changesEmail ? { email: email.trim() } : {}),
        ...(username.trim() === me.username ? {} : { username: username.trim() }),
        ...(password ? { password } : {}),
      });
      form.set('password', '');
      // A proven address stays in force until the new one is proven as well.
      const isPending = changesEmail && saved.email !== email.trim();
      showToast(t(isPending ? 'confirmNew' : 'saved', { email: email.trim() }), 'good');
    } catch (error) {
      form.fail(error);
    }
  };

  return (
    <form
      ref={form.ref}
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FormError>{form.formError}</FormError>
      <TextField
        label={t('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
        minLength={3}
        maxLength={30}
        value={form.values.username}
        onChange={(event) => form.set('username', event.target.value)}
        error={form.errorAt('/username')}
      />
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="email"
        required
        hint={t('emailHint')}
        value={form.values.email}
        onChange={(event) => form.set('email', event.target.value)}
        error={form.errorAt('/email')}
      />
      {changesEmail && me.has_password !== false ? (
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="current-password"
          hint={t('passwordHint')}
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorAt('/password')}
        />
      ) : null}
      <Button type="submit" className="self-start" isPending={update.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
