/** The browser's session cookie: an opaque token that only its hash is kept of. */
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';

export const SESSION_DAYS = 30;

const isSecure = (config: Config) => config.http.publicUrl.startsWith('https:');

/** `__Host-` ties the cookie to this host and to https; browsers refuse that prefix on plain http. */
export const sessionCookieName = (config: Config) => (isSecure(config) ? '__Host-session' : 'session');

export const hashSessionToken = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Says to our own pages that there may be a session, so that visitors are not asked for theirs. It proves nothing. */
const HINT = 'signed-in';

const attributes = (config: Config) => ({ path: '/', sameSite: 'lax', secure: isSecure(config) }) as const;

export function setSessionCookie(reply: FastifyReply, config: Config, token: string): void {
  const maxAge = SESSION_DAYS * 86_400;
  reply.setCookie(sessionCookieName(config), token, { ...attributes(config), httpOnly: true, maxAge });
  reply.setCookie(HINT, '1', { ...attributes(config), maxAge });
}

export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  reply.clearCookie(sessionCookieName(config), { ...attributes(config), httpOnly: true });
  reply.clearCookie(HINT, attributes(config));
}
