import { useEffect, useState } from 'react';
import { useBoot } from './boot.ts';

/** The reader's clock in milliseconds, twice a minute; at first the server's, so that both render the same. */
export function useNow(): number {
  const [now, setNow] = useState(useBoot().now);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
