import { useEffect, useState } from 'react';
import { useBoot } from './boot.ts';

/** From here on the page is the browser's alone. */
let isAlive = false;
export const startClock = () => {
  isAlive = true;
};

/** The reader's clock in milliseconds, twice a minute; at first the server's, so that both render the same. */
export function useNow(): number {
  const boot = useBoot();
  const [now, setNow] = useState(() => (isAlive ? Date.now() : boot.now));
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
