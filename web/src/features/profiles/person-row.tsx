import type { Profile } from '@collabthon/contracts/profiles';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { SealIcon } from '../../components/icons.tsx';
import { Tag } from '../../components/tag.tsx';
import { fullName } from './names.ts';
import { SkillSummary } from './skills.tsx';
import { useStudyLine } from './study-line.ts';

/** The seal of a confirmed college address. */
export function VerifiedSeal() {
  const t = useTranslations('person');
  return (
    <span className="ms-1.5 inline-flex align-middle text-fit" title={t('verified')}>
      <SealIcon className="size-4.5" />
      <span className="sr-only">{t('verified')}</span>
    </span>
  );
}

interface PersonRowProps {
  profile: Profile;
  headingLevel?: 'h2' | 'h3';
  aside?: ReactNode;
  /** What unfolds below the row: the reasons of a match. */
  children?: ReactNode;
}

export function PersonRow({ profile, headingLevel: Heading = 'h2', aside, children }: PersonRowProps) {
  const t = useTranslations('person');
  const studyLine = useStudyLine();
  const name = fullName(profile);
  return (
    <article className="py-5">
      <div className="group relative flex flex-wrap items-start gap-x-4 gap-y-3 sm:flex-nowrap">
        <Avatar name={name} />
        <div className="min-w-0 flex-1">
          <Heading className="text-lg font-semibold">
            <Link
              to="/people/$id"
              params={{ id: profile.user_id }}
              className="decoration-accent decoration-2 underline-offset-4 after:absolute after:inset-0 group-hover:underline"
            >
              {name}
            </Link>
            {profile.is_verified_student ? <VerifiedSeal /> : null}
            {profile.is_demo ? (
              <span className="ms-2 align-middle font-sans">
                <Tag tone="warm">{t('demo')}</Tag>
              </span>
            ) : null}
          </Heading>
          <p className="text-sm text-soft">{studyLine(profile)}</p>
          {profile.bio ? <p className="mt-1.5 line-clamp-2 max-w-prose text-soft">{profile.bio}</p> : null}
          <div className="mt-2">
            <SkillSummary skills={profile.skill_levels} />
          </div>
          {profile.availability.hours_per_week || profile.open_to.length > 0 ? (
            <p className="mt-2 text-sm text-faint">
              {[
                profile.availability.hours_per_week ? t('hours', { hours: profile.availability.hours_per_week }) : '',
                profile.open_to.length > 0
                  ? t('openToList', { list: profile.open_to.map((goal) => t(`openTo.${goal}`)).join(', ') })
                  : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          ) : null}
        </div>
        {aside ? (
          <div className="relative z-10 flex shrink-0 items-center gap-3 max-sm:w-full max-sm:ps-14">{aside}</div>
        ) : null}
      </div>
      {children}
    </article>
  );
}
