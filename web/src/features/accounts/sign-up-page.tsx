import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { useForm } from '../../lib/use-form.ts';
import { useRegister, useSignIn } from './api.ts';
import { NeedsScripts } from './needs-scripts.tsx';
import { PasswordField } from './password-field.tsx';
import { Providers } from './providers.tsx';

const route = getRouteApi('/sign-up');

export function SignUpPage() {
  const t = useTranslations('auth');
  const navigate = useNavigate();
  const locale = useLocale();
  const { next } = route.useSearch();
  const register = useRegister();
  const signIn = useSignIn();
  const form = useForm({ email: '', username: '', password: '' });
  /** The account is there when only signing in failed; then that alone is tried again. */
  const made = useRef('');
  const { email, username, password } = form.values;

  const submit = async () => {
    if (!form.check()) return;
    try {
      if (made.current !== username.trim()) {
        await register.mutateAsync({ email: email.trim(), username: username.trim(), password, locale });
        made.current = username.trim();
      }
      await signIn.mutateAsync({ username: username.trim(), password });
      await navigate({ to: '/welcome', search: next ? { next } : {} });
    } catch (error) {
      form.fail(error);
    }
  };

  return (
    <Page title={t('signUp')} lead={t('signUpLead')} width="narrow">
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
        <NeedsScripts />
        <FormError>{form.formError}</FormError>
        <TextField
          label={t('email')}
          type="email"
          name="email"
          autoComplete="email"
          required
          maxLength={254}
          hint={t('emailHint')}
          value={email}
          onChange={(event) => form.set('email', event.target.value)}
          error={form.errorAt('/email')}
        />
        <TextField
          label={t('username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={3}
          maxLength={30}
          pattern="[A-Za-z0-9_][A-Za-z0-9_.\-]*"
          hint={t('usernameHint')}
          value={username}
          onChange={(event) => form.set('username', event.target.value)}
          error={form.errorAt('/username')}
        />
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="new-password"
          value={password}
          onChange={(value) => form.set('password', value)}
          error={form.errorAt('/password')}
        />
        <Button type="submit" isPending={register.isPending || signIn.isPending}>
          {t('createAccount')}
        </Button>
      </form>
      <Providers next={next} />
      <p className="mt-8 text-soft">
        {t('haveAccount')}{' '}
        <Link to="/sign-in" search={next ? { next } : {}} className="link font-semibold">
          {t('signIn')}
        </Link>
      </p>
    </Page>
  );
}
