/** The browser's session cookie: an opaque token that only its hash is kept of. */
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';

export const SESSION_DAYS = 30;

const isSecure = (config: Config) => config.http.publicUrl.startsWith('https:');

/** `__Host-` ties the cookie to this host and to https; browsers refuse that prefix on plain http. */
export const sessionCookieName = (config: Config) => (isSecure(config) ? '__Host-session' : 'session');

export const hashSessionToken = (token: string) => createHash('sha256').update(token).digest('base64url');

const attributes = (config: Config) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(config) }) as const;

export const setSessionCookie = (reply: FastifyReply, config: Config, token: string) =>
  reply.setCookie(sessionCookieName(config), token, { ...attributes(config), maxAge: SESSION_DAYS * 86_400 });

export const clearSessionCookie = (reply: FastifyReply, config: Config) =>
  reply.clearCookie(sessionCookieName(config), attributes(config));
