import type { ResultMatch } from '@collabthon/contracts/discovery';
import type { Profile } from '@collabthon/contracts/profiles';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { SealIcon } from '../../components/icons.tsx';
import { Tag } from '../../components/tag.tsx';
import { MatchDetails, Score } from '../discovery/match.tsx';
import { fullName } from './names.ts';
import { SkillSummary } from './skills.tsx';
import { StudyLine } from './study-line.tsx';

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
  /** With what they say of themselves and the reasons of a match, or in one line. */
  view?: 'list' | 'compact';
  /** How they fit the reader, where that is known. */
  match?: Pick<ResultMatch, 'score' | 'factors'> | undefined;
  aside?: ReactNode;
  /** What unfolds below the row. */
  children?: ReactNode;
}

/** Somebody in a list. The whole row leads to them; the name is the link. */
export function PersonRow({ view = 'list', ...row }: PersonRowProps) {
  return view === 'compact' ? <CompactRow {...row} /> : <ListRow {...row} />;
}

type RowProps = Omit<PersonRowProps, 'view'>;

function ListRow({ profile, headingLevel: Heading = 'h2', match, aside, children }: RowProps) {
  const t = useTranslations('person');
  const format = useFormatter();
  const name = fullName(profile);
  return (
    <article className="morph-row py-5">
      <div className="group relative flex flex-wrap items-start gap-x-4 gap-y-3 sm:flex-nowrap">
        <span data-morph="person-face">
          <Avatar name={name} />
        </span>
        <div className="min-w-0 flex-1">
          <Heading className="text-heading">
            <NameLink profile={profile} name={name} />
            <Labels profile={profile} />
          </Heading>
          <p className="text-sm text-soft">
            <StudyLine profile={profile} />
          </p>
          {profile.bio ? (
            <p dir="auto" className="cut-at-end mt-1.5 line-clamp-2 max-w-prose text-soft">
              {profile.bio}
            </p>
          ) : null}
          <div className="mt-2">
            <SkillSummary skills={profile.skill_levels} />
          </div>
          {profile.availability.hours_per_week || profile.open_to.length > 0 ? (
            <p className="mt-2 flex flex-wrap gap-x-5 text-sm text-faint">
              {profile.availability.hours_per_week ? (
                <span>{t('hours', { hours: profile.availability.hours_per_week })}</span>
              ) : null}
              {profile.open_to.length > 0 ? (
                <span>
                  {t('openToList', { list: format.list(profile.open_to.map((goal) => t(`openTo.${goal}`))) })}
                </span>
              ) : null}
            </p>
          ) : null}
        </div>
        {aside ? (
          <div className="relative z-10 flex shrink-0 items-center gap-3 max-sm:w-full max-sm:ps-14">{aside}</div>
        ) : null}
      </div>
      {match ? (
        <div className="mt-2 sm:ps-14">
          <MatchDetails score={match.score} factors={match.factors} about={name} />
        </div>
      ) : null}
      {children}
    </article>
  );
}

function CompactRow({ profile, headingLevel: Heading = 'h2', match }: RowProps) {
  const t = useTranslations('person');
  const name = fullName(profile);
  const hours = profile.availability.hours_per_week;
  return (
    <article className="group relative flex items-center gap-x-4 py-2">
      <Avatar name={name} size="small" />
      <div className="min-w-0 flex-1 items-center gap-x-5 md:flex">
        <Heading className="font-sans text-base font-semibold md:w-52 md:shrink-0">
          <NameLink profile={profile} name={name} />
          <Labels profile={profile} isBrief />
        </Heading>
        <p className="min-w-0 flex-1 text-sm text-soft">
          <StudyLine profile={profile} />
        </p>
      </div>
      <span className="w-32 shrink-0 text-sm whitespace-nowrap text-soft max-sm:hidden">
        {hours ? t('hours', { hours }) : null}
      </span>
      {match ? <Score score={match.score} /> : null}
    </article>
  );
}

const NameLink = ({ profile, name }: { profile: Profile; name: string }) => (
  <Link
    to="/people/$id"
    params={{ id: profile.user_id }}
    className="row-link decoration-accent decoration-2 underline-offset-4 group-hover:underline"
  >
    <bdi>{name}</bdi>
  </Link>
);

function Labels({ profile, isBrief = false }: { profile: Profile; isBrief?: boolean }) {
  const t = useTranslations('person');
  return (
    <>
      {profile.is_verified_student ? <VerifiedSeal /> : null}
      {profile.is_demo && !isBrief ? (
        <span className="ms-2 align-middle font-sans">
          <Tag tone="invented">{t('demo')}</Tag>
        </span>
      ) : null}
    </>
  );
}
