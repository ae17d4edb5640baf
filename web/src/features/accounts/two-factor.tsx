import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { api } from '../../lib/api.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe, useRefreshMe } from './api.ts';
import { PasswordField } from './password-field.tsx';

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

  if (codes) {
    return (
      <div className="flex flex-col items-start gap-4">
        <p className="max-w-prose font-medium">{t('codesLead')}</p>
        <ul className="grid grid-cols-2 gap-x-8 gap-y-1 rounded-control bg-well p-4 font-mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-3">
          <Button
            look="secondary"
            onClick={() =>
              void navigator.clipboard.writeText(codes.join('\n')).then(() => showToast(t('copied'), 'good'))
            }
          >
            {t('copy')}
          </Button>
          <Button onClick={() => setCodes(undefined)}>{t('codesDone')}</Button>
        </div>
      </div>
    );
  }
  if (me?.totp_enabled) return <DisableTwoFactor onDisabled={refreshMe} />;
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
      ref={form.ref}
      className="flex flex-col items-start gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        confirm.mutate();
      }}
    >
      <p className="max-w-prose text-soft">{t('scan')}</p>
      <QrCode text={setup.data.otpauth_url} label={t('qr')} />
      <p className="text-sm text-faint">
        {t.rich('secret', { code: () => <code className="font-mono text-ink">{setup.data.secret}</code> })}
      </p>
      <FormError>{form.formError}</FormError>
      <TextField
        label={t('code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        maxLength={7}
        className="w-48"
        value={form.values.code}
        onChange={(event) => form.set('code', event.target.value)}
        error={form.errorAt('/code')}
      />
      <Button type="submit" isPending={confirm.isPending}>
        {t('confirm')}
      </Button>
    </form>
  );
}

function DisableTwoFactor({ onDisabled }: { onDisabled: () => Promise<void> }) {
  const t = useTranslations('settings.security.totp');
  const form = useForm({ password: '', code: '' });
  const disable = useMutation({
    mutationFn: () => {
      const { password, code } = form.values;
      return api('POST /auth/totp/disable', { body: { ...(password ? { password } : {}), ...(code ? { code } : {}) } });
    },
    onError: form.fail,
    onSuccess: async () => {
      showToast(t('disabled'));
      await onDisabled();
    },
  });
  return (
    <form
      ref={form.ref}
      className="flex max-w-md flex-col items-start gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        disable.mutate();
      }}
    >
      <p className="font-medium">{t('isOn')}</p>
      <FormError>{form.formError}</FormError>
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        isRequired={false}
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errorAt('/password')}
      />
      <TextField
        label={t('code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        className="w-48"
        value={form.values.code}
        onChange={(event) => form.set('code', event.target.value)}
        error={form.errorAt('/code')}
      />
      <Button type="submit" look="danger" isPending={disable.isPending}>
        {t('disable')}
      </Button>
    </form>
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
