import { useEffect, useState } from 'react';
import { useTimeZone } from 'use-intl';
import { browserZone } from './boot.ts';

/** The zone that this device is in; until the page lives, the one that it was rendered with. */
export function useDeviceZone(): string {
  const [zone, setZone] = useState(useTimeZone() ?? 'UTC');
  useEffect(() => setZone(browserZone()), []);
  return zone;
}
