/** Passwords: argon2id for all new ones, the predecessor's bcrypt until its owner signs in, and rules for choosing one. */
import { availableParallelism } from 'node:os';
import { hash as argonHash, verify as argonVerify, parseOptions } from '@node-rs/argon2';
import { verify as bcryptVerify } from '@node-rs/bcrypt';
import { unprocessable } from '../../platform/http/problems.ts';
import { createLimiter, type Limiter } from './limiter.ts';

// Parameters of the OWASP Password Storage Cheat Sheet. 2 is argon2id; the enum of the package does not survive type stripping.
const ARGON2ID = 2;
const cost = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  /** Runs work that hashes: each hash takes a thread of the shared pool and 19 MiB. @throws 503 past the queue. */
  slot: Limiter;
  hash(password: string): Promise<string>;
  /** Takes as long for no hash as for one of ours; that never verifies. */
  verify(hash: string | null, password: string): Promise<boolean>;
  needsRehash(hash: string): boolean;
}

export function createPasswords(): Passwords {
  const slot = createLimiter({ concurrency: Math.min(4, Math.max(2, availableParallelism())), queue: 200 });
  const hash = (password: string) => argonHash(password, cost);
  let decoy: Promise<string> | undefined;

  return {
    slot,
    hash,
    async verify(kept, password) {
      if (!kept) {
        decoy ??= hash(crypto.randomUUID());
        await argonVerify(await decoy, password);
        return false;
      }
      try {
        return isBcrypt(kept) ? await bcryptVerify(password, kept) : await argonVerify(kept, password);
      } catch {
        // A hash that cannot be read is nobody's password.
        return false;
      }
    },
    needsRehash(kept) {
      if (isBcrypt(kept)) return true;
      const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(kept);
      return (
        Number(algorithm) !== ARGON2ID ||
        memoryCost < cost.memoryCost ||
        timeCost < cost.timeCost ||
        parallelism !== cost.parallelism
      );
    },
  };
}

const isBcrypt = (hash: string) => /^\$2[aby]\$/.test(hash);

let common: Promise<Set<string>> | undefined;

/** The 49,000 most used passwords, loaded when the first one is chosen. */
function commonPasswords(): Promise<Set<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return common;
}

/**
 * Refuses what an attacker tries first: well-known passwords and the account's own names.
 *
 * @throws 422 at `path`
 */
export async function refuseWeakPassword(
  password: string,
  { username, email, path = '/password' }: { username: string; email: string; path?: string },
): Promise<void> {
  const plain = password.toLowerCase();
  const own = [username, email, email.split('@')[0] ?? ''].map((name) => name.toLowerCase());
  if (own.includes(plain))
    throw unprocessable([
      { path, code: 'name_as_password', message: 'Choose a password other than your name or address.' },
    ]);
  if ((await commonPasswords()).has(plain)) {
    throw unprocessable([
      {
        path,
        code: 'common_password',
        message: 'Many people use this password, so it is easy to guess. Choose another.',
      },
    ]);
  }
}
