/** What a page about a person shows, whoever looks: the page itself and the "see as" view are made of these. */
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { ExternalLink } from '../../components/external-link.tsx';
import { SealIcon } from '../../components/icons.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { Tip } from '../../components/tip.tsx';
import { fullName } from './names.ts';
import { PersonProjects } from './person-projects.tsx';
import { PersonTime } from './person-time.tsx';
import { SkillLadder } from './skills.tsx';
import { StudyLine } from './study-line.tsx';

export function PersonName({ profile }: { profile: Profile }) {
  const name = fullName(profile);
  return (
    <span className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <Avatar name={name} size="large" />
      <span className="min-w-0 grow basis-48">
        <bdi>{name}</bdi>
      </span>
    </span>
  );
}

/** Studies, and for a confirmed student what that means. */
export function PersonLead({ profile }: { profile: Profile }) {
  const t = useTranslations('person');
  return (
    <div className="text-base">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          <StudyLine profile={profile} />
        </span>
        {profile.is_demo ? <Tag tone="invented">{t('demo')}</Tag> : null}
      </p>
      {profile.is_verified_student ? (
        <p className="mt-2 inline-flex items-center gap-1.5 font-medium text-fit">
          <SealIcon className="size-4.5" />
          <Tip more={t('verifiedText')}>{t('verified')}</Tip>
        </p>
      ) : null}
    </div>
  );
}

interface PersonBodyProps {
  profile: Profile;
  /** Whether their week is laid over that of the member who reads. */
  isCompared: boolean;
  /** Beside what they say of themselves; after their first words on a phone. */
  aside?: ReactNode;
  /** In one column, whatever the window. */
  isNarrow?: boolean;
  /** Which of their projects to list; all unless said. */
  shows?: (project: Pick<Project, 'visibility'>) => boolean;
}

export function PersonBody({ profile, isCompared, aside, isNarrow = false, shows }: PersonBodyProps) {
  const t = useTranslations('person');
  return (
    <div
      className={`grid items-start gap-x-14 gap-y-10 ${isNarrow ? '' : 'lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr]'}`}
    >
      {profile.bio ? (
        <p className="max-w-prose text-lg whitespace-pre-wrap" dir="auto">
          {profile.bio}
        </p>
      ) : null}
      <aside
        className={`flex flex-col gap-10 empty:hidden ${isNarrow ? '' : `lg:col-start-2 lg:row-start-1 ${profile.bio ? 'lg:row-span-2' : ''}`}`}
        aria-label={t('aside')}
      >
        {aside}
        <OpenTo profile={profile} />
        <Links profile={profile} />
      </aside>
      <div className="flex min-w-0 flex-col gap-12">
        <Section title={t('skills')}>
          {profile.skill_levels.length > 0 ? (
            <SkillLadder skills={profile.skill_levels} />
          ) : (
            <p className="text-soft">{t('noSkills')}</p>
          )}
        </Section>
        <PersonTime profile={profile} isCompared={isCompared} />
        {profile.experience ? (
          <Section title={t('experience')}>
            <p className="max-w-prose whitespace-pre-wrap" dir="auto">
              {profile.experience}
            </p>
          </Section>
        ) : null}
        <PersonProjects userId={profile.user_id} shows={shows} />
      </div>
    </div>
  );
}

function OpenTo({ profile: { open_to, open_to_until } }: { profile: Profile }) {
  const t = useTranslations('person');
  const format = useFormatter();
  if (open_to.length === 0) return null;
  return (
    <Section title={t('openToLegend')}>
      <ul className="flex flex-wrap gap-1.5">
        {open_to.map((goal) => (
          <li key={goal}>
            <Tag tone="good">{t(`openTo.${goal}`)}</Tag>
          </li>
        ))}
      </ul>
      {open_to_until ? (
        <p className="mt-2 text-sm text-faint">
          {t('openToUntil', { date: format.dateTime(new Date(open_to_until), { day: 'numeric', month: 'long' }) })}
        </p>
      ) : null}
    </Section>
  );
}

function Links({ profile }: { profile: Profile }) {
  const t = useTranslations('person');
  const links = [
    { label: t('github'), href: profile.github_url },
    { label: t('linkedin'), href: profile.linkedin_url },
    { label: t('portfolio'), href: profile.portfolio_url },
  ];
  if (!links.some((link) => link.href)) return null;
  return (
    <Section title={t('links')}>
      <ul className="flex flex-wrap gap-x-5 gap-y-2">
        {links.map(({ label, href }) =>
          href ? (
            <li key={label}>
              <ExternalLink href={href}>{label}</ExternalLink>
            </li>
          ) : null,
        )}
      </ul>
    </Section>
  );
}
