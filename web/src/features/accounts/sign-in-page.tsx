import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { ApiError } from '../../lib/errors.ts';
import { useForm } from '../../lib/use-form.ts';
import { type SignIn, useSignIn } from './api.ts';
import { NeedsScripts } from './needs-scripts.tsx';
import { PasswordField } from './password-field.tsx';
import { Providers } from './providers.tsx';
import { useTakeOverLocale } from './use-choose-locale.ts';

const route = getRouteApi('/sign-in');
const secondFactor = new Set(['totp_required', 'totp_invalid']);

export function SignInPage() {
  const t = useTranslations('auth');
  const router = useRouter();
  const { next, problem } = route.useSearch();
  const signIn = useSignIn();
  const takeOverLocale = useTakeOverLocale();
  const form = useForm({ username: '', password: '', totp: '', recovery_code: '' });
  const [factor, setFactor] = useState<'none' | 'totp' | 'recovery'>('none');

  const submit = async () => {
    if (!form.check()) return;
    const { username, password, totp, recovery_code } = form.values;
    const body: SignIn = { username: username.trim(), password };
    if (factor === 'totp') body.totp = totp.replaceAll(/\s/g, '');
    if (factor === 'recovery') body.recovery_code = recovery_code.trim();
    try {
      const user = await signIn.mutateAsync(body);
      await takeOverLocale(user);
      router.history.push(next ?? '/work');
    } catch (error) {
      const needsCode = error instanceof ApiError && secondFactor.has(error.code);
      if (needsCode && factor === 'none') setFactor('totp');
      else form.fail(error);
    }
  };

  return (
    <Page title={t('signIn')} lead={next ? t('signInNext') : undefined} width="narrow">
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
        <FormError>{form.formError ?? (problem ? t('providerProblem') : undefined)}</FormError>
        <TextField
          label={t('identifier')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={form.values.username}
          onChange={(event) => form.set('username', event.target.value)}
          error={form.errorAt('/username')}
        />
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="current-password"
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorAt('/password')}
        />
        {factor === 'totp' ? (
          <TextField
            label={t('totp')}
            hint={t('totpHint')}
            name="totp"
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            autoFocus
            maxLength={7}
            value={form.values.totp}
            onChange={(event) => form.set('totp', event.target.value)}
            error={form.errorAt('/totp')}
          />
        ) : null}
        {factor === 'recovery' ? (
          <TextField
            label={t('recoveryCode')}
            name="recovery_code"
            autoComplete="off"
            required
            autoFocus
            value={form.values.recovery_code}
            onChange={(event) => form.set('recovery_code', event.target.value)}
            error={form.errorAt('/recovery_code')}
          />
        ) : null}
        {factor === 'none' ? null : (
          <button
            type="button"
            className="link link-alone self-start text-sm"
            onClick={() => setFactor(factor === 'totp' ? 'recovery' : 'totp')}
          >
            {t(factor === 'totp' ? 'useRecovery' : 'useTotp')}
          </button>
        )}
        <Button type="submit" isPending={signIn.isPending}>
          {t('signIn')}
        </Button>
        <Link to="/forgot-password" className="link link-alone self-start text-sm">
          {t('forgot')}
        </Link>
      </form>
      <Providers next={next} />
      <p className="mt-8 text-soft">
        {t('noAccount')}{' '}
        <Link to="/sign-up" search={next ? { next } : {}} className="link font-semibold">
          {t('signUp')}
        </Link>
      </p>
    </Page>
  );
}
