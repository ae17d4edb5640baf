/**
 * Refresh tokens: `session.secret.tag`. The first secret of a session is random, every next one is a keyed hash of the
 * one before. So the successor can be given out again when its answer was lost, without being kept anywhere; and the tag
 * tells a token that was once ours from a guess, which must not be able to end anybody's session.
 */
import { hashToken, isSameText, randomToken, type Secrets } from './secrets.ts';

/** Seconds in which the token just before the current one may be used again. */
export const RETRY_SECONDS = 10;

export interface RefreshTokens {
  /** A random first secret. */
  firstSecret(): string;
  nextSecret(sessionId: number, secret: string): string;
  /** What the database keeps of a secret. */
  hash(secret: string): string;
  format(sessionId: number, secret: string): string;
  /** @returns null for what was never issued here. */
  parse(token: string): { sessionId: number; secret: string } | null;
}

export function createRefreshTokens({ keyedHash }: Secrets): RefreshTokens {
  const tag = (sessionId: number, secret: string) => keyedHash('refresh tag', sessionId, secret);
  return {
    firstSecret: randomToken,
    nextSecret: (sessionId, secret) => keyedHash('refresh successor', sessionId, secret),
    hash: hashToken,
    format: (sessionId, secret) => `${sessionId}.${secret}.${tag(sessionId, secret)}`,
    parse(token) {
      const [id = '', secret = '', given = '', ...rest] = token.split('.');
      if (rest.length > 0 || !/^[1-9][0-9]{0,15}$/.test(id)) return null;
      const sessionId = Number(id);
      return isSameText(given, tag(sessionId, secret)) ? { sessionId, secret } : null;
    },
  };
}
