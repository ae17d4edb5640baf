import { useEffect, useRef } from 'react';
import { ApiError } from './errors.ts';

/** Runs when what was refused for being too much at once may be asked for again. */
export function useWaited(error: unknown, run: (() => void) | undefined): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!(error instanceof ApiError) || error.code !== 'too_many_requests') return;
    const timer = setTimeout(() => latest.current?.(), 1000 * (error.retryAfter ?? 1));
    return () => clearTimeout(timer);
  }, [error]);
}
