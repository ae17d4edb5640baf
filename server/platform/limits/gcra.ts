/**
 * How much may be asked for, by whom: so much at once and as much again in each span of time, by the generic cell rate
 * algorithm (ITU-T I.371, virtual scheduling). What was taken is kept as the moment at which it will have drained, one number
 * for each key. No span of x seconds sees more than `quota * (1 + x / seconds)`.
 */
import { LRUCache } from 'lru-cache';

export interface Policy {
  /** What answers call it. */
  name: string;
  quota: number;
  seconds: number;
  /** Microseconds in which one drains. Whole, so that sums are exact in every store. */
  interval: number;
}

export const policy = (name: string, quota: number, seconds: number): Policy => ({
  name,
  quota,
  seconds,
  interval: Math.ceil((seconds * 1_000_000) / quota),
});

/** What one caller takes of one policy. */
export interface Bucket {
  key: string;
  policy: Policy;
  cost: number;
}

export interface Verdict {
  /** Microseconds until it would be granted, if nobody takes more; 0: it was, and is counted. */
  wait: number;
  /** Of each bucket: microseconds until it has drained. */
  levels: number[];
  /** Into how many processes each quota is divided; what is counted for all of them is not. */
  share: number;
}

export interface Limiter {
  /** From all of them, or from none. */
  take(buckets: readonly Bucket[]): Verdict | Promise<Verdict>;
  close(): void;
}

export interface LocalLimiter extends Limiter {
  take(buckets: readonly Bucket[]): Verdict;
  /** What would be said for all processes together, as far as this one knows: at least as long as that is to wait. */
  weigh(buckets: readonly Bucket[]): Verdict;
  /** Remembers that a key has not drained before then, by `now`. */
  note(key: string, drainedAt: number): void;
  now(): number;
  /** How many processes let callers in, each its part of a quota. */
  share: number;
}

/** Keys that are remembered, those of the last callers; a key that is forgotten begins anew. */
const KEYS = 200_000;

const microseconds = (): number => Math.floor(performance.now() * 1000);

/** Most that a bucket may hold, in microseconds. What never fits into a part of a quota is granted when nothing was taken. */
export const capacityOf = ({ quota, interval }: Policy, step: number): number => Math.max(quota * interval, step);

/** Counts in this process, for its part of each quota. @param now microseconds of a clock that never jumps */
export function createLocalLimiter(share = 1, now = microseconds): LocalLimiter {
  const drainedAt = new LRUCache<string, number>({ max: KEYS });
  const weigh = (buckets: readonly Bucket[], at: number, share: number): Verdict => {
    const levels: number[] = [];
    let wait = 0;
    for (const { key, policy, cost } of buckets) {
      const level = Math.max(0, (drainedAt.get(key) ?? 0) - at);
      const step = policy.interval * share * cost;
      wait = Math.max(wait, level + step - capacityOf(policy, step));
      levels.push(level);
    }
    return { wait, levels, share };
  };
  const limiter: LocalLimiter = {
    share,
    now,
    weigh: (buckets) => weigh(buckets, now(), 1),
    note: (key, drained) => void drainedAt.set(key, Math.max(drainedAt.get(key) ?? 0, drained)),
    close: () => undefined,

    take(buckets) {
      const at = now();
      const verdict = weigh(buckets, at, limiter.share);
      if (verdict.wait > 0) return verdict;
      let index = 0;
      for (const { key, policy, cost } of buckets) {
        const level = (verdict.levels[index] ?? 0) + policy.interval * limiter.share * cost;
        verdict.levels[index] = level;
        drainedAt.set(key, at + level);
        index += 1;
      }
      return verdict;
    },
  };
  return limiter;
}
