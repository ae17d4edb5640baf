/** What the administration asks for; apart, so that it weighs on no first page. */
import type { Role } from '@collabthon/contracts/accounts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const adminStatsQuery = queryOptions({
  queryKey: ['admin', 'stats'],
  queryFn: ({ signal }) => api('GET /admin/stats', { signal }),
});

const adminPage = 50;

export interface AdminUserFilters {
  q?: string | undefined;
  role?: Role | undefined;
  state?: 'active' | 'suspended' | undefined;
}

export const adminUsersQuery = ({ q, role, state }: AdminUserFilters) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'users', { q, role, state }],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/users', {
        query: {
          q,
          role,
          is_active: state === undefined ? undefined : state === 'active',
          newest_first: true,
          skip: pageParam,
          limit: adminPage,
        },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < adminPage ? undefined : pages.length * adminPage),
  });

export const adminUserQuery = (id: number) =>
  queryOptions({
    queryKey: ['admin', 'user', id],
    queryFn: ({ signal }) => api('GET /users/{id}', { params: { id }, signal }),
  });

/** What admins and moderators did; to one thing, if a `target` is given. */
export const auditQuery = (target?: string) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'audit', target ?? null],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/audit', { query: { target, cursor: pageParam, limit: adminPage }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const collegeDomainsQuery = queryOptions({
  queryKey: ['admin', 'college-domains'],
  queryFn: async ({ signal }) => (await api('GET /admin/college-domains', { signal })).items,
});
