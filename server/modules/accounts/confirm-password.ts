/** Asking somebody who is signed in for their password once more. */
import { problem } from '../../platform/http/problems.ts';
import type { Context } from './context.ts';
import type { Account } from './store.ts';

/**
 * Checks the password of somebody who is signed in, before a change that a stolen session must not be able to make.
 *
 * @throws 422 at `path`, 429 after too many failures
 */
export async function confirmPassword(
  context: Context,
  account: Account,
  password: string,
  path: string,
): Promise<void> {
  const counter = ['confirmation', account.id] as const;
  await context.attempts.assertOpen(counter);
  const isRight = await context.passwords.slot(() => context.passwords.verify(account.password_hash, password));
  if (isRight) return;
  await context.attempts.fail(counter);
  throw problem(422, 'wrong_password', 'This is not your password.', {
    errors: [{ path, code: 'wrong_password', message: 'This is not your password.' }],
  });
}
