/** Bounded concurrency: so many at once, so many waiting, and an honest 503 for the rest. */
import { problem } from '../../platform/http/problems.ts';

export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** @throws 503 with Retry-After when `queue` callers are waiting already. */
export function createLimiter({ concurrency, queue }: { concurrency: number; queue: number }): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (work) => {
    if (running < concurrency) running += 1;
    else if (waiting.length < queue) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw busy();
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, so nobody can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const busy = () =>
  problem(503, 'busy', 'Many people are signing in right now. Try again in a moment.', {
    headers: { 'retry-after': '2' },
  });
