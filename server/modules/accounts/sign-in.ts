/** Signing in with a password, and the sessions that come of it. */
import type { User } from '@collabthon/contracts/accounts';
import { ACCESS_TOKEN_SECONDS } from '../../platform/auth/auth.ts';
import { hashSessionToken } from '../../platform/auth/session-cookie.ts';
import { forbidden, notFound, unauthorized } from '../../platform/http/problems.ts';
import { type Context, endingSessions, presentUser } from './context.ts';
import { RETRY_SECONDS } from './refresh-tokens.ts';
import { checkSecondFactor } from './second-factor.ts';
import { randomToken } from './secrets.ts';
import { type Account, createUserStore } from './store.ts';
import { createSessionStore, type SessionOwner } from './store-sessions.ts';

export interface SignIn {
  /** Username or address. */
  username: string;
  password: string;
  totp?: string | undefined;
  recovery_code?: string | undefined;
}

export interface Client {
  ip: string;
  userAgent: string;
}

/** Tokens for a program. @throws 401, 403 when suspended, 429 after too many failures */
export async function signInProgram(context: Context, signIn: SignIn, client: Client) {
  const account = await authenticate(context, signIn, client);
  const secret = context.refreshTokens.firstSecret();
  const owner = await open(context, account, 'token', context.refreshTokens.hash(secret), client);
  return tokens(context, owner, secret);
}

/** A new cookie for a browser. @throws as `signInProgram` */
export async function signInBrowser(
  context: Context,
  signIn: SignIn,
  client: Client,
): Promise<{ user: User; cookie: string }> {
  const account = await authenticate(context, signIn, client);
  const cookie = await openBrowserSession(context, account, client);
  return { user: presentUser(account, { isPrivate: true }), cookie };
}

/** @returns the cookie's token; always a new one, so that none planted before can be signed in. */
export async function openBrowserSession(context: Context, account: Account, client: Client): Promise<string> {
  const cookie = randomToken();
  await open(context, account, 'browser', hashSessionToken(cookie), client);
  return cookie;
}

async function authenticate(
  context: Context,
  { username, password, totp, recovery_code }: SignIn,
  { ip }: Client,
): Promise<Account> {
  const { signInAttempts } = context;
  const name = username.trim();
  await signInAttempts.assertOpen(name, ip);
  const account = await context.passwords.slot(async () => {
    // Asked again in the slot: those who waited together would otherwise all go by the same old count.
    await signInAttempts.assertOpen(name, ip);
    const recognized = await recognize(context, name, password);
    if (recognized) return strengthenHash(context, recognized, password);
    await signInAttempts.fail(name, ip);
    throw unauthorized('invalid_credentials', 'Name or password is wrong.');
  });
  if (!account.is_active) throw suspended();
  if (account.totp_enabled) {
    if (!totp && !recovery_code) throw unauthorized('totp_required', 'Enter the code of your authenticator app.');
    await checkSecondFactor(context, account, { totp, recovery_code });
  }
  await signInAttempts.succeed(name, ip);
  return account;
}

/**
 * Whose password it is. For an address, every unverified account that names it is tried and its verified one as well, or a
 * decoy in its place: neither the answer to somebody who claims the address nor the time tells whether it has an owner.
 */
async function recognize({ platform, passwords }: Context, name: string, password: string): Promise<Account | null> {
  const users = createUserStore(platform.db);
  const verify = async (account: Account | undefined) =>
    (await passwords.verify(account?.password_hash ?? null, password)) && account ? account : null;
  if (!name.includes('@')) return verify(await users.findByName(name));
  const { owner, claimants } = await users.findByEmail(name);
  const fitting: Account[] = [];
  for (const candidate of [owner, ...claimants]) {
    const account = await verify(candidate);
    if (account) fitting.push(account);
  }
  return fitting[0] ?? null;
}

const suspended = () => forbidden('account_suspended', 'This account is suspended. Ask a moderator for help.');

/** The predecessor's bcrypt, or weaker parameters, make room for today's while the password is at hand. */
async function strengthenHash({ passwords, platform }: Context, account: Account, password: string): Promise<Account> {
  const kept = account.password_hash;
  if (!kept || !passwords.needsRehash(kept)) return account;
  const better = await passwords.hash(password);
  await createUserStore(platform.db).replaceHash(account.id, kept, better);
  return { ...account, password_hash: better };
}

async function open(
  { platform }: Context,
  account: Account,
  kind: 'browser' | 'token',
  tokenHash: string,
  { userAgent }: Client,
): Promise<SessionOwner> {
  const owner = await createSessionStore(platform.db).open({
    userId: account.id,
    passwordHash: account.password_hash,
    kind,
    tokenHash,
    userAgent: userAgent.slice(0, 200),
  });
  if (!owner) throw unauthorized('account_changed', 'The account changed while you signed in. Try again.');
  return owner;
}

async function tokens({ platform, refreshTokens }: Context, owner: SessionOwner, secret: string) {
  return {
    access_token: await platform.auth.issueAccessToken(owner),
    refresh_token: refreshTokens.format(owner.session_id, secret),
    token_type: 'bearer' as const,
    expires_in: ACCESS_TOKEN_SECONDS,
  };
}

/**
 * The next pair of tokens. The token just before the current one gets the same pair again for some seconds, since an
 * answer may be lost on its way; any older one means that somebody else has a copy, and ends the session (RFC 9700, 4.14).
 *
 * @throws 401
 */
export async function refresh(context: Context, token: string) {
  const parsed = context.refreshTokens.parse(token);
  if (!parsed) throw signedOut();
  const { sessionId, secret } = parsed;
  const presented = context.refreshTokens.hash(secret);
  const next = context.refreshTokens.nextSecret(sessionId, secret);

  const owner = await endingSessions(context, async (tx, end) => {
    const store = createSessionStore(tx);
    const found = await store.lockForRefresh(sessionId, RETRY_SECONDS);
    if (!found) return null;
    const { session, owner } = found;
    if (presented === session.token_hash) {
      await store.rotate(sessionId, { from: presented, to: context.refreshTokens.hash(next) });
      return owner;
    }
    if (presented === session.previous_hash && session.mayRetry) return owner;
    await end({ id: sessionId, userId: owner.user_id });
    return null;
  });
  if (!owner) throw signedOut();
  return tokens(context, owner, next);
}

const signedOut = () => unauthorized('invalid_token', 'Your sign-in has ended. Sign in again.');

/** @throws 404 when it is not an open session of this member */
export async function endSession(context: Context, userId: number, id: number): Promise<void> {
  const count = await endingSessions(context, (_tx, end) => end({ id, userId }));
  if (count === 0) throw notFound('session');
}

export async function endAllSessions(context: Context, userId: number): Promise<void> {
  await endingSessions(context, (_tx, end) => end({ userId }));
}
