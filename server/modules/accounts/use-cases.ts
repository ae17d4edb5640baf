/** Opening an account and keeping it: registration, address, password. */
import type { User } from '@collabthon/contracts/accounts';
import { type Db, violatedConstraint } from '../../platform/database/database.ts';
import { conflict, notFound, problem, unprocessable } from '../../platform/http/problems.ts';
import { confirmPassword } from './confirm-password.ts';
import { type Context, endingSessions, presentUser, publishMember } from './context.ts';
import { createMails } from './mails.ts';
import { refuseWeakPassword } from './passwords.ts';
import { hashToken, randomToken } from './secrets.ts';
import { type Account, createUserStore, type NewAccount } from './store.ts';
import { createFactorStore } from './store-factors.ts';
import { createSessionStore } from './store-sessions.ts';

const VERIFY_HOURS = 24;
const RESET_HOURS = 1;
/** Mails to one address within a day, whoever asks. */
const MAILS_PER_DAY = 5;
const MINUTE = 60;

/**
 * Opens an account. What follows depends on whether the address has one already, so it happens in a job: the answer is
 * the same.
 *
 * @throws 409 when the username is taken, 422 for a password that is easy to guess
 */
export async function register(
  context: Context,
  { email, username, password }: { email: string; username: string; password: string },
): Promise<User> {
  await refuseWeakPassword(password, { username, email });
  const password_hash = await context.passwords.slot(() => context.passwords.hash(password));
  const account = await context.platform.db.transaction(async (tx) => {
    const created = await insertAccount(context, tx, { email, username, password_hash });
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

/** The first mail of an account. Safe to repeat. */
export async function greet(context: Context, userId: number): Promise<void> {
  const { platform } = context;
  const mails = createMails(platform.config.http.publicUrl);
  await platform.db.transaction(async (tx) => {
    const users = createUserStore(tx);
    const account = await users.find(userId);
    if (!account || account.is_demo || !(await users.markGreeted(userId))) return;
    const { email, username } = account;
    if (account.is_verified) return platform.mail.send(tx, { to: email, ...mails.welcome(username) });
    const { count } = await createSessionStore(tx).recentMails(email, 'verify');
    if (count < MAILS_PER_DAY) await mailConfirmation(context, tx, account);
  });
}

/** The address that a confirmation is about. */
const unconfirmed = ({ email, pending_email }: Account) => pending_email ?? email;
const keepToken = (tx: Db, account: Account, purpose: 'verify' | 'reset', token: string) =>
  createSessionStore(tx).addMailedToken({
    tokenHash: hashToken(token),
    userId: account.id,
    purpose,
    email: purpose === 'verify' ? unconfirmed(account) : account.email,
    hours: purpose === 'verify' ? VERIFY_HOURS : RESET_HOURS,
  });

/**
 * Mails a link, or, when the address has its owner already, tells that owner. The token is kept either way: what follows
 * from it, such as how soon another mail may be asked for, must not tell the two apart.
 */
async function mailConfirmation({ platform }: Context, tx: Db, account: Account): Promise<void> {
  const token = randomToken();
  await keepToken(tx, account, 'verify', token);
  const mails = createMails(platform.config.http.publicUrl);
  const to = unconfirmed(account);
  const hasOwner = await createUserStore(tx).isVerifiedElsewhere(to, account.id);
  const words = hasOwner ? mails.alreadyRegistered() : mails.confirmAddress(account.username, token);
  await platform.mail.send(tx, { to, ...words });
}

/** @throws 409 when there is nothing to confirm, 429 when a mail has just gone out */
export async function resendConfirmation(context: Context, userId: number): Promise<void> {
  await context.platform.db.transaction(async (tx) => {
    const users = createUserStore(tx);
    await users.lock(userId);
    const account = await users.find(userId);
    if (!account) throw notFound('This account');
    if (account.is_verified && account.pending_email === null)
      throw conflict('already_verified', 'This address is confirmed already.');
    const { count, newestAge } = await createSessionStore(tx).recentMails(unconfirmed(account), 'verify');
    if (newestAge !== null && newestAge < MINUTE) throw mailedJustNow(MINUTE - newestAge);
    if (count >= MAILS_PER_DAY) throw mailedJustNow(24 * 3600);
    await mailConfirmation(context, tx, account);
  });
}

const mailedJustNow = (seconds: number) =>
  problem(429, 'mailed_just_now', 'A mail is on its way. Look into the spam folder, too, before you ask for another.', {
    headers: { 'retry-after': String(Math.ceil(seconds)) },
  });

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
  const words = createMails(platform.config.http.publicUrl).addressChanged(account.username);
  await platform.mail.send(tx, { to: account.email, ...words });
}

async function wrongToken({ attempts }: Context, ip: string) {
  await attempts.fail(['token', ip]);
  return problem(422, 'token_expired', 'This link was used already or has expired. Ask for a new one.', {
    errors: [{ path: '/token', message: 'This link was used already or has expired. Ask for a new one.' }],
  });
}

/**
 * Changes username or address. A confirmed address stays in force until the new one is confirmed, too, so that a slip
 * of the pen locks nobody out; asking for the one in force takes a change back. The old one hears of it.
 *
 * @throws 409 when the username is taken, 422 without the right password for a new address
 */
export async function changeAccount(
  context: Context,
  userId: number,
  {
    email,
    username,
    password,
  }: { email?: string | undefined; username?: string | undefined; password?: string | undefined },
): Promise<User> {
  const { platform } = context;
  const before = await requireAccount(context, userId);
  const movesTo = email !== undefined && email.toLowerCase() !== before.email.toLowerCase() ? email : undefined;
  if (movesTo !== undefined && before.password_hash !== null) {
    if (!password) throw unprocessable([{ path: '/password', message: 'Enter your password to change the address.' }]);
    await confirmPassword(context, before, password, '/password');
  }
  try {
    return await platform.db.transaction(async (tx) => {
      const users = createUserStore(tx);
      await users.lock(userId);
      const isConfirmed = (await users.find(userId))?.is_verified ?? false;
      await users.change(userId, {
        ...(username !== undefined && { username }),
        ...(movesTo === undefined
          ? email !== undefined && { email, pending_email: null }
          : isConfirmed
            ? { pending_email: movesTo }
            : { email: movesTo }),
      });
      const after = await users.find(userId);
      if (!after) throw notFound('This account');
      if (movesTo !== undefined) {
        // Links to an unconfirmed address must not open the account any more.
        if (!isConfirmed) await createSessionStore(tx).voidMailedTokens(userId);
        const mails = createMails(platform.config.http.publicUrl);
        if (isConfirmed) await platform.mail.send(tx, { to: after.email, ...mails.addressChangeAsked(after.username) });
        const { count } = await createSessionStore(tx).recentMails(movesTo, 'verify');
        if (count < MAILS_PER_DAY) await mailConfirmation(context, tx, after);
      }
      await publishMember(context, tx, userId);
      return presentUser(after, { isPrivate: true });
    });
  } catch (error) {
    if (violatedConstraint(error) === 'users_username') throw usernameTaken();
    throw error;
  }
}

/** @throws 422 for a wrong or weak password, 409 for an account without one */
export async function changePassword(
  context: Context,
  { userId, sessionId, current, next }: { userId: number; sessionId: number; current: string; next: string },
): Promise<void> {
  const account = await requireAccount(context, userId);
  if (account.password_hash === null) {
    throw conflict('no_password', 'This account has no password yet. Ask for a reset link to set one.');
  }
  await confirmPassword(context, account, current, '/current_password');
  await refuseWeakPassword(next, { ...account, path: '/new_password' });
  const hash = await context.passwords.slot(() => context.passwords.hash(next));
  await endingSessions(context, async (tx, end) => {
    await setPassword(context, tx, account, hash);
    await end({ userId, except: sessionId });
  });
}

/**
 * Sends a reset link, if the address has an account: that of its owner, else one for each of the oldest few unverified
 * accounts that name it, in one mail. Runs in a job, so that asking takes equally long for any address.
 */
export async function sendPasswordReset(context: Context, email: string): Promise<void> {
  const { platform } = context;
  const mails = createMails(platform.config.http.publicUrl);
  await platform.db.transaction(async (tx) => {
    const { owner, claimants } = await createUserStore(tx).findByEmail(email);
    const accounts = (owner ? [owner] : claimants).filter(({ is_active }) => is_active);
    const [first] = accounts;
    if (!first) return;
    const { count, newestAge } = await createSessionStore(tx).recentMails(email, 'reset');
    if (count >= MAILS_PER_DAY || (newestAge !== null && newestAge < MINUTE)) return;
    const links: { username: string; token: string }[] = [];
    for (const account of accounts) {
      const token = randomToken();
      await keepToken(tx, account, 'reset', token);
      links.push({ username: account.username, token });
    }
    await platform.mail.send(tx, { to: first.email, ...mails.resetPassword(links) });
  });
}

/** @throws 422 for a token that does not count (any more) or a weak password, 429 */
export async function resetPassword(
  context: Context,
  { token, password, ip }: { token: string; password: string; ip: string },
): Promise<void> {
  const { platform } = context;
  await context.attempts.assertOpen(['token', ip]);
  const tokenHash = hashToken(token);
  const owner = await createSessionStore(platform.db).findMailedToken(tokenHash, 'reset');
  if (!owner) throw await wrongToken(context, ip);
  await refuseWeakPassword(password, await requireAccount(context, owner.user_id));
  const hash = await context.passwords.slot(() => context.passwords.hash(password));
  const isDone = await endingSessions(context, async (tx, end) => {
    const users = createUserStore(tx);
    const taken = await createSessionStore(tx).takeMailedToken(tokenHash, 'reset');
    if (!taken || !(await users.lock(taken.user_id))) return false;
    const account = await users.find(taken.user_id);
    if (!account?.is_active || account.email !== taken.email) return false;
    await setPassword(context, tx, account, hash);
    // Whoever opened this account never proved the address; who has just done so gets it without their other keys.
    if (!account.is_verified) {
      await users.dropIdentities(account.id);
      await createFactorStore(tx).disable(account.id);
    }
    await end({ userId: account.id });
    return true;
  });
  if (!isDone) throw await wrongToken(context, ip);
}

async function setPassword({ platform }: Context, tx: Db, account: Account, hash: string): Promise<void> {
  await createUserStore(tx).setPassword(account.id, hash);
  await createSessionStore(tx).voidMailedTokens(account.id);
  const mails = createMails(platform.config.http.publicUrl);
  if (account.is_verified)
    await platform.mail.send(tx, { to: account.email, ...mails.passwordChanged(account.username) });
}

export async function requireAccount({ platform }: Context, userId: number): Promise<Account> {
  const account = await createUserStore(platform.db).find(userId);
  if (!account) throw notFound('This account');
  return account;
}

export const usernameTaken = () =>
  problem(409, 'username_taken', 'This username is taken. Choose another.', {
    errors: [{ path: '/username', message: 'This username is taken. Choose another.' }],
  });
