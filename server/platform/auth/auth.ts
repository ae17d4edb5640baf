/** Who is asking: access tokens that any service can verify by public key, and sessions that ended early. */
import type { Role } from '@collabthon/contracts/accounts';
import { createLocalJWKSet, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { SigningKey } from '../config/config.ts';
import { problem, unauthorized } from '../http/problems.ts';
import { isAboutToken, privateKeyOf, publicJwk } from './keys.ts';
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
  /**
   * @throws 401 when it is malformed, expired, not ours, of another type, or its session has ended; 503 when the keys of
   * the service that signed it cannot be fetched
   */
  verifyAccessToken(token: string): Promise<Principal>;
  revocations: Revocations;
}

/** @param memberKeys of the service that signs members in; this one's own unless given */
export function createAuth(
  signingKey: SigningKey,
  revocations: Revocations,
  memberKeys: JWTVerifyGetKey = createLocalJWKSet({ keys: [publicJwk(signingKey)] }),
): Auth {
  const privateKey = privateKeyOf(signingKey);
  const { kid } = publicJwk(signingKey);
  // A signature is checked once for each token and process; expiry and revocation at every use.
  const verified = new LRUCache<string, { principal: Principal; expiresAt: number }>({ max: 20_000 });

  const check = async (token: string) => {
    try {
      const { payload } = await jwtVerify(token, memberKeys, {
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
    } catch (error) {
      if (isAboutToken(error)) throw expired();
      throw problem(503, 'unavailable', 'Your sign-in cannot be checked right now. Try again in a moment.', {
        headers: { 'retry-after': '2' },
        cause: error,
      });
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
        .setProtectedHeader({ alg: 'EdDSA', typ: TOKEN_TYPE, kid })
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
