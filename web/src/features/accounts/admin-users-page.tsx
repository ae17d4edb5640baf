import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { useDebounced } from '../../lib/use-debounced.ts';
import { type AdminUserFilters, adminUsersQuery } from './admin-api.ts';
import { UserTags } from './user-tags.tsx';

const route = getRouteApi('/admin/users');
const roles = ['student', 'moderator', 'admin'] as const;
const states = ['active', 'suspended'] as const;

/** Everybody who has an account, newest first. The filters stand in the address. */
export function AdminUsersPage() {
  const t = useTranslations('admin.users');
  const filters = route.useSearch();
  const navigate = useNavigate();
  const [text, setText] = useState(filters.q ?? '');
  const wanted = useDebounced(text.trim());
  const users = useInfiniteQuery({ ...adminUsersQuery(filters), placeholderData: keepPreviousData });
  const set = (change: AdminUserFilters) =>
    void navigate({ to: '/admin/users', search: { ...filters, ...change }, replace: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what was typed, and nothing else
  useEffect(() => {
    if (wanted !== (filters.q ?? '')) set({ q: wanted || undefined });
  }, [wanted]);

  const found = users.data?.pages.flat() ?? [];
  return (
    <Page title={t('title')} width="reading">
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-[1fr_10rem_10rem]">
        <TextField
          label={t('find')}
          type="search"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label={t('roleLabel')}
          value={filters.role ?? ''}
          onChange={(event) => set({ role: roles.find((role) => role === event.target.value) })}
          choices={[
            { value: '', label: t('anyRole') },
            ...roles.map((value) => ({ value, label: t(`role.${value}`) })),
          ]}
        />
        <SelectField
          label={t('stateLabel')}
          value={filters.state ?? ''}
          onChange={(event) => set({ state: states.find((state) => state === event.target.value) })}
          choices={[
            { value: '', label: t('anyState') },
            ...states.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
      </search>
      {users.isPending ? <RowSkeletons count={6} rowClass="h-20" /> : null}
      {users.isError ? <ErrorState error={users.error} onRetry={() => void users.refetch()} /> : null}
      {users.isSuccess && found.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
      <ul aria-label={t('title')} className="divide-y divide-rule border-y border-rule empty:hidden">
        {found.map((user) => (
          <li key={user.id} className="relative flex flex-wrap items-center gap-x-4 gap-y-1 py-3 hover:bg-well">
            <div className="min-w-0 flex-1 basis-56">
              <Link
                to="/admin/users/$id"
                params={{ id: user.id }}
                className="font-semibold before:absolute before:inset-0 hover:underline"
              >
                <bdi>{user.username}</bdi>
              </Link>
              <p className="text-sm text-faint">
                <bdi>{user.email}</bdi>
              </p>
            </div>
            <UserTags user={user} />
            <Joined at={user.created_at} />
          </li>
        ))}
      </ul>
      {users.hasNextPage ? (
        <Button
          look="secondary"
          size="small"
          className="mt-4"
          isPending={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </Page>
  );
}

function Joined({ at }: { at: string }) {
  const t = useTranslations('admin.user');
  return (
    <p className="relative text-sm text-faint sm:w-44 sm:text-end">
      {t('joined')}: <RelativeTime value={at} />
    </p>
  );
}
