/** Opening an account and keeping it: registration, username, language, address. */
import type { User } from '@collabthon/contracts/accounts';
import type { Locale } from '@collabthon/contracts/shapes';
import { type Db, violatedConstraint } from '../../platform/database/database.ts';
import { conflict, notFound, problem, unprocessable } from '../../platform/http/problems.ts';
import { confirmPassword } from './confirm-password.ts';
import { type Context, presentUser, publishMember } from './context.ts';
import { keepToken, MAILS_PER_DAY, MINUTE, unconfirmed, wrongToken } from './mailed-tokens.ts';
import { createMails } from './mails.ts';
import { refuseWeakPassword } from './passwords.ts';
import { hashToken, randomToken } from './secrets.ts';
import { type Account, createUserStore, type NewAccount } from './store.ts';
import { createSessionStore } from './store-sessions.ts';

/**
 * Opens an account. What follows depends on whether the address has one already, so it happens in a job: the answer is
 * the same.
 *
 * @throws 409 when the username is taken, 422 for a password that is easy to guess
 */
export async function register(
  context: Context,
  { email, username, password, locale }: { email: string; username: string; password: string; locale: Locale },
): Promise<User> {
  await refuseWeakPassword(password, { username, email });
  const password_hash = await context.passwords.slot(() => context.passwords.hash(password));
  const account = await context.platform.db.transaction(async (tx) => {
    const created = await insertAccount(context, tx, { email, username, password_hash, locale });
    if (!created) throw usernameTaken();
    return created;
  });
  return presentUser(account, { isPrivate: true });
}

/** Adds the row, its events and its greeting. @returns null when the username is taken */
export async function insertAccount(context: Context, tx: Db, values: NewAccount): Promise<Account | null> {
  const { platform } = context;
  const users = createUserStore(tx);
  const inserted = await users.insert(values);
  if (!inserted) return null;
  const account = await users.find(inserted.id);
  if (!account) throw new Error('An account that was just made is not there.');
  const { id: user_id, username, is_demo } = account;
  await platform.events.publish(tx, 'member.registered', { user_id, username, is_demo });
  // The first event says only what all new accounts have in common.
  if (account.is_verified || account.role !== 'student') await publishMember(context, tx, user_id);
  await platform.jobs.send(tx, 'accounts.process_user_registration', { user_id });
  return account;
}

/** The first mail of an account, which confirms its address; the welcome follows from `member.registered`. Safe to repeat. */
export async function greet(context: Context, userId: number): Promise<void> {
  const { platform } = context;
  await platform.db.transaction(async (tx) => {
    const users = createUserStore(tx);
    const account = await users.find(userId);
    if (!account || account.is_demo || !(await users.markGreeted(userId))) return;
    if (account.is_verified) return;
    const { count } = await createSessionStore(tx).recentMails(account.email, 'verify');
    if (count < MAILS_PER_DAY) await mailConfirmation(context, tx, account);
  });
}

/**
 * Mails a link, or, when the address has its owner already, tells that owner. The token is kept either way: what follows
 * from it, such as how soon another mail may be asked for, must not tell the two apart.
 */
async function mailConfirmation({ platform }: Context, tx: Db, account: Account): Promise<void> {
  const token = randomToken();
  await keepToken(tx, account, 'verify', token);
  const { publicUrl } = platform.config.http;
  const to = unconfirmed(account);
  const owner = await createUserStore(tx).findByVerifiedEmail(to);
  const words =
    owner && owner.id !== account.id
      ? createMails(publicUrl, owner.locale).alreadyRegistered()
      : createMails(publicUrl, account.locale).confirmAddress(account.username, token);
  await platform.mail.send(tx, { to, ...words });
}

/** @throws 409 when there is nothing to confirm, 429 when a mail has just gone out */
export async function resendConfirmation(context: Context, userId: number): Promise<void> {
  await context.platform.db.transaction(async (tx) => {
    const users = createUserStore(tx);
    await users.lock(userId);
    const account = await users.find(userId);
    if (!account) throw notFound('account');
    if (account.is_verified && account.pending_email === null)
      throw conflict('already_verified', 'This address is confirmed already.');
    const { count, newestAge } = await createSessionStore(tx).recentMails(unconfirmed(account), 'verify');
    if (newestAge !== null && newestAge < MINUTE) throw mailedJustNow(MINUTE - newestAge);
    if (count >= MAILS_PER_DAY) throw mailedJustNow(24 * 3600);
    await mailConfirmation(context, tx, account);
  });
}

