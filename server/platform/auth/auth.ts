/** Who is asking: access tokens that any service can verify by public key, and sessions that ended early. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Role } from '@collabthon/contracts/accounts';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { SigningKey } from '../config/config.ts';
import { unauthorized } from '../http/problems.ts';
import type { Revocations } from './revocations.ts';

export interface Principal {
  user_id: number;
  username: string;
  role: Role;
  session_id: number;
  /** The e-mail address is confirmed. */
  is_verified: boolean;
}

export const ACCESS_TOKEN_SECONDS = 30 * 60;

const ISSUER = 'collabthon';
const TOKEN_TYPE = 'at+jwt';

export interface Auth {
  /** A signed access token, good for 30 minutes. */
  issueAccessToken(principal: Principal): Promise<string>;
  /** @throws 401 when it is malformed, expired, not ours, of another type, or its session has ended. */
  verifyAccessToken(token: string): Promise<Principal>;
  revocations: Revocations;
}

export function createAuth(signingKey: SigningKey, revocations: Revocations): Auth {
  const privateKey = createPrivateKey({ key: { ...signingKey }, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  // A signature is checked once for each token and process; expiry and revocation at every use.
  const verified = new LRUCache<string, { principal: Principal; expiresAt: number }>({ max: 20_000 });

  const check = async (token: string) => {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: ['EdDSA'],
        issuer: ISSUER,
        audience: ISSUER,
        typ: TOKEN_TYPE,
        requiredClaims: ['sub', 'exp', 'sid', 'role'],
      });
      const principal: Principal = {
        user_id: Number(payload.sub),
        username: String(payload.username),
        role: payload.role as Role,
        session_id: Number(payload.sid),
        is_verified: payload.verified === true,
      };
      return { principal, expiresAt: Number(payload.exp) * 1000 };
    } catch {
      throw expired();
    }
  };

  return {
    revocations,
    issueAccessToken: (principal) =>
      new SignJWT({
        username: principal.username,
        role: principal.role,
        sid: principal.session_id,
        verified: principal.is_verified,
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: TOKEN_TYPE })
        .setSubject(String(principal.user_id))
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setIssuedAt()
        .setExpirationTime(`${ACCESS_TOKEN_SECONDS} s`)
        .sign(privateKey),

    async verifyAccessToken(token) {
      const entry = verified.get(token) ?? (await check(token));
      verified.set(token, entry);
      if (entry.expiresAt <= Date.now() || revocations.has(entry.principal.session_id)) throw expired();
      return entry.principal;
    },
  };
}

const expired = () => unauthorized('invalid_token', 'Your sign-in has ended. Sign in again.');
