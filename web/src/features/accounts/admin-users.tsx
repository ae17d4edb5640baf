import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { adminUsersQuery, useMe } from './api.ts';

export function AdminUsers() {
  const t = useTranslations('admin');
  const format = useFormatter();
  const textOf = useErrorText();
  const me = useMe();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const query = adminUsersQuery(useDebounced(text.trim()));
  const users = useQuery({ ...query, placeholderData: keepPreviousData });
  const toggle = useMutation({
    mutationFn: (id: number) => api('PUT /admin/users/{id}/toggle-active', { params: { id } }),
    onSuccess: ({ user }) => {
      showToast(t(user.is_active ? 'restored' : 'suspended'));
      void client.invalidateQueries({ queryKey: ['admin'] });
    },
    onError: (error) => showToast(textOf(error), 'bad'),
  });
  return (
    <>
      <TextField
        label={t('findUser')}
        type="search"
        className="mb-4 max-w-sm"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {users.isPending ? <RowSkeletons count={5} rowClass="h-16" /> : null}
      {users.isError ? <ErrorState error={users.error} onRetry={() => void users.refetch()} /> : null}
      <ul className="divide-y divide-rule">
        {users.data?.map((user) => (
          <li key={user.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <Link to="/people/$id" params={{ id: user.id }} className="font-semibold hover:underline">
                {user.username}
              </Link>
              <p className="text-sm text-faint">
                {user.email} · {format.dateTime(new Date(user.created_at), { dateStyle: 'medium' })}
              </p>
            </div>
            <span className="flex gap-1.5">
              {user.role === 'student' ? null : <Tag tone="warm">{t(`role.${user.role}`)}</Tag>}
              {user.is_active ? null : <Tag tone="bad">{t('isSuspended')}</Tag>}
            </span>
            {user.id === me?.id ? null : (
              <Button
                look={user.is_active ? 'danger' : 'secondary'}
                size="small"
                isPending={toggle.isPending && toggle.variables === user.id}
                onClick={() => toggle.mutate(user.id)}
              >
                {t(user.is_active ? 'suspend' : 'restore')}
                <span className="sr-only"> {user.username}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {users.data?.length === 0 ? <p className="text-soft">{t('noUsers')}</p> : null}
    </>
  );
}
