import type { Profile } from '@collabthon/contracts/profiles';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { useDeviceZone } from '../../lib/device-zone.ts';
import { useCauseText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { hoursOf, slotsOf, zoneName } from './availability.ts';
import { type Goal, OpenToField } from './open-to-field.tsx';
import { useProfileSection } from './profile-section.ts';
import { useSwitchProfile } from './saving.ts';
import { SectionForm } from './section-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { TimeFields } from './time-fields.tsx';

export function SettingsAvailabilityPage() {
  return (
    <SettingsFrame page="availability">
      {(profile) => (
        <>
          <Week profile={profile} />
          <OpenTo profile={profile} />
        </>
      )}
    </SettingsFrame>
  );
}

function Week({ profile }: { profile: Profile }) {
  const t = useTranslations('settingsProfile.availability');
  const device = useDeviceZone();
  const section = useProfileSection(
    'availability',
    profile,
    ({ availability: { hours_per_week, zone, slots } }) => ({
      hours_per_week: hours_per_week === null ? '' : String(hours_per_week),
      zone,
      hours: [...hoursOf(slots)],
    }),
    ({ hours_per_week, zone, hours }) => ({
      availability: {
        hours_per_week: hours_per_week === '' ? null : Number(hours_per_week),
        zone: zone ?? device,
        slots: slotsOf(new Set(hours)),
      },
    }),
  );
  const { values, set, errorAt } = section.form;
  const zone = values.zone ?? device;
  return (
    <SectionForm id="availability" title={t('week')} section={section}>
      <TimeFields
        hoursPerWeek={values.hours_per_week}
        onHoursPerWeek={(value) => set('hours_per_week', value)}
        zone={zone}
        hours={new Set(values.hours)}
        onHours={(hours) =>
          set(
            'hours',
            [...hours].sort((one, other) => one - other),
          )
        }
        error={errorAt('/availability/hours_per_week')}
      />
      {zone === device ? null : (
        <div className="border-s-4 border-mark py-1 ps-4">
          <p>{t('zoneChange', { device: zoneName(device), kept: zoneName(zone) })}</p>
          <Button look="secondary" size="small" className="mt-2" onClick={() => set('zone', device)}>
            {t('zoneMove', { device: zoneName(device) })}
          </Button>
        </div>
      )}
    </SectionForm>
  );
}

function OpenTo({ profile: { open_to, open_to_until } }: { profile: Profile }) {
  const t = useTranslations('settingsProfile.availability');
  const format = useFormatter();
  const causeOf = useCauseText();
  const turn = useSwitchProfile((error) => showToast(t('failed', { why: causeOf(error) }), 'bad'));
  const day = (instant: string) => format.dateTime(new Date(instant), { day: 'numeric', month: 'long' });
  const save = (goals: Goal[]) => turn.mutate({ open_to: goals });
  return (
    <div id="open_to" className="scroll-mt-24">
      <Section title={t('openTo')}>
        <p className="-mt-2 mb-5 max-w-prose text-soft">{t('openToLead')}</p>
        <OpenToField value={open_to} onChange={save} />
        <div className="mt-4 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
          {open_to.length > 0 ? (
            <>
              <p className="font-medium">{open_to_until ? t('until', { date: day(open_to_until) }) : null}</p>
              <Button
                look="secondary"
                size="small"
                isPending={turn.isPending}
                onClick={() =>
                  turn.mutate(
                    { open_to },
                    {
                      onSuccess: (saved) => {
                        const date = saved.open_to_until;
                        if (date) showToast(t('confirmed', { date: day(date) }), 'good');
                      },
                    },
                  )
                }
              >
                {t('confirm')}
              </Button>
            </>
          ) : (
            <p className="text-soft">{t('nothing')}</p>
          )}
        </div>
      </Section>
    </div>
  );
}
