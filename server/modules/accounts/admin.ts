/** What admins do with accounts and college domains. Every action is in the audit log, and somebody stays in charge. */
import { Email, Password, type Role, type User, Username } from '@collabthon/contracts/accounts';
import { Shape } from '@collabthon/contracts/shapes';
import { Compile } from 'typebox/compile';
import { type Db, violatedConstraint } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, forbidden, notFound, unprocessable } from '../../platform/http/problems.ts';
import { fieldErrors } from '../../platform/http/validation.ts';
import type { Platform } from '../../platform/module.ts';
import { announceBadges } from './badges.ts';
import {
  type Context,
  createContext,
  type EndSessions,
  endingSessions,
  presentUser,
  publishMember,
} from './context.ts';
import { refuseWeakPassword } from './passwords.ts';
import { type Account, createUserStore } from './store.ts';
import { createBadgeStore } from './store-badges.ts';
import { insertAccount, usernameTaken } from './use-cases.ts';

/**
 * Suspends or restores; the opposite of how it is, unless `is_active` says which.
 *
 * @throws 404, 409 for oneself or the last active admin
 */
export async function setActive(
  context: Context,
  actorId: number,
  userId: number,
  { is_active: wanted, reason }: { is_active?: boolean; reason?: string | undefined } = {},
): Promise<User> {
  return changeOthers(context, actorId, userId, async (tx, account, admins, end) => {
    const is_active = wanted ?? !account.is_active;
    if (is_active === account.is_active) return presentUser(account, { isPrivate: true });
    if (actorId === userId) throw conflict('own_account', 'Nobody suspends themselves. Ask another admin.');
    if (!is_active) refuseLastAdmin(account, admins);
    await createUserStore(tx).change(userId, { is_active });
    if (!is_active) await end({ userId });
    await publishMember(context, tx, userId);
    await record(context, tx, actorId, is_active ? 'user.restored' : 'user.suspended', `user/${userId}`, {
      username: account.username,
      ...(reason && { reason }),
    });
    const changed = await createUserStore(tx).find(userId);
    return presentUser(changed ?? account, { isPrivate: true });
  });
}

/** Sessions carry the role, so they end with it. @throws 404, 409 for the last active admin */
export async function changeRole(context: Context, actorId: number, userId: number, role: Role): Promise<User> {
  return changeOthers(context, actorId, userId, async (tx, account, admins, end) => {
    if (role === account.role) return presentUser(account, { isPrivate: true });
    if (role !== 'admin') refuseLastAdmin(account, admins);
    const users = createUserStore(tx);
    await users.change(userId, { role });
    await end({ userId });
    await publishMember(context, tx, userId);
    await record(context, tx, actorId, 'user.role_changed', `user/${userId}`, {
      username: account.username,
      from: account.role,
      to: role,
    });
    const changed = await users.find(userId);
    return presentUser(changed ?? account, { isPrivate: true });
  });
}

/** Holds the rows of all admins, so that two of them cannot suspend or demote each other at once. */
function changeOthers<T>(
  context: Context,
  actorId: number,
  userId: number,
  work: (tx: Db, account: Account, activeAdmins: number[], end: EndSessions) => Promise<T>,
): Promise<T> {
  return endingSessions(context, async (tx, end) => {
    const users = createUserStore(tx);
    const admins = await users.lockActiveAdmins();
    if (!admins.includes(actorId)) throw forbidden('forbidden', 'Only an admin may do this.', { role: 'admin' });
    await users.lock(userId);
    const account = await users.find(userId);
    if (!account) throw notFound('account');
    return work(tx, account, admins, end);
  });
}

/** @throws 409 */
export function refuseLastAdmin(account: Account, activeAdmins: number[]): void {
  if (activeAdmins.length === 1 && activeAdmins[0] === account.id) {
    throw conflict('last_admin', 'This is the last active admin. Make another one first.');
  }
}

function record(
  { platform }: Context,
  tx: Db,
  actor_id: number | null,
  action: string,
  target: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return platform.events.publish(tx, 'admin.acted', { actor_id, action, target, detail });
}

/** @throws 409 when it is listed already */
export function addDomain(
  context: Context,
  actorId: number,
  domain: { domain: string; college: string; kind: 'student' | 'alumni' },
  keep: Keep,
) {
  return context.platform.db.transaction(async (tx) => {
    const added = await createBadgeStore(tx).addDomain(domain);
    if (!added) throw conflict('domain_listed', 'This domain is on the list already.');
    await record(context, tx, actorId, 'college_domain.added', `college-domain/${added.id}`, domain);
    return keep(tx, added);
  });
}

/** Badges say at once what the domain says now. @throws 404 */
export function changeDomain(
  context: Context,
  actorId: number,
  id: number,
  change: { college?: string | undefined; kind?: 'student' | 'alumni' | undefined },
) {
  return context.platform.db.transaction(async (tx) => {
    const store = createBadgeStore(tx);
    const changed = await store.changeDomain(id, change);
    if (!changed) throw notFound('domain');
    await announceBadges(context, tx, changed.holders);
    await record(context, tx, actorId, 'college_domain.changed', `college-domain/${id}`, {
      domain: changed.domain.domain,
      ...change,
    });
    return changed.domain;
  });
}

/** Its badges end with it. @throws 404 */
export function removeDomain(context: Context, actorId: number, id: number): Promise<void> {
  return context.platform.db.transaction(async (tx) => {
    const removed = await createBadgeStore(tx).removeDomain(id);
    if (!removed) throw notFound('domain');
    await announceBadges(context, tx, removed.holders);
    await record(context, tx, actorId, 'college_domain.removed', `college-domain/${id}`, {
      domain: removed.domain,
      badges_ended: removed.holders.length,
    });
  });
}

const Operator = Compile(Shape({ username: Username, email: Email, password: Password }));

/**
 * Makes an operator with a confirmed address: the only way to the first admin of an installation.
 *
 * @throws 409 when username or address are taken, 422 when something does not fit
 */
export async function createAdmin(
  platform: Platform,
  given: { username: string; email: string; password: string },
): Promise<User> {
  if (!Operator.Check(given)) throw unprocessable(fieldErrors(Operator.Errors(given), 'body'));
  await refuseWeakPassword(given.password, given);
  const context = createContext(platform);
  const { username, email } = given;
  const password_hash = await context.passwords.hash(given.password);
  try {
    return await platform.db.transaction(async (tx) => {
      const account = await insertAccount(context, tx, {
        username,
        email,
        password_hash,
        role: 'admin',
        is_verified: true,
      });
      if (!account) throw usernameTaken();
      await record(context, tx, null, 'admin.created', `user/${account.id}`, { username });
      return presentUser(account, { isPrivate: true });
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'users_verified_email') throw error;
    throw conflict('address_taken', 'Another account has this address.');
  }
}
