import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Section } from '../../components/page.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { overlapQuery } from './api.ts';
import { zoneName } from './availability.ts';
import { fullName } from './names.ts';
import { WeekPicture } from './week-picture.tsx';

interface PersonTimeProps {
  profile: Profile;
  /** Whether to lay it over the week of the member who reads. */
  isCompared: boolean;
}

/** When they have time, and for a member how that lies over one's own week. */
export function PersonTime({ profile, isCompared }: PersonTimeProps) {
  const t = useTranslations('availability');
  const { hours_per_week, slots } = profile.availability;
  return (
    <Section
      title={t('title')}
      aside={hours_per_week ? <p className="text-soft">{t('perWeek', { hours: hours_per_week })}</p> : undefined}
    >
      {slots.length === 0 ? <p className="text-soft">{t('unknown')}</p> : null}
      {slots.length > 0 && isCompared ? <Compared profile={profile} /> : null}
      {slots.length > 0 && !isCompared ? <Alone profile={profile} /> : null}
    </Section>
  );
}

function Alone({ profile }: { profile: Profile }) {
  const t = useTranslations('availability');
  const { slots, zone } = profile.availability;
  return (
    <>
      <WeekPicture theirs={slots} />
      {zone ? <p className="mt-3 text-sm text-faint">{t('inZone', { zone: zoneName(zone) })}</p> : null}
    </>
  );
}

function Compared({ profile }: { profile: Profile }) {
  const t = useTranslations('availability');
  const overlap = useQuery(overlapQuery(profile.user_id));
  if (overlap.isPending) return <Bone className="h-96 max-w-xl" />;
  if (overlap.isError) return <ErrorState error={overlap.error} onRetry={() => void overlap.refetch()} />;
  const { hours, mine, theirs, shared, zone } = overlap.data;
  if (hours === null) {
    return (
      <>
        <p className="mb-4 text-soft">
          {t.rich('mineUnknown', {
            link: (chunks) => (
              <Link to="/settings/availability" className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
        <Alone profile={profile} />
      </>
    );
  }
  const theirZone = profile.availability.zone;
  return (
    <>
      <p className="mb-4 text-lg font-medium">{t('sharedHours', { hours })}</p>
      <WeekPicture theirs={theirs} mine={mine} shared={shared} />
      {zone ? (
        <p className="mt-3 max-w-xl text-sm text-faint">
          {theirZone && theirZone !== zone
            ? t('zones', { mine: zoneName(zone), theirs: zoneName(theirZone), name: fullName(profile) })
            : t('ownZone', { zone: zoneName(zone) })}
        </p>
      ) : null}
    </>
  );
}
