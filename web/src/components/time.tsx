import { useFormatter } from 'use-intl';

/** "3 days ago", with the exact time on demand. */
export function RelativeTime({ value }: { value: string }) {
  const format = useFormatter();
  const date = new Date(value);
  return (
    <time dateTime={value} title={format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' })}>
      {format.relativeTime(date, Date.now())}
    </time>
  );
}
