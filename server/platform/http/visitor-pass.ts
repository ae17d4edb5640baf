/**
 * Browsers of people who are not signed in. A page gives them a pass, by which they are told apart from others at their
 * address. It names nobody, is kept nowhere, and counts for a week.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config/config.ts';

/** `__Host-` ties the cookie to this host and to https; browsers refuse that prefix on plain http. */
export const passCookieName = (config: Config) =>
  config.http.publicUrl.startsWith('https:') ? '__Host-visitor' : 'visitor';

export const PASS_DAYS = 7;
const HOUR = 3_600_000;

export interface Passes {
  make(): string;
  /** What tells a browser apart; null for what we did not write, or too long ago. */
  read(pass: string | undefined): string | null;
}

export function createPasses({ secrets }: Config): Passes {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secrets.signingKey.d, 'base64url'), '', 'visitor pass', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest().subarray(0, 12).toString('base64url');
  const verified = new LRUCache<string, string>({ max: 10_000 });
  const check = (pass: string): string | null => {
    const [, text = '', mac = ''] = /^([\w-]{12}\.[0-9a-z]{1,8})\.([\w-]{16})$/.exec(pass) ?? [];
    return mac !== '' && timingSafeEqual(Buffer.from(mac), Buffer.from(sign(text))) ? text : null;
  };
  return {
    make() {
      const text = `${randomBytes(9).toString('base64url')}.${Math.floor(Date.now() / HOUR).toString(36)}`;
      return `${text}.${sign(text)}`;
    },
    read(pass) {
      if (!pass) return null;
      const text = verified.get(pass) ?? check(pass);
      if (text === null) return null;
      verified.set(pass, text);
      const hours = Date.now() / HOUR - Number.parseInt(text.slice(13), 36);
      return hours <= PASS_DAYS * 24 ? text : null;
    },
  };
}
