import type { User } from '@collabthon/contracts/accounts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { useDay } from '../../lib/format.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { meQuery } from './api.ts';
import { PasswordField } from './password-field.tsx';

/** The way out: what it means is said before, and for a fortnight it can be taken back. */
export function CloseAccount({ me }: { me: User }) {
  const t = useTranslations('settings.closing');
  const [isAsking, setAsking] = useState(false);
  return (
    <Section title={t('title')}>
      {me.closes_at ? (
        <Closing closesAt={me.closes_at} />
      ) : (
        <>
          <p className="max-w-prose text-soft">{t('text')}</p>
          <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
            <Button look="danger" onClick={() => setAsking(true)}>
              {t('action')}
            </Button>
            <Link to="/settings/data" className="link">
              {t('copyFirst')}
            </Link>
          </div>
          <Dialog title={t('askTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
            <Ask me={me} onDone={() => setAsking(false)} />
          </Dialog>
        </>
      )}
    </Section>
  );
}

const consequences = ['profile', 'projects', 'requests', 'shared'] as const;

function Ask({ me, onDone }: { me: User; onDone: () => void }) {
  const t = useTranslations('settings.closing');
  const form = useForm({ password: '' });
  const client = useQueryClient();
  const close = useMutation({
    mutationFn: (body: { password: string }) => api('POST /users/me/closing', { body }),
    onSuccess: ({ closes_at }) => {
      client.setQueryData(meQuery.queryKey, (now) => now && { ...now, closes_at });
      onDone();
    },
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) close.mutate(form.values);
      }}
    >
      <p>{t('askText')}</p>
      <ul className="list-disc space-y-1.5 ps-5 text-soft">
        {consequences.map((name) => (
          <li key={name}>{t(`means.${name}`)}</li>
        ))}
      </ul>
      <FormError>{form.errorAt('/password') ? undefined : form.formError}</FormError>
      {me.has_password === false ? (
        <p className="border-s-4 border-mark ps-4">
          {t.rich('noPassword', {
            link: (text) => (
              <Link to="/forgot-password" className="link">
                {text}
              </Link>
            ),
          })}
        </p>
      ) : (
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="current-password"
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorAt('/password')}
        />
      )}
      <div className="flex flex-wrap gap-3">
        {me.has_password === false ? null : (
          <Button type="submit" look="danger" isPending={close.isPending}>
            {t('confirm')}
          </Button>
        )}
        <Button look="quiet" onClick={onDone}>
          {t('stay')}
        </Button>
      </div>
    </form>
  );
}

function Closing({ closesAt }: { closesAt: string }) {
  const t = useTranslations('settings.closing');
  const day = useDay();
  const textOf = useErrorText();
  const client = useQueryClient();
  const keep = useMutation({
    mutationFn: () => api('DELETE /users/me/closing'),
    onSuccess: () => {
      client.setQueryData(meQuery.queryKey, (now) => now && { ...now, closes_at: null });
      showToast(t('kept'), 'good');
    },
    onError: (error) => showToast(textOf(error), 'bad'),
  });
  return (
    <div className="border-s-4 border-danger py-2 ps-5">
      <p className="max-w-prose font-medium">{t('closes', { date: day(closesAt.slice(0, 10)) })}</p>
      <p className="mt-1 max-w-prose text-soft">{t('closesText')}</p>
      <Button className="mt-4" isPending={keep.isPending} onClick={() => keep.mutate()}>
        {t('keep')}
      </Button>
    </div>
  );
}
