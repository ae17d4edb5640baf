import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { FormError, TextField } from '../components/fields.tsx';
import { useForgetAccount, useMe } from '../features/accounts/api.ts';
import { PasswordField } from '../features/accounts/password-field.tsx';
import { api } from '../lib/api.ts';
import { ApiError } from '../lib/errors.ts';
import { meKey } from '../lib/query.ts';
import { renewSession } from '../lib/session.ts';
import { commitUndoables, showToast } from '../lib/toasts.ts';
import { useForm } from '../lib/use-form.ts';
import type { SheetProps } from './habits.tsx';

/** The session ended while the page was open: signing in again happens right here, and the page stays as it is. */
export function SessionDialog({ isOpen, onClose }: SheetProps) {
  const t = useTranslations('errors.session');
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <SignInAgain onDone={onClose} />
    </Dialog>
  );
}

function SignInAgain({ onDone }: { onDone: () => void }) {
  const t = useTranslations('errors.session');
  const tAuth = useTranslations('auth');
  const client = useQueryClient();
  const router = useRouter();
  const forget = useForgetAccount();
  const { href } = useLocation();
  const me = useMe();
  const form = useForm({ password: '', totp: '' });
  const [needsCode, setNeedsCode] = useState(false);

  const signIn = useMutation({
    mutationFn: () => {
      const { password, totp } = form.values;
      const code = needsCode ? { totp: totp.replaceAll(/\s/g, '') } : {};
      return api('POST /auth/browser-session', { body: { username: me?.username ?? '', password, ...code } });
    },
    onSuccess: (user) => {
      client.setQueryData(meKey, user);
      renewSession();
      onDone();
      showToast(t('back'), 'good');
      void client.invalidateQueries();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'totp_required' && !needsCode) setNeedsCode(true);
      else form.fail(error);
    },
  });
  const leave = () => {
    // Nobody may send them any more; each says so and takes back what it showed.
    void commitUndoables();
    forget();
    onDone();
    void router.invalidate();
  };

  return (
    <form
      method="post"
      ref={form.ref}
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        signIn.mutate();
      }}
    >
      <p className="text-soft">{t('lead')}</p>
      <input type="hidden" name="username" autoComplete="username" value={me?.username ?? ''} />
      <PasswordField
        label={t('passwordOf', { name: me?.username ?? '' })}
        name="password"
        autoComplete="current-password"
        autoFocus
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errorAt('/password')}
      />
      {needsCode ? (
        <TextField
          label={tAuth('totp')}
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
      <FormError>{form.formError}</FormError>
      <Button type="submit" isPending={signIn.isPending}>
        {t('signIn')}
      </Button>
      <div className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        <Link to="/sign-in" search={{ next: href }} className="link min-h-6" onClick={leave}>
          {t('moreWays')}
        </Link>
        <button type="button" className="link min-h-6" onClick={leave}>
          {t('leave')}
        </button>
      </div>
    </form>
  );
}
