import type { Notification } from '@collabthon/contracts/notifications';
import { type ReactNode, useId } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useNow } from '../../lib/now.ts';
import { NotificationRow } from './notification-row.tsx';
import { useMutes } from './use-mutes.ts';
import { useNotices } from './use-notices.ts';

/** Notifications under the days on which they came, in the reader's zone. */
export function NotificationList({ items }: { items: readonly Notification[] }) {
  const notices = useNotices();
  const mutes = useMutes();
  const dayOf = useDayName();
  const days = Map.groupBy(items, ({ created_at }) => dayOf(created_at));
  return (
    <div className="flex flex-col gap-8">
      {[...days].map(([day, ofDay]) => (
        <Day key={day} name={day}>
          <ul className="divide-y divide-rule">
            {ofDay.map((notification) => (
              <li key={notification.id}>
                <NotificationRow notification={notification} notices={notices} mutes={mutes} />
              </li>
            ))}
          </ul>
        </Day>
      ))}
    </div>
  );
}

/** A lighter part than others: there are many of them, and most are short. */
function Day({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="eyebrow border-b border-ink pb-1.5">
        {name}
      </h2>
      {children}
    </section>
  );
}

const DAY = 86_400_000;

/** Today, yesterday, or the day; with its year only where it is another one. */
function useDayName(): (instant: string) => string {
  const t = useTranslations('notifications');
  const format = useFormatter();
  const now = useNow();
  const year = (time: number | Date) => format.dateTime(time, { year: 'numeric' });
  const day = (time: number | Date) =>
    format.dateTime(time, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(year(time) !== year(now) && { year: 'numeric' }),
    });
  const [today, yesterday] = [day(now), day(now - DAY)];
  return (instant) => {
    const name = day(new Date(instant));
    return name === today ? t('today') : name === yesterday ? t('yesterday') : name;
  };
}