const mailedJustNow = (wait: number) => {
  const seconds = Math.ceil(wait);
  const detail = 'A mail is on its way. Look into the spam folder, too, before you ask for another.';
  return problem(429, 'mailed_just_now', detail, {
    params: { seconds },
    headers: { 'retry-after': String(seconds) },
  });
};

/** @throws 422 for a token that does not count (any more), 409 when another account confirmed the address first, 429 */
export async function verifyEmail(context: Context, token: string, ip: string): Promise<void> {
  await context.attempts.assertOpen(['token', ip]);
  try {
    const isDone = await context.platform.db.transaction(async (tx) => {
      const users = createUserStore(tx);
      const taken = await createSessionStore(tx).takeMailedToken(hashToken(token), 'verify');
      if (!taken || !(await users.lock(taken.user_id))) return false;
      const account = await users.find(taken.user_id);
      if (!account || unconfirmed(account) !== taken.email) return false;
      if (account.pending_email !== null) {
        await moveToPendingAddress(context, tx, account, account.pending_email);
      } else if (!account.is_verified) {
        await users.change(account.id, { is_verified: true });
        await publishMember(context, tx, account.id);
      }
      return true;
    });
    if (!isDone) throw await wrongToken(context, ip);
  } catch (error) {
    if (violatedConstraint(error) !== 'users_verified_email') throw error;
    throw conflict('address_taken', 'Another account has confirmed this address. Sign in to that one.');
  }
}

async function moveToPendingAddress({ platform }: Context, tx: Db, account: Account, email: string): Promise<void> {
  await createUserStore(tx).change(account.id, { email, pending_email: null });
  await createSessionStore(tx).voidMailedTokens(account.id);
  const words = createMails(platform.config.http.publicUrl, account.locale).addressChanged(account.username);
  await platform.mail.send(tx, { to: account.email, ...words });
}

/**
 * Changes username, language or address. A confirmed address stays in force until the new one is confirmed, too, so that
 * a slip of the pen locks nobody out; asking for the one in force takes a change back. The old one hears of it.
 *
 * @throws 409 when the username is taken, 422 without the right password for a new address
 */
export async function changeAccount(
  context: Context,
  userId: number,
  {
    email,
    username,
    locale,
    password,
  }: {
    email?: string | undefined;
    username?: string | undefined;
    locale?: Locale | undefined;
    password?: string | undefined;
  },
): Promise<User> {
  const { platform } = context;
  const before = await requireAccount(context, userId);
  const movesTo = email !== undefined && email.toLowerCase() !== before.email.toLowerCase() ? email : undefined;
  if (movesTo !== undefined && before.password_hash !== null) {
    if (!password) {
      throw unprocessable([
        { path: '/password', code: 'password_required', message: 'Enter your password to change the address.' },
      ]);
    }
    await confirmPassword(context, before, password, '/password');
  }
  try {
    return await platform.db.transaction(async (tx) => {
      const users = createUserStore(tx);
      await users.lock(userId);
      const isConfirmed = (await users.find(userId))?.is_verified ?? false;
      await users.change(userId, {
        ...(username !== undefined && { username }),
        ...(locale !== undefined && { locale }),
        ...(movesTo === undefined
          ? email !== undefined && { email, pending_email: null }
          : isConfirmed
            ? { pending_email: movesTo }
            : { email: movesTo }),
      });
      const after = await users.find(userId);
      if (!after) throw notFound('account');
      if (movesTo !== undefined) {
        // Links to an unconfirmed address must not open the account any more.
        if (!isConfirmed) await createSessionStore(tx).voidMailedTokens(userId);
        if (isConfirmed) {
          const mails = createMails(platform.config.http.publicUrl, after.locale);
          await platform.mail.send(tx, { to: after.email, ...mails.addressChangeAsked(after.username) });
        }
        const { count } = await createSessionStore(tx).recentMails(movesTo, 'verify');
        if (count < MAILS_PER_DAY) await mailConfirmation(context, tx, after);
      }
      // Language and address are nobody else's business.
      if (username !== undefined) await publishMember(context, tx, userId);
      return presentUser(after, { isPrivate: true });
    });
  } catch (error) {
    if (violatedConstraint(error) === 'users_username') throw usernameTaken();
    throw error;
  }
}

export async function requireAccount({ platform }: Context, userId: number): Promise<Account> {
  const account = await createUserStore(platform.db).find(userId);
  if (!account) throw notFound('account');
  return account;
}

export const usernameTaken = () =>
  problem(409, 'username_taken', 'This username is taken. Choose another.', {
    errors: [{ path: '/username', code: 'username_taken', message: 'This username is taken. Choose another.' }],
  });
