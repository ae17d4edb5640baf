/** So much at once, and so much a minute after that, for each key; by the generic cell rate algorithm (ITU-T I.371). */
import { LRUCache } from 'lru-cache';
import { problem } from './problems.ts';

export interface RateLimit {
  /** Counts one. @throws 429 with Retry-After when it is one too many, which then is not counted */
  take(key: number | string): void;
}

/** Keys that are remembered; a key that is forgotten begins anew. */
const KEYS = 100_000;

/** Kept in this process alone: each of several processes lets through as much. */
export function createRateLimit({ burst, perMinute }: { burst: number; perMinute: number }): RateLimit {
  const interval = 60_000 / perMinute;
  /** When all that was taken will have drained, by the clock that never jumps. */
  const drainedAt = new LRUCache<number | string, number>({ max: KEYS });
  return {
    take(key) {
      const now = performance.now();
      const drained = Math.max(drainedAt.get(key) ?? 0, now);
      const wait = drained - now - (burst - 1) * interval;
      if (wait > 0) throw tooMany(Math.ceil(wait / 1000));
      drainedAt.set(key, drained + interval);
    },
  };
}

export const noRateLimit: RateLimit = { take: () => undefined };

/** @param seconds to wait, a whole number */
export const tooMany = (seconds: number) =>
  problem(429, 'too_many_requests', `That was too much at once. Try again in ${seconds} s.`, {
    params: { seconds },
    headers: { 'retry-after': String(seconds) },
  });
