/** How far a database has to have come for somebody to see what they have seen or written, signed for the way to them and back. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from '../config/config.ts';

/** A place in the write-ahead log. Places of two timelines cannot be compared. */
export interface Position {
  timeline: number;
  /** In bytes. */
  lsn: number;
}

export interface ReadToken extends Position {
  /** Milliseconds of the clock. By then every replica that is read from has come as far. */
  until: number;
}

/** Longer than a replica may lag. */
const TOKEN_MILLISECONDS = 30_000;

export const tokenAt = (position: Position): ReadToken => ({ ...position, until: Date.now() + TOKEN_MILLISECONDS });

/** What both of them ask for. */
export function laterToken(one: ReadToken | null, other: ReadToken | null): ReadToken | null {
  if (!one || !other) return one ?? other;
  const until = Math.max(one.until, other.until);
  const isLater = one.timeline === other.timeline ? one.lsn > other.lsn : one.timeline > other.timeline;
  return { ...(isLater ? one : other), until };
}

export const isInForce = (token: ReadToken | null): token is ReadToken => token !== null && token.until > Date.now();

export interface TokenSigner {
  write(token: ReadToken): string;
  /** Null for what we did not write, and for what no longer counts. */
  read(text: unknown): ReadToken | null;
}

export function createTokenSigner({ d }: SigningKey): TokenSigner {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', 'read token', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest().subarray(0, 16);
  return {
    write({ timeline, lsn, until }) {
      const text = [timeline, lsn, until].map((value) => value.toString(36)).join('.');
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(given) {
      const [, text = '', signature = ''] =
        (typeof given === 'string' && /^([\w.]{5,60})\.([\w-]{22})$/.exec(given)) || [];
      const mac = Buffer.from(signature, 'base64url');
      if (mac.length !== 16 || !timingSafeEqual(mac, sign(text))) return null;
      const [timeline = 0, lsn = 0, until = 0] = text.split('.').map((part) => Number.parseInt(part, 36));
      const token = { timeline, lsn, until };
      return isInForce(token) ? token : null;
    },
  };
}
