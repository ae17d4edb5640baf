import type { Role, User } from '@collabthon/contracts/accounts';
import { infiniteQueryOptions, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { isStatus } from '../../lib/errors.ts';
import type { Locale } from '../../lib/locales.ts';
import { meKey } from '../../lib/query.ts';
import { forgetPages } from '../../lib/recent-pages.ts';
import { setSessionEnded, showAccount } from '../../lib/session.ts';
import { readCookie, writeCookie } from '../../lib/surroundings.ts';
import { commitUndoables } from '../../lib/toasts.ts';

/** The session itself is out of reach for scripts; this cookie beside it says that asking is worth it. */
const mayHaveSession = () => readCookie('signed-in') === '1';

const forgetHint = () => import.meta.env.SSR || writeCookie('signed-in', null);

/** Who is signed in here; null for a visitor. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async ({ signal, client }): Promise<User | null> => {
    // Who was here a moment ago keeps their page, and is asked to sign in again.
    const before = client.getQueryData<User | null>(meKey) ?? null;
    if (!mayHaveSession()) {
      if (before) setSessionEnded(true);
      return before;
    }
    try {
      return await api('GET /auth/me', { signal });
    } catch (error) {
      if (!isStatus(error, 401)) throw error;
      forgetHint();
      return before;
    }
  },
  staleTime: 60_000,
});

/** The signed-in account, null for a visitor, undefined while unknown. */
export const useMe = (): User | null | undefined => useQuery(meQuery).data;

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => api('GET /auth/providers', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await api('GET /auth/sessions', { signal })).items,
});

export interface SignIn {
  username: string;
  password: string;
  totp?: string;
  recovery_code?: string;
}

/** Mails the link that confirms the address once more. */
export const resendVerification = () => api('POST /auth/verify-email/resend');

/** What another person saw must not be shown to the next one, so signing in and out starts an empty cache. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => api('POST /auth/browser-session', { body }),
    onSuccess: (user) => {
      client.clear();
      client.setQueryData(meKey, user);
      showAccount(user.id);
    },
  });
}

export function useRegister() {
  return useMutation({
    mutationFn: (body: { email: string; username: string; password: string; locale: Locale }) =>
      api('POST /auth/register', { body }),
  });
}

/** What is pushed to this browser was for the one who leaves. That it cannot be ended keeps nobody signed in. */
const leavePush = async () => {
  try {
    await (await import('../notifications/push.ts')).turnPushOff();
  } catch {}
};

/** A session that has ended already is what was wanted. */
export function useSignOut() {
  const forget = useForgetAccount();
  return useMutation({
    mutationFn: async (everywhere: boolean) => {
      await commitUndoables();
      await leavePush();
      try {
        await (everywhere ? api('POST /auth/logout-everywhere') : api('POST /auth/logout'));
      } catch (error) {
        if (!isStatus(error, 401)) throw error;
      }
    },
    onSuccess: forget,
  });
}

/** Leaves nothing of the account in this tab. */
export function useForgetAccount(): () => void {
  const client = useQueryClient();
  return () => {
    forgetHint();
    forgetPages();
    client.clear();
    client.setQueryData(meKey, null);
    showAccount(null);
  };
}

export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email?: string; username?: string; password?: string; locale?: Locale }) =>
      api('PUT /auth/me', { body }),
    onSuccess: (user) => client.setQueryData(meKey, user),
  });
}

/** After a change of two-factor sign-in or of the badge, the account is asked for again. */
export function useRefreshMe(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: meKey });
}

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
