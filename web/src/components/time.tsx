import { useFormatter } from 'use-intl';
import { useNow } from '../lib/now.ts';
import { Tip } from './tip.tsx';

/** "3 days ago", with the exact time on demand. It ages while the page is open. */
export function RelativeTime({ value }: { value: string }) {
  const format = useFormatter();
  const now = useNow();
  const date = new Date(value);
  const exact = format.dateTime(date, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  // Seconds are noise, and a clock that is a little off would put them into the future.
  const isJustNow = Math.abs(now - date.getTime()) < 60_000;
  return (
    <time dateTime={value}>
      <Tip more={exact}>{format.relativeTime(date, isJustNow ? date : now)}</Tip>
    </time>
  );
}
