import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { api } from '../../lib/api.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe } from './api.ts';
import { PasswordField } from './password-field.tsx';
import { ResendButton } from './resend-button.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

export function SettingsSecurityPage() {
  const t = useTranslations('settings.security');
  const me = useMe();
  return (
    <Page title={t('title')} width="reading">
      <div className="flex flex-col gap-12">
        <Section title={t('password.title')}>
          {me?.has_password === false ? <NoPassword email={me.email ?? ''} /> : <PasswordChange />}
        </Section>
        <Section title={t('totp.title')}>
          <TwoFactor />
        </Section>
        <Section title={t('sessions.title')}>
          <Sessions />
        </Section>
      </div>
    </Page>
  );
}

/** Who signs in through a provider may set a password by mail, as if it were forgotten. */
function NoPassword({ email }: { email: string }) {
  const t = useTranslations('settings.security.password');
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="max-w-prose text-soft">{t('none', { email })}</p>
      <ResendButton send={() => api('POST /auth/password/forgot', { body: { email } })} />
    </div>
  );
}

function PasswordChange() {
  const t = useTranslations('settings.security.password');
  const form = useForm({ current_password: '', new_password: '' });
  const change = useMutation({
    mutationFn: () => api('POST /auth/password/change', { body: form.values }),
    onError: form.fail,
    onSuccess: () => {
      form.replace({ current_password: '', new_password: '' });
      showToast(t('saved'), 'good');
    },
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) change.mutate();
      }}
    >
      <FormError>{form.formError}</FormError>
      <PasswordField
        label={t('current')}
        name="current_password"
        autoComplete="current-password"
        value={form.values.current_password}
        onChange={(value) => form.set('current_password', value)}
        error={form.errorAt('/current_password')}
      />
      <PasswordField
        label={t('new')}
        name="new_password"
        autoComplete="new-password"
        hint={t('hint')}
        value={form.values.new_password}
        onChange={(value) => form.set('new_password', value)}
        error={form.errorAt('/new_password')}
      />
      <Button type="submit" className="self-start" isPending={change.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
