/** Choosing another password: with the old one, or with a mailed link. */
import type { Db } from '../../platform/database/database.ts';
import { conflict } from '../../platform/http/problems.ts';
import { confirmPassword } from './confirm-password.ts';
import { type Context, endingSessions } from './context.ts';
import { keepToken, MAILS_PER_DAY, MINUTE, wrongToken } from './mailed-tokens.ts';
import { createMails } from './mails.ts';
import { refuseWeakPassword } from './passwords.ts';
import { hashToken, randomToken } from './secrets.ts';
import { type Account, createUserStore } from './store.ts';
import { createFactorStore } from './store-factors.ts';
import { createSessionStore } from './store-sessions.ts';
import { requireAccount } from './use-cases.ts';

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
    const words = createMails(platform.config.http.publicUrl, first.locale).resetPassword(links);
    await platform.mail.send(tx, { to: first.email, ...words });
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
  if (!account.is_verified) return;
  const words = createMails(platform.config.http.publicUrl, account.locale).passwordChanged(account.username);
  await platform.mail.send(tx, { to: account.email, ...words });
}
