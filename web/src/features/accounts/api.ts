import type { User } from '@collabthon/contracts/accounts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { isStatus } from '../../lib/errors.ts';
import type { Locale } from '../../lib/locales.ts';
import { meKey } from '../../lib/query.ts';
import { forgetPages } from '../../lib/recent-pages.ts';
import { setSessionEnded, showAccount } from '../../lib/session.ts';
import { readCookie, writeCookie } from '../../lib/surroundings.ts';
import { commitUndoables } from '../../lib/toasts.ts';

/** The session itself is out of reach for scripts; this cookie beside it says that asking is worth it. */
export const mayHaveSession = () => readCookie('signed-in') === '1';

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
