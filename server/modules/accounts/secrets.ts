/**
 * The module's cryptography. Every key is derived from the server's signing key (HKDF, RFC 5869), so there is one secret
 * to keep; a new signing key ends refresh tokens and authenticators, as it ends access tokens.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { SigningKey } from '../../platform/config/config.ts';

export interface Secrets {
  /** Keyed hash (HMAC-SHA256, base64url) of short things such as six digits, which a plain hash would not hide. */
  keyedHash(purpose: string, ...parts: (string | number)[]): string;
  /** Encrypts and authenticates (AES-256-GCM); `context` has to be the same when it is opened. */
  seal(text: string, context: string): string;
  /** @returns null when it is not ours, was changed, or belongs to another context. */
  open(sealed: string, context: string): string | null;
}

export function createSecrets({ d }: SigningKey): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', `collabthon ${purpose}`, 32));
  const hashKey = derive('keyed hash');
  const boxKey = derive('box');

  return {
    keyedHash: (purpose, ...parts) =>
      createHmac('sha256', hashKey)
        .update(JSON.stringify([purpose, ...parts]))
        .digest('base64url'),

    seal(text, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', boxKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },

    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', boxKey, bytes.subarray(0, 12))
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** 256 random bits for a link, a cookie or a token. */
export const randomToken = () => randomBytes(32).toString('base64url');

/** Enough for what is random to begin with. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url');

export function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
