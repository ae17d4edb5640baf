import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { SealIcon } from '../../components/icons.tsx';
import { api } from '../../lib/api.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe, useRefreshMe } from './api.ts';
import { PasswordField } from './password-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Two-factor sign-in: off, being set up, just confirmed (recovery codes are seen once), on. */
export function TwoFactor() {
  const t = useTranslations('settings.security.totp');
  const me = useMe();
  const refreshMe = useRefreshMe();
  const [codes, setCodes] = useState<string[]>();
  const form = useForm({ code: '' });
  const setup = useMutation({ mutationFn: () => api('POST /auth/totp/setup'), onError: form.fail });
  const confirm = useMutation({
    mutationFn: () => api('POST /auth/totp/confirm', { body: { code: form.values.code.replaceAll(/\s/g, '') } }),
    onError: form.fail,
    onSuccess: async (answer) => {
      setCodes(answer.recovery_codes);
      setup.reset();
      await refreshMe();
    },
  });

  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />;
  if (me?.totp_enabled) return <TwoFactorIsOn onDisabled={refreshMe} />;
  if (!setup.data) {
    return (
      <div className="flex flex-col items-start gap-4">
        <p className="max-w-prose text-soft">{t('lead')}</p>
        <FormError>{form.formError}</FormError>
        <Button look="secondary" isPending={setup.isPending} onClick={() => setup.mutate()}>
          {t('begin')}
        </Button>
      </div>
    );
  }
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex flex-col items-start gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) confirm.mutate();
      }}
    >
      <p className="max-w-prose text-soft">{t('scan')}</p>
      <QrCode text={setup.data.otpauth_url} label={t('qr')} />
      <p className="text-sm text-faint">
        {t.rich('secret', {
          code: () => (
            <code className="font-mono text-base text-ink" dir="ltr">
              {inGroups(setup.data.secret)}
            </code>
          ),
        })}
      </p>
      <FormError>{form.formError}</FormError>
      <CodeField
        label={t('code')}
        value={form.values.code}
        onChange={(value) => form.set('code', value)}
        error={form.errorAt('/code')}
      />
      <Button type="submit" isPending={confirm.isPending}>
        {t('confirm')}
      </Button>
    </form>
  );
}

/** `JBSW Y3DP EHPK`, as people copy it by hand. */
const inGroups = (secret: string) => secret.replaceAll(/.{4}(?=.)/g, '$& ');

function TwoFactorIsOn({ onDisabled }: { onDisabled: () => Promise<void> }) {
  const t = useTranslations('settings.security.totp');
  const [isLeaving, setLeaving] = useState(false);
  return (
    <div className="flex flex-col items-start gap-5">
      <p className="flex items-start gap-3 font-medium">
        <SealIcon className="mt-0.5 size-6 text-fit" />
        {t('isOn')}
      </p>
      {isLeaving ? (
        <DisableTwoFactor onDisabled={onDisabled} onCancel={() => setLeaving(false)} />
      ) : (
        <Button look="secondary" size="small" onClick={() => setLeaving(true)}>
          {t('disable')}
        </Button>
      )}
    </div>
  );
}

function DisableTwoFactor({ onDisabled, onCancel }: { onDisabled: () => Promise<void>; onCancel: () => void }) {
  const t = useTranslations('settings.security.totp');
  const tAuth = useTranslations('auth');
  const hasPassword = useMe()?.has_password !== false;
  const [byRecovery, setByRecovery] = useState(false);
  const form = useForm({ password: '', code: '', recovery_code: '' });
  const disable = useMutation({
    mutationFn: () => {
      const { password, code, recovery_code } = form.values;
      return api('POST /auth/totp/disable', {
        body: {
          ...(hasPassword ? { password } : {}),
          ...(byRecovery ? { recovery_code: recovery_code.trim() } : { code: code.replaceAll(/\s/g, '') }),
        },
      });
    },
    onError: form.fail,
    onSuccess: async () => {
      showToast(t('disabled'));
      await onDisabled();
    },
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex w-full max-w-md flex-col items-start gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) disable.mutate();
      }}
    >
      <p className="text-soft">{t('disableLead')}</p>
      <FormError>{form.formError}</FormError>
      {hasPassword ? (
        <div className="w-full">
          <PasswordField
            label={t('password')}
            name="password"
            autoComplete="current-password"
            value={form.values.password}
            onChange={(value) => form.set('password', value)}
            error={form.errorAt('/password')}
          />
        </div>
      ) : null}
      {byRecovery ? (
        <TextField
          label={tAuth('recoveryCode')}
          name="recovery_code"
          autoComplete="off"
          required
          autoFocus
          dir="ltr"
          className="w-56"
          value={form.values.recovery_code}
          onChange={(event) => form.set('recovery_code', event.target.value)}
          error={form.errorAt('/recovery_code')}
        />
      ) : (
        <CodeField
          label={t('code')}
          value={form.values.code}
          onChange={(value) => form.set('code', value)}
          error={form.errorAt('/code')}
        />
      )}
      <button type="button" className="link text-sm" onClick={() => setByRecovery(!byRecovery)}>
        {tAuth(byRecovery ? 'useTotp' : 'useRecovery')}
      </button>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="danger" isPending={disable.isPending}>
          {t('disable')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('keep')}
        </Button>
      </div>
    </form>
  );
}

/** Six digits of an authenticator. */
function CodeField({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  return (
    <TextField
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      maxLength={7}
      dir="ltr"
      className="w-48"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  );
}

/** Dark on light in both themes: many readers cannot see an inverted code. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 2 }), [text]);
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className="size-52 rounded-control bg-[white]"
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="black" />
    </svg>
  );
}
