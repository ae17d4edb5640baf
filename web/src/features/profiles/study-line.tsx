import type { Profile } from '@collabthon/contracts/profiles';
import { Fragment } from 'react';
import { useTranslations } from 'use-intl';

type Studies = Pick<Profile, 'major' | 'year' | 'college'>;

/** What is known of somebody's studies: `Computer Science`, `Year 2`, `Riverside College`. */
export function useStudies(): (profile: Studies) => string[] {
  const t = useTranslations('person');
  return ({ major, year, college }) =>
    [
      major,
      year > 0 ? (year <= 8 ? t('yearOfStudy', { year }) : t('graduates', { year: String(year) })) : '',
      college,
    ].filter((part) => part !== '');
}

/** Their studies in one line, each part in the direction of its own script. */
export function StudyLine({ profile }: { profile: Studies }) {
  return useStudies()(profile).map((part, place) => (
    <Fragment key={part}>
      {place > 0 ? ' · ' : null}
      <bdi>{part}</bdi>
    </Fragment>
  ));
}
