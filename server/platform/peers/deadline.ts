/** How long a piece of work may still take, carried along by the runtime: from a call into the calls that it makes. */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<number>();

/** Runs `work`, whose calls have to be answered within so many milliseconds, or sooner where that was said before. */
export function withDeadline<T>(milliseconds: number, work: () => T): T {
  return current.run(performance.now() + Math.min(milliseconds, remaining()), work);
}

/** Milliseconds that are left, below 0 when it is over; Infinity where nobody waits. */
export const remaining = (): number => (current.getStore() ?? Number.POSITIVE_INFINITY) - performance.now();
