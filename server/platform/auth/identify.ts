/** Turns what a request carries (bearer token or session cookie) into a principal, before anything else looks at it. */
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Calls } from '../calls/calls.ts';
import type { Config } from '../config/config.ts';
import { conflict, forbidden, unauthorized } from '../http/problems.ts';
import type { Auth, Principal } from './auth.ts';
import { hashSessionToken, sessionCookieName } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** How long a looked-up cookie is believed; its end is announced sooner by the revocations. */
const CACHE_MILLISECONDS = 60_000;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * @returns who asks, or null for nobody. A bad bearer token is 401; a cookie that no longer counts is nobody, since
 * browsers send it along without being asked.
 */
export function createIdentify({ config, auth, calls }: { config: Config; auth: Auth; calls: Calls }) {
  const cookieName = sessionCookieName(config);
  const sessions = new LRUCache<string, Principal>({ max: 50_000, ttl: CACHE_MILLISECONDS });

  const byCookie = async (token: string): Promise<Principal | null> => {
    const hash = hashSessionToken(token);
    const known = sessions.get(hash) ?? (await calls('accounts.resolveSession', { token_hash: hash }));
    if (!known || auth.revocations.has(known.session_id)) return null;
    sessions.set(hash, known, { noUpdateTTL: true });
    return known;
  };

  return async (request: FastifyRequest): Promise<Principal | null> => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [scheme = '', token] = authorization.split(' ');
      if (scheme.toLowerCase() !== 'bearer' || !token) {
        throw unauthorized('malformed_authorization', 'Send the access token as "Authorization: Bearer <token>".');
      }
      return auth.verifyAccessToken(token);
    }
    const token = request.cookies[cookieName];
    if (!token) return null;
    const principal = await byCookie(token);
    if (principal && !SAFE_METHODS.has(request.method)) {
      refuseForeignOrigin(request, config);
      refuseOtherAccount(request, principal);
    }
    return principal;
  };
}

/** A page says for whom it writes: the cookie may be somebody else's by now, who signed in in another tab. */
function refuseOtherAccount({ headers }: FastifyRequest, principal: Principal): void {
  const actingAs = headers['x-acting-as'];
  if (actingAs === undefined || actingAs === String(principal.user_id)) return;
  throw conflict('other_account', 'Somebody else is signed in here now. Nothing was changed.');
}

/** A browser says where a request comes from; one of another site may not use the cookie to change anything. */
function refuseForeignOrigin(request: FastifyRequest, config: Config): void {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const own =
    site === undefined
      ? origin === undefined || origin === config.http.publicUrl || URL.parse(origin)?.host === host
      : site === 'same-origin' || site === 'none';
  if (!own) throw forbidden('cross_site_request', 'This request came from another site.');
}
