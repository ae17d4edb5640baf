/** Ed25519 keys: one signs, and whoever has its public half can tell what it signed. */
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { errors, type JWK } from 'jose';
import type { SigningKey } from '../config/config.ts';

export const privateKeyOf = (key: SigningKey): KeyObject => createPrivateKey({ key: { ...key }, format: 'jwk' });

/** The public half as others look it up; its id is the thumbprint after RFC 7638. */
export function publicJwk({ kty, crv, x }: SigningKey): JWK & { kid: string } {
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' };
}

/** What was wrong is the token, and not that the keys of who signed it could not be fetched. */
export const isAboutToken = (error: unknown): boolean =>
  error instanceof SyntaxError ||
  (error instanceof errors.JOSEError &&
    error.constructor !== errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid));
