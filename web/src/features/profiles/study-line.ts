import type { Profile } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';

/** `Computer Science · Year 2 · Riverside College`: what is known of somebody's studies, in one line. */
export function useStudyLine(): (profile: Pick<Profile, 'major' | 'year' | 'college'>) => string {
  const t = useTranslations('person');
  return ({ major, year, college }) =>
    [major, year > 0 ? (year <= 8 ? t('yearOfStudy', { year }) : t('graduates', { year: String(year) })) : '', college]
      .filter(Boolean)
      .join(' · ');
}
