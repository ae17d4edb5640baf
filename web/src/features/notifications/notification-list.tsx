import type { Notification } from '@collabthon/contracts/notifications';
import { useFormatter, useTranslations } from 'use-intl';
import { Section } from '../../components/page.tsx';
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
    <div className="flex flex-col gap-10">
      {[...days].map(([day, ofDay]) => (
        <Section key={day} title={day}>
          <ul className="-mt-2 divide-y divide-rule">
            {ofDay.map((notification) => (
              <li key={notification.id}>
                <NotificationRow notification={notification} notices={notices} mutes={mutes} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

const DAY = 86_400_000;

function useDayName(): (instant: string) => string {
  const t = useTranslations('notifications');
  const format = useFormatter();
  const now = useNow();
  const day = (time: number | Date) =>
    format.dateTime(time, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const [today, yesterday] = [day(now), day(now - DAY)];
  return (instant) => {
    const name = day(new Date(instant));
    return name === today ? t('today') : name === yesterday ? t('yesterday') : name;
  };
}
