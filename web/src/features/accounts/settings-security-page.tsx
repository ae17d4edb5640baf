import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { sessionsQuery, useEndSession, useSignOut } from './api.ts';
import { PasswordField } from './password-field.tsx';
import { TwoFactor } from './two-factor.tsx';

export function SettingsSecurityPage() {
  const t = useTranslations('settings.security');
  return (
    <Page title={t('title')} width="reading">
      <div className="flex flex-col gap-12">
        <Section title={t('password.title')}>
          <PasswordChange />
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
      ref={form.ref}
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        change.mutate();
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
        minLength={8}
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

function Sessions() {
  const t = useTranslations('settings.security.sessions');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const signOut = useSignOut();
  if (sessions.isPending) return <RowSkeletons count={2} rowClass="h-20" />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <>
      <ul className="divide-y divide-rule border-y border-rule">
        {sessions.data.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {browserName(session.user_agent) ?? t(session.kind)}
                {session.is_current ? <Tag tone="good">{t('current')}</Tag> : null}
              </p>
              <p className="text-sm text-faint">
                {t.rich('used', { time: () => <RelativeTime value={session.last_used_at} /> })}
              </p>
            </div>
            {session.is_current ? null : (
              <Button
                look="secondary"
                size="small"
                onClick={() =>
                  end.mutate(session.id, {
                    onSuccess: () => showToast(t('ended')),
                    onError: (error) => showToast(textOf(error), 'bad'),
                  })
                }
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button
        look="danger"
        size="small"
        className="mt-5"
        isPending={signOut.isPending}
        onClick={() =>
          void signOut.mutateAsync(true).then(
            () => navigate({ to: '/sign-in' }),
            (error: unknown) => showToast(textOf(error), 'bad'),
          )
        }
      >
        {t('endAll')}
      </Button>
    </>
  );
}

/** `Firefox, Linux`: enough to know one's own devices by. */
function browserName(userAgent: string): string | null {
  const browser = [
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark = '']) => userAgent.includes(mark))?.[1];
  const system = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ].find(([mark = '']) => userAgent.includes(mark))?.[1];
  return browser ? [browser, system].filter(Boolean).join(', ') : null;
}
