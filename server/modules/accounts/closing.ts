/** Closing an account: announced, reconsidered for a fortnight, then everything that is the person's is erased. */
import type { Closing } from '@collabthon/contracts/accounts';
import { Id, Instant, Shape } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { Db } from '../../platform/database/database.ts';
import { forgetPerson } from '../../platform/forget.ts';
import { conflict, notFound } from '../../platform/http/problems.ts';
import { defineSaga } from '../../platform/saga/define.ts';
import { refuseLastAdmin } from './admin.ts';
import { confirmPassword } from './confirm-password.ts';
import { type Context, endingSessions } from './context.ts';
import { createMails } from './mails.ts';
import { type Account, createUserStore } from './store.ts';
import { createClosingStore } from './store-closings.ts';
import { requireAccount } from './use-cases.ts';

const DAYS = 14;

/** Long enough for whatever was under way about the person to come to its end. */
const patiently = { attempts: 40, delay: 500, most: 600_000 };

export const closeAccount = defineSaga(
  'accounts.close_account',
  Shape({ user_id: Id, number: Type.Integer(), closes_at: Instant }),
)
  .wait('reflection', ({ input }) => new Date(input.closes_at))
  .step('promise', {
    local: true,
    do: async () => {},
    // The last admin cannot go: the account is as it was, and they may close it another time.
    undo: ({ input: { user_id }, tx }) => createClosingStore(tx).remove(user_id),
  })
  .pivot('seal', {
    do: ({ input: { user_id }, platform }) => platform.calls('accounts.sealMember', { user_id }),
  })
  .step('profile', {
    do: ({ input: { user_id }, platform }) => platform.calls('profiles.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('teams', {
    do: ({ input: { user_id }, platform }) => platform.calls('collaborations.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('projects', {
    do: ({ input: { user_id }, platform }) => platform.calls('projects.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('conversations', {
    do: ({ input: { user_id }, platform }) => platform.calls('conversations.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('notifications', {
    do: ({ input: { user_id }, platform }) => platform.calls('notifications.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('reports', {
    do: ({ input: { user_id }, platform }) => platform.calls('analytics.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('search', {
    do: ({ input: { user_id }, platform }) => platform.calls('discovery.eraseMember', { user_id }),
    retry: patiently,
  })
  .step('traces', {
    do: async ({ input: { user_id }, platform }) =>
      platform.forgetElsewhere({ user_id, addresses: await addressesOf(platform.db, user_id) }),
    retry: patiently,
  })
  .step('account', {
    local: true,
    do: ({ input: { user_id }, tx }) => eraseAccount(tx, user_id),
    retry: patiently,
  })
  .end();

const keyOf = ({ user_id, number }: { user_id: number; number: number }) => `${user_id}/${number}`;

export async function getClosing({ platform }: Context, userId: number): Promise<Closing> {
  const closing = await createClosingStore(platform.db).find(userId);
  return { state: closing ? 'closing' : 'open', started_at: null, closes_at: null, ...pickTimes(closing) };
}

/**
 * Begins to close an account, with a mail that says until when it can be taken back. Doing it again changes nothing.
 *
 * @throws 422 for a wrong password, 409 for an account without one and for the last admin, 429
 */
export async function startClosing(context: Context, userId: number, password: string): Promise<Closing> {
  const { platform } = context;
  const account = await requireAccount(context, userId);
  if (account.password_hash === null) {
    throw conflict('no_password', 'This account has no password yet. Ask for a reset link to set one.');
  }
  await confirmPassword(context, account, password, '/password');
  await platform.db.transaction(async (tx) => {
    await lockUnlessLastAdmin(tx, account);
    const begun = await createClosingStore(tx).begin(userId, DAYS);
    if (!begun) return;
    const { number, closes_at } = begun;
    const input = { user_id: userId, number, closes_at };
    await platform.sagas.start(tx, closeAccount, input, { key: keyOf(input) });
    if (!account.is_verified) return;
    const words = createMails(platform.config.http.publicUrl, account.locale).closing(account.username, closes_at);
    await platform.mail.send(tx, { to: account.email, ...words });
  });
  return getClosing(context, userId);
}

/** Keeps the account, if it is not being erased yet. Without a closing nothing happens. @throws 409 when it is too late */
export async function cancelClosing({ platform }: Context, userId: number): Promise<void> {
  await platform.db.transaction(async (tx) => {
    const store = createClosingStore(tx);
    const closing = await store.lock(userId);
    if (!closing) return;
    if (!(await platform.sagas.cancel(tx, closeAccount, keyOf(closing)))) {
      throw conflict('closing_begun', 'This account is being closed at this moment; it cannot be kept any more.');
    }
    await store.remove(userId);
  });
}

/** Ends all sessions and every way to sign in, and tells the other modules of a former member. @throws 409 `last_admin` */
export async function sealMember(context: Context, userId: number): Promise<void> {
  const { platform } = context;
  await endingSessions(context, async (tx, end) => {
    const users = createUserStore(tx);
    const account = await users.find(userId);
    if (!account) return;
    await lockUnlessLastAdmin(tx, account);
    await users.change(userId, { is_active: false });
    await end({ userId });
    await platform.events.publish(tx, 'member.changed', {
      user_id: userId,
      username: 'former-member',
      role: 'student',
      is_active: false,
      is_verified: false,
      is_demo: account.is_demo,
      badge: null,
      version: account.version + 1,
    });
  });
}

/**
 * Erases the account; its name and address are free again. To be done when the other modules have erased their parts.
 *
 * @throws Error while work about the person is under way
 */
async function eraseAccount(tx: Db, userId: number): Promise<void> {
  await forgetPerson(tx, { userId, addresses: await addressesOf(tx, userId) });
  await tx.execute(sql`DELETE FROM accounts.users WHERE id = ${userId}`);
}

async function addressesOf(db: Db, userId: number): Promise<string[]> {
  const account = await createUserStore(db).find(userId);
  return account ? [account.email, account.pending_email].filter((address) => address !== null) : [];
}

/** Holds the rows of all admins where it matters, so that the last two cannot go at once. */
async function lockUnlessLastAdmin(tx: Db, account: Account): Promise<void> {
  const users = createUserStore(tx);
  if (account.role === 'admin') refuseLastAdmin(account, await users.lockActiveAdmins());
  if (!(await users.lock(account.id))) throw notFound('account');
}

const pickTimes = (closing: { started_at: string; closes_at: string } | null) =>
  closing && { started_at: closing.started_at, closes_at: closing.closes_at };
