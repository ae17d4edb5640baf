import type { NotificationPreferences } from '@collabthon/contracts/notifications';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { CheckboxField, SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { useDeviceZone } from '../../lib/device-zone.ts';
import { useHour } from '../../lib/format.ts';
import { zoneName } from '../profiles/availability.ts';
import { useSwitchPreferences } from './preferences.ts';

interface SettingsProps {
  preferences: NotificationPreferences;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const halfHours = hours.flatMap((hour) => [hour, hour + 0.5]);

const clockOf = (hour: number): string =>
  `${String(Math.floor(hour)).padStart(2, '0')}:${String((hour % 1) * 60).padStart(2, '0')}`;

const hourOf = (clock: string): number => Number(clock.slice(0, 2)) + Number(clock.slice(3)) / 60;

/** The digest, the quiet hours, and the zone that both are told in. */
export function TimeSettings({ preferences }: SettingsProps) {
  return (
    <>
      <Digest preferences={preferences} />
      <QuietHours preferences={preferences} />
    </>
  );
}

function Digest({ preferences: { digest, zone } }: SettingsProps) {
  const t = useTranslations('notifications.settings');
  const turn = useSwitchPreferences();
  const hour = useHour();
  const device = useDeviceZone();
  return (
    <Section title={t('digest')}>
      <CheckboxField
        label={t('digestOn')}
        hint={t('digestHint')}
        checked={digest.is_on}
        onChange={(event) => turn({ digest: { is_on: event.target.checked }, zone: zone ?? device })}
      />
      {digest.is_on ? (
        <SelectField
          className="mt-4 w-40"
          label={t('digestHour')}
          choices={hours.map((each) => ({ value: String(each), label: hour(each) }))}
          value={String(digest.hour)}
          onChange={(event) => turn({ digest: { hour: Number(event.target.value) }, zone: zone ?? device })}
        />
      ) : null}
      <Zone zone={zone} />
    </Section>
  );
}

/** What is proposed to who turns them on. */
const night = { from: '22:00', to: '07:00' };

function QuietHours({ preferences: { quiet_hours, zone } }: SettingsProps) {
  const t = useTranslations('notifications.settings');
  const turn = useSwitchPreferences();
  const hour = useHour();
  const device = useDeviceZone();

  /** Half hours, and what was chosen elsewhere; never the other end. */
  const choices = (value: string, other: string) =>
    [...new Set([...halfHours, hourOf(value)])]
      .sort((one, another) => one - another)
      .map((each) => ({ value: clockOf(each), label: hour(each) }))
      .filter((choice) => choice.value !== other);

  return (
    <Section title={t('quiet')}>
      <CheckboxField
        label={t('quietOn')}
        hint={t('quietHint')}
        checked={quiet_hours !== null}
        onChange={(event) =>
          turn(event.target.checked ? { quiet_hours: night, zone: zone ?? device } : { quiet_hours: null })
        }
      />
      {quiet_hours ? (
        <>
          <div className="mt-4 flex flex-wrap gap-4">
            <SelectField
              className="w-40"
              label={t('from')}
              choices={choices(quiet_hours.from, quiet_hours.to)}
              value={quiet_hours.from}
              onChange={(event) => turn({ quiet_hours: { ...quiet_hours, from: event.target.value } })}
            />
            <SelectField
              className="w-40"
              label={t('to')}
              choices={choices(quiet_hours.to, quiet_hours.from)}
              value={quiet_hours.to}
              onChange={(event) => turn({ quiet_hours: { ...quiet_hours, to: event.target.value } })}
            />
          </div>
          <Zone zone={zone} />
        </>
      ) : null}
    </Section>
  );
}

/** Where these hours are told; what is offered to who is in another place by now. */
function Zone({ zone }: { zone: string | null }) {
  const t = useTranslations('notifications.settings');
  const turn = useSwitchPreferences();
  const device = useDeviceZone();
  const kept = zone ?? 'UTC';
  return (
    <div className="mt-3 text-sm text-faint">
      <p>{t('zone', { zone: zoneName(kept) })}</p>
      {kept === device ? null : (
        <Button look="secondary" size="small" className="mt-2" onClick={() => turn({ zone: device })}>
          {t('zoneMove', { device: zoneName(device) })}
        </Button>
      )}
    </div>
  );
}
