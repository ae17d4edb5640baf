/** Tokens that are mailed to prove an address, and how many mails an address gets. */
import type { Db } from '../../platform/database/database.ts';
import { problem } from '../../platform/http/problems.ts';
import type { Context } from './context.ts';
import { RESET_HOURS, VERIFY_HOURS } from './mails.ts';
import { hashToken } from './secrets.ts';
import type { Account } from './store.ts';
import { createSessionStore } from './store-sessions.ts';

/** Mails to one address within a day, whoever asks. */
export const MAILS_PER_DAY = 5;
/** Seconds between two of them. */
export const MINUTE = 60;

/** The address that a confirmation is about. */
export const unconfirmed = ({ email, pending_email }: Account) => pending_email ?? email;

/** A token that proves whoever sends it back to read the mail of this address. */
export const keepToken = (tx: Db, account: Account, purpose: 'verify' | 'reset', token: string) =>
  createSessionStore(tx).addMailedToken({
    tokenHash: hashToken(token),
    userId: account.id,
    purpose,
    email: purpose === 'verify' ? unconfirmed(account) : account.email,
    hours: purpose === 'verify' ? VERIFY_HOURS : RESET_HOURS,
  });

/** Counts a token that is none against its sender. @returns the problem to throw */
export async function wrongToken({ attempts }: Context, ip: string) {
  await attempts.fail(['token', ip]);
  return problem(422, 'token_expired', 'This link was used already or has expired. Ask for a new one.', {
    errors: [
      {
        path: '/token',
        code: 'token_expired',
        message: 'This link was used already or has expired. Ask for a new one.',
      },
    ],
  });
}
