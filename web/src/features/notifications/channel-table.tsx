import type { NotificationPreferences } from '@collabthon/contracts/notifications';
import { useTranslations } from 'use-intl';
import { channels, topics, useSwitchPreferences } from './preferences.ts';

/** What reaches me where: a row for each topic, a column for each channel. */
export function ChannelTable({ preferences }: { preferences: NotificationPreferences }) {
  const t = useTranslations('notifications.settings');
  const turn = useSwitchPreferences();
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{t('table')}</caption>
      <thead>
        <tr className="border-b border-ink align-bottom text-sm">
          <td />
          {channels.map((channel) => (
            <th key={channel} scope="col" className="w-16 px-1 pb-2 text-center leading-tight font-semibold sm:w-24">
              {t(`channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-rule">
        {topics.map((topic) => (
          <tr key={topic}>
            <th scope="row" className="py-3 pe-3 text-start font-normal">
              <span className="block font-medium">{t(`topic.${topic}.name`)}</span>
              <span className="block text-sm text-faint">{t(`topic.${topic}.hint`)}</span>
            </th>
            {channels.map((channel) => (
              <td key={channel}>
                <label className="grid min-h-14 place-items-center">
                  <input
                    type="checkbox"
                    className="size-6"
                    aria-label={t('cell', { topic: t(`topic.${topic}.name`), channel: t(`channel.${channel}`) })}
                    checked={preferences.channels[topic][channel]}
                    onChange={(event) => turn({ channels: { [topic]: { [channel]: event.target.checked } } })}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
