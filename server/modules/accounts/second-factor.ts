/** The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes, each accepted once. */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { conflict, unauthorized, unprocessable } from '../../platform/http/problems.ts';
import { confirmPassword } from './confirm-password.ts';
import type { Context } from './context.ts';
import type { Account } from './store.ts';
import { createFactorStore } from './store-factors.ts';

const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;
// Without the letters and digits that look alike.
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

const sealContext = (userId: number) => `totp ${userId}`;

const authenticator = (secret: Secret, label: string) =>
  new TOTP({ issuer: 'Collabthon', label, secret, period: PERIOD_SECONDS, digits: 6, algorithm: 'SHA1' });

/** A new secret, which counts once it is confirmed. @throws 409 when the second factor is on */
export async function setUpTotp({ platform, secrets }: Context, account: Account) {
  const secret = new Secret({ size: 20 });
  const sealed = secrets.seal(secret.base32, sealContext(account.id));
  if (!(await createFactorStore(platform.db).setPending(account.id, sealed))) throw alreadyOn();
  return { secret: secret.base32, otpauth_url: authenticator(secret, account.username).toString() };
}

/** Turns the second factor on. @returns the recovery codes, which are kept only as hashes. @throws 409, 422 or 429 */
export async function confirmTotp(context: Context, account: Account, code: string): Promise<string[]> {
  if (account.totp_enabled) throw alreadyOn();
  const counter = ['totp', account.id] as const;
  await context.attempts.assertOpen(counter);
  const sealed = account.totp_secret;
  if (!sealed) throw conflict('totp_not_set_up', 'Begin with the setup, which gives you a secret.');
  const step = matchingStep(context, account, code);
  if (step === null) {
    await context.attempts.fail(counter);
    throw unprocessable([
      { path: '/code', code: 'wrong_app_code', message: 'This code is not right. Use the one that the app shows now.' },
    ]);
  }
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
  const hashes = codes.map((recoveryCode) => hashRecoveryCode(context, account.id, recoveryCode));
  const isOn = await context.platform.db.transaction((tx) =>
    createFactorStore(tx).enable(account.id, sealed, step, hashes),
  );
  if (!isOn) throw alreadyOn();
  return codes;
}

/** Turns it off: with the password, if there is one, and a code. @throws 409, 422, 401 or 429 */
export async function disableTotp(
  context: Context,
  account: Account,
  given: { password?: string | undefined; code?: string | undefined; recovery_code?: string | undefined },
): Promise<void> {
  if (!account.totp_enabled) throw conflict('totp_off', 'Two-factor sign-in is off already.');
  if (account.password_hash !== null) {
    if (!given.password) {
      throw unprocessable([{ path: '/password', code: 'password_required', message: 'Enter your password.' }]);
    }
    await confirmPassword(context, account, given.password, '/password');
  }
  if (!given.code && !given.recovery_code) {
    throw unprocessable([
      {
        path: '/code',
        code: 'second_factor_required',
        message: 'Enter the code of your authenticator app, or a recovery code.',
      },
    ]);
  }
  await checkSecondFactor(context, account, { totp: given.code, recovery_code: given.recovery_code });
  await context.platform.db.transaction((tx) => createFactorStore(tx).disable(account.id));
}

/** Uses a code up. @throws 401 when it is wrong or was used, 429 after too many failures */
export async function checkSecondFactor(
  context: Context,
  account: Account,
  { totp, recovery_code }: { totp?: string | undefined; recovery_code?: string | undefined },
): Promise<void> {
  const counter = ['totp', account.id] as const;
  await context.attempts.assertOpen(counter);
  const store = createFactorStore(context.platform.db);
  if (totp) {
    const step = matchingStep(context, account, totp);
    if (step !== null && (await store.useStep(account.id, step))) return context.attempts.reset(counter);
  }
  if (
    recovery_code &&
    (await store.useRecoveryCode(account.id, hashRecoveryCode(context, account.id, recovery_code)))
  ) {
    return context.attempts.reset(counter);
  }
  await context.attempts.fail(counter);
  throw unauthorized('totp_invalid', 'This code is not right, or it was used before.');
}

/** The 30-second step that a code belongs to: this one, the one before or after; null when the code is wrong. */
function matchingStep({ secrets }: Context, account: Account, code: string): number | null {
  const plain = account.totp_secret && secrets.open(account.totp_secret, sealContext(account.id));
  if (!plain) return null;
  const totp = authenticator(Secret.fromBase32(plain), account.username);
  const timestamp = Date.now();
  const delta = totp.validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

function makeRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

const hashRecoveryCode = ({ secrets }: Context, userId: number, code: string) =>
  secrets.keyedHash('recovery code', userId, code.toLowerCase().replaceAll(/[^0-9a-z]/g, ''));

const alreadyOn = () => conflict('totp_on', 'Two-factor sign-in is on already.');
