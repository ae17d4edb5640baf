import type { User } from '@collabthon/contracts/accounts';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { resendVerification, useMe, useUpdateMe } from './api.ts';
import { CloseAccount } from './close-account.tsx';
import { PasswordField } from './password-field.tsx';
import { ResendButton } from './resend-button.tsx';

export function SettingsAccountPage() {
  const t = useTranslations('settings.account');
  const me = useMe();
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {me ? (
        <div className="flex max-w-md flex-col gap-8">
          {me.pending_email || !me.is_verified ? <WaitingAddress me={me} /> : null}
          <AccountForm me={me} />
          <CloseAccount me={me} />
        </div>
      ) : null}
    </Page>
  );
}

/** An address that nobody has proven to be theirs yet: a new one beside the old, or the first. */
function WaitingAddress({ me }: { me: User }) {
  const t = useTranslations('settings.account');
  const textOf = useErrorText();
  const update = useUpdateMe();
  const { email = '', pending_email: pending } = me;
  const keep = () =>
    update.mutate(
      { email },
      {
        onSuccess: () => showToast(t('kept', { email }), 'good'),
        onError: (error) => showToast(textOf(error), 'bad'),
      },
    );
  return (
    <div className="border-s-4 border-mark py-2 ps-5">
      <p className="max-w-prose">
        {pending ? t('confirmNew', { email: pending, old: email }) : t('confirm', { email })}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <ResendButton send={resendVerification} />
        {pending ? (
          <Button look="quiet" size="small" isPending={update.isPending} onClick={keep}>
            {t('keep')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function AccountForm({ me }: { me: User }) {
  const t = useTranslations('settings.account');
  const update = useUpdateMe();
  const form = useForm({ email: me.email ?? '', username: me.username, password: '' });
  const changesEmail = form.values.email.trim() !== me.email;

  const submit = async () => {
    if (!form.check()) return;
    const { email, username, password } = form.values;
    try {
      const saved = await update.mutateAsync({
        ...(changesEmail ? { email: email.trim() } : {}),
        ...(username.trim() === me.username ? {} : { username: username.trim() }),
        ...(password ? { password } : {}),
      });
      form.set('password', '');
      // A new address that waits to be proven is told of above.
      form.set('email', saved.email ?? '');
      showToast(t(changesEmail ? 'mailed' : 'saved'), 'good');
    } catch (error) {
      form.fail(error);
    }
  };

  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex flex-col gap-5"
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
        spellCheck={false}
        pattern="[A-Za-z0-9_][A-Za-z0-9_.\-]*"
        hint={t('usernameHint')}
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
