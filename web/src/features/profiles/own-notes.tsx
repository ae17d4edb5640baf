import type { Profile } from '@collabthon/contracts/profiles';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';

/** Where what is missing can be filled in. */
const places = {
  name: '/settings/profile',
  college: '/settings/profile',
  skills: '/settings/profile',
  availability: '/settings/availability',
  open_to: '/settings/availability',
} as const;
type Gap = keyof typeof places;

/** On my own page: who sees it, and what it still misses. */
export function OwnNotes({ profile }: { profile: Profile }) {
  const t = useTranslations('person.own');
  const gaps = profile.missing.filter((gap): gap is Gap => gap in places);
  return (
    <Section title={t('title')}>
      <p className="text-soft">{t(profile.visibility)}</p>
      {gaps.length > 0 ? (
        <>
          <p className="mt-4">{t('missing', { count: gaps.length })}</p>
          <ul className="mt-1 list-disc ps-5 marker:text-accent">
            {gaps.map((gap) => (
              <li key={gap} className="py-0.5">
                <Link to={places[gap]} hash={gap} className="link">
                  {t(`gap.${gap}`)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="mt-2 text-soft">{t('complete')}</p>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <Link to="/settings/visibility" className={buttonClass('secondary')}>
          {t('seeAs')}
        </Link>
      </div>
    </Section>
  );
}
