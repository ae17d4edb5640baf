/** What the use cases of this module share. */
import type { Contact, User } from '@collabthon/contracts/accounts';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { type Attempts, createAttempts, noSignInAttempts, type SignInAttempts } from './attempts.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createRefreshTokens, type RefreshTokens } from './refresh-tokens.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { type Account, createUserStore } from './store.ts';
import { createSessionStore } from './store-sessions.ts';

export interface Context {
  platform: Platform;
  secrets: Secrets;
  passwords: Passwords;
  attempts: Attempts;
  signInAttempts: SignInAttempts;
  refreshTokens: RefreshTokens;
}

export function createContext(platform: Platform): Context {
  const secrets = createSecrets(platform.config.secrets.signingKey);
  const attempts = createAttempts(platform.db, secrets);
  return {
    platform,
    secrets,
    passwords: createPasswords(),
    attempts,
    signInAttempts: platform.config.http.rateLimits ? attempts.signIn : noSignInAttempts,
    refreshTokens: createRefreshTokens(secrets),
  };
}

/** An account as others may see it; with what is only for itself and admins, if `isPrivate`. */
export function presentUser(account: Account, { isPrivate }: { isPrivate: boolean }): User {
  return {
    id: account.id,
    username: account.username,
    role: account.role,
    is_active: account.is_active,
    is_verified: account.is_verified,
    is_google_account: account.is_google_account,
    college_badge: account.badge,
    is_demo: account.is_demo,
    created_at: account.created_at,
    updated_at: account.updated_at,
    ...(isPrivate && {
      email: account.email,
      pending_email: account.pending_email,
      locale: account.locale,
      totp_enabled: account.totp_enabled,
      closes_at: account.closes_at,
      has_password: account.password_hash !== null,
    }),
  };
}

/** Tells the other modules how an account is now. To be called in the transaction that changed it. */
export async function publishMember({ platform }: Context, tx: Db, userId: number): Promise<void> {
  const account = await createUserStore(tx).find(userId);
  if (account) await platform.events.publish(tx, 'member.changed', presentMember(account));
}

export function presentMember(account: Account) {
  const { id, username, role, is_active, is_verified, is_demo, badge, version } = account;
  return {
    user_id: id,
    username,
    role,
    is_active,
    is_verified,
    is_demo,
    badge: badge && { college: badge.college, kind: badge.kind },
    version,
  };
}

export function presentContact({ id, username, email, locale, is_active, is_verified, is_demo }: Account): Contact {
  return { user_id: id, username, email, locale, is_active, is_verified, is_demo };
}

/** @returns how many were open */
export type EndSessions = (filter: Parameters<ReturnType<typeof createSessionStore>['end']>[0]) => Promise<number>;

/** A transaction that may end sessions: they are refused everywhere as soon as it has committed, and others hear of it. */
export async function endingSessions<T>(
  { platform }: Context,
  work: (tx: Db, end: EndSessions) => Promise<T>,
): Promise<T> {
  const { result, ended } = await platform.db.transaction(async (tx) => {
    const ended: number[] = [];
    const result = await work(tx, async (filter) => {
      const ids = await createSessionStore(tx).end(filter);
      ended.push(...ids);
      const is_all = !('id' in filter);
      const kept_session_id = 'except' in filter ? (filter.except ?? null) : null;
      if (ids.length > 0 || is_all) {
        await platform.auth.revocations.add(tx, ids);
        const about = { user_id: filter.userId, session_ids: ids, is_all, kept_session_id };
        await platform.events.publish(tx, 'session.ended', about);
      }
      return ids.length;
    });
    return { result, ended };
  });
  platform.auth.revocations.remember(ended);
  return result;
}
