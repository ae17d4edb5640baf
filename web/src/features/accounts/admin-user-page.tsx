import type { Role, User } from '@collabthon/contracts/accounts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormError, RadioGroup, TextArea } from '../../components/fields.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { localeNames } from '../../lib/locales.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { adminUserQuery } from './admin-api.ts';
import { useMe } from './api.ts';
import { AuditTrail } from './audit-trail.tsx';
import { UserTags } from './user-tags.tsx';

const route = getRouteApi('/admin/users/$id');
const roles = ['student', 'moderator', 'admin'] as const;

/** One account: what is known, what may be done, and what was done. */
export function AdminUserPage() {
  const t = useTranslations('admin.user');
  const { id } = route.useParams();
  const user = useQuery(adminUserQuery(id));
  const me = useMe();
  if (isStatus(user.error, 404)) return <NotFoundPage />;
  if (!user.data) {
    return (
      <Page title={t('title')} width="reading">
        {user.isError ? <ErrorState error={user.error} onRetry={() => void user.refetch()} /> : <PageSkeleton />}
      </Page>
    );
  }
  return (
    <Page
      title={user.data.username}
      heading={<bdi>{user.data.username}</bdi>}
      eyebrow={
        <Link to="/admin/users" className="link link-alone">
          {t('all')}
        </Link>
      }
      lead={<bdi>{user.data.email}</bdi>}
      width="reading"
      actions={
        user.data.is_active ? (
          <Link to="/people/$id" params={{ id }} className={buttonClass('secondary', 'small')}>
            {t('profile')}
          </Link>
        ) : null
      }
    >
      <div className="flex flex-col gap-12">
        <Facts user={user.data} />
        {user.data.id === me?.id ? (
          <p className="border-s-4 border-mark py-2 ps-5 text-soft">{t('yourself')}</p>
        ) : (
          <>
            <Section title={t('access')}>
              <Access user={user.data} />
            </Section>
            <Section title={t('role')}>
              <RoleChoice key={user.data.role} user={user.data} />
            </Section>
          </>
        )}
        <Section title={t('history')}>
          <AuditTrail target={`user/${id}`} />
        </Section>
      </div>
    </Page>
  );
}

function Facts({ user }: { user: User }) {
  const t = useTranslations('admin.user');
  const format = useFormatter();
  const badge = user.college_badge;
  const facts: [string, ReactNode][] = [
    [t('joined'), format.dateTime(new Date(user.created_at), { dateStyle: 'long' })],
    [t('email'), t(user.is_verified ? 'verified' : 'unverified')],
    [t('college'), badge ? badge.college : t('noBadge')],
    [t('twoStep'), t(user.totp_enabled ? 'on' : 'off')],
    [t('language'), user.locale ? localeNames[user.locale] : t('unknown')],
  ];
  return (
    <div className="flex flex-col items-start gap-4">
      <UserTags user={user} />
      <dl className="grid w-full grid-cols-[auto_1fr] gap-x-8 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Keeps the account as it is now, and lets everything be asked for again that shows it. */
function useUserChanged() {
  const client = useQueryClient();
  return (user: User) => {
    client.setQueryData(adminUserQuery(user.id).queryKey, user);
    void client.invalidateQueries({ queryKey: ['admin'] });
    // The log hears of it a moment after the change.
    setTimeout(() => void client.invalidateQueries({ queryKey: ['admin', 'audit'] }), 1500);
  };
}

/** Suspending counts at once; it can be taken back, but the sessions are gone. */
function Access({ user }: { user: User }) {
  const t = useTranslations('admin.user');
  const tCommon = useTranslations('common');
  const textOf = useErrorText();
  const changed = useUserChanged();
  const [reason, setReason] = useState('');
  const { id, username } = user;
  const change = useMutation({
    mutationFn: (is_active: boolean) =>
      api('PUT /admin/users/{id}/active', {
        params: { id },
        body: { is_active, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      }),
    onSuccess: (after) => {
      changed(after);
      setReason('');
      if (after.is_active) showToast(t('restored', { username }), 'good');
      else {
        const restore = () =>
          void api('PUT /admin/users/{id}/active', { params: { id }, body: { is_active: true } }).then(
            changed,
            (error: unknown) => showToast(textOf(error), 'bad'),
          );
        showToast(t('suspended', { username }), 'plain', { action: { label: tCommon('undo'), run: restore } });
      }
    },
  });
  return (
    <form
      method="post"
      className="flex max-w-xl flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(!user.is_active);
      }}
    >
      <p className="text-soft">{t(user.is_active ? 'suspendText' : 'restoreText')}</p>
      <FormError>{change.isError ? textOf(change.error) : null}</FormError>
      <TextArea
        label={t('reason')}
        hint={t('reasonHint')}
        isOptional
        className="w-full"
        maxLength={500}
        dir="auto"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" look={user.is_active ? 'danger' : 'primary'} isPending={change.isPending}>
        {t(user.is_active ? 'suspend' : 'restore', { username })}
      </Button>
    </form>
  );
}

/** The change waits while it can be taken back: it would end the sessions of whoever it is about. */
function RoleChoice({ user }: { user: User }) {
  const t = useTranslations('admin.user');
  const tUsers = useTranslations('admin.users');
  const textOf = useErrorText();
  const changed = useUserChanged();
  const [role, setRole] = useState<Role>(user.role);
  const save = () => {
    undoable({
      text: t('roleChanged', { username: user.username, role: tUsers(`role.${role}`) }),
      undo: () => setRole(user.role),
      commit: () =>
        api('PUT /admin/users/{id}/role', { params: { id: user.id }, body: { role }, keepalive: true }).then(
          changed,
          (error: unknown) => {
            setRole(user.role);
            showToast(textOf(error), 'bad');
          },
        ),
    });
  };
  return (
    <form
      method="post"
      className="flex max-w-xl flex-col items-start gap-4 [&>fieldset]:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (role !== user.role) save();
      }}
    >
      <RadioGroup
        legend={t('roleLegend')}
        name="role"
        value={role}
        onChange={setRole}
        choices={roles.map((value) => ({ value, label: tUsers(`role.${value}`), hint: t(`roleHint.${value}`) }))}
      />
      <Button type="submit" look="secondary" size="small" isPending={role === user.role}>
        {t('roleSave')}
      </Button>
    </form>
  );
}
