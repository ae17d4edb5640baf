import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { buttonClass } from '../../components/button.tsx';
import { ExternalLink } from '../../components/external-link.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Bone, PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { isStatus } from '../../lib/errors.ts';
import { useMe } from '../accounts/api.ts';
import { projectsByOwnerQuery } from '../projects/api.ts';
import { StatusTag } from '../projects/project-facts.tsx';
import { overlapQuery, profileQuery } from './api.ts';
import { fullName } from './names.ts';
import { VerifiedSeal } from './person-row.tsx';
import { ReachPanel } from './reach-panel.tsx';
import { SkillTable } from './skills.tsx';
import { useStudyLine } from './study-line.ts';
import { WeekPicture } from './week-picture.tsx';

const route = getRouteApi('/people/$id');

export function PersonPage() {
  const t = useTranslations('person');
  const { id } = route.useParams();
  const me = useMe();
  const query = useQuery(profileQuery(id));
  if (isStatus(query.error, 404)) return me?.id === id ? <OwnBlank /> : <NotFoundPage />;
  if (query.isPending)
    return (
      <div className="mx-auto max-w-6xl px-5 sm:px-8">
        <PageSkeleton />
      </div>
    );
  if (!query.data)
    return (
      <Page title={t('title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return <PersonView key={id} profile={query.data} />;
}

function OwnBlank() {
  const t = useTranslations('person');
  return (
    <Page title={t('blankTitle')} lead={t('blankLead')} width="reading">
      <Link to="/welcome" className={buttonClass()}>
        {t('blankAction')}
      </Link>
    </Page>
  );
}

function PersonView({ profile }: { profile: Profile }) {
  const t = useTranslations('person');
  const me = useMe();
  const studyLine = useStudyLine();
  const name = fullName(profile);
  const isMe = me?.id === profile.user_id;
  const links = [
    { label: t('github'), href: profile.github_url },
    { label: t('linkedin'), href: profile.linkedin_url },
    { label: t('portfolio'), href: profile.portfolio_url },
  ];

  return (
    <Page
      title={name}
      heading={
        <span className="flex items-center gap-5">
          <Avatar name={name} size="large" />
          <span className="min-w-0">
            {name}
            {profile.is_verified_student ? <VerifiedSeal /> : null}
          </span>
        </span>
      }
      lead={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
          <span>{studyLine(profile)}</span>
          {profile.is_demo ? <Tag tone="invented">{t('demo')}</Tag> : null}
        </span>
      }
      actions={
        isMe ? (
          <Link to="/settings/profile" className={buttonClass('secondary')}>
            {t('edit')}
          </Link>
        ) : undefined
      }
    >
      <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[1fr_21rem]">
        <div className="flex min-w-0 flex-col gap-12">
          {profile.bio ? <p className="max-w-prose text-lg whitespace-pre-wrap">{profile.bio}</p> : null}
          <Section title={t('skills')}>
            {profile.skill_levels.length > 0 ? (
              <SkillTable skills={profile.skill_levels} />
            ) : (
              <p className="text-soft">{t('noSkills')}</p>
            )}
          </Section>
          {profile.experience ? (
            <Section title={t('experience')}>
              <p className="max-w-prose whitespace-pre-wrap">{profile.experience}</p>
            </Section>
          ) : null}
          <Time profile={profile} isOther={Boolean(me) && !isMe} />
          <Projects ownerId={profile.user_id} />
        </div>
        <aside className="flex flex-col gap-10 max-lg:row-start-1" aria-label={t('aside')}>
          {isMe ? null : <ReachPanel profile={profile} />}
          {profile.open_to.length > 0 ? (
            <div>
              <p className="eyebrow mb-2">{t('openToLegend')}</p>
              <ul className="flex flex-wrap gap-1.5">
                {profile.open_to.map((goal) => (
                  <li key={goal}>
                    <Tag tone="good">{t(`openTo.${goal}`)}</Tag>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {links.some((link) => link.href) ? (
            <ul className="flex flex-wrap gap-x-5 gap-y-2">
              {links.map((link) =>
                link.href ? (
                  <li key={link.label}>
                    <ExternalLink href={link.href}>{link.label}</ExternalLink>
                  </li>
                ) : null,
              )}
            </ul>
          ) : null}
        </aside>
      </div>
    </Page>
  );
}

/** When they have time, and for a member how that lies over one's own week. */
function Time({ profile, isOther }: { profile: Profile; isOther: boolean }) {
  const t = useTranslations('availability');
  const overlap = useQuery({ ...overlapQuery(profile.user_id), enabled: isOther });
  const { hours_per_week, slots, zone } = profile.availability;
  if (isOther && overlap.isPending)
    return (
      <Section title={t('title')}>
        <Bone className="h-64 max-w-xl" />
      </Section>
    );
  const shared = overlap.data;
  const isComparison = isOther && shared?.hours != null;
  return (
    <Section
      title={t('title')}
      aside={hours_per_week ? <p className="text-soft">{t('perWeek', { hours: hours_per_week })}</p> : undefined}
    >
      {isComparison ? (
        <>
          <p className="mb-4 text-lg">{t('sharedHours', { hours: shared.hours ?? 0 })}</p>
          <WeekPicture theirs={shared.theirs} mine={shared.mine} shared={shared.shared} />
          {shared.zone ? <p className="mt-2 text-sm text-faint">{t('inZone', { zone: shared.zone })}</p> : null}
        </>
      ) : slots.length > 0 ? (
        <>
          {isOther ? (
            <p className="mb-4 text-soft">
              {t.rich('mineUnknown', {
                link: (chunks) => (
                  <Link to="/settings/profile" className="link">
                    {chunks}
                  </Link>
                ),
              })}
            </p>
          ) : null}
          <WeekPicture theirs={slots} />
          {zone ? <p className="mt-2 text-sm text-faint">{t('inZone', { zone })}</p> : null}
        </>
      ) : (
        <p className="text-soft">{t('unknown')}</p>
      )}
    </Section>
  );
}

function Projects({ ownerId }: { ownerId: number }) {
  const t = useTranslations('person');
  const projects = useQuery(projectsByOwnerQuery(ownerId)).data?.items ?? [];
  if (projects.length === 0) return null;
  return (
    <Section title={t('projects')}>
      <ul className="divide-y divide-rule">
        {projects.map((project) => (
          <li key={project.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
            <Link to="/projects/$id" params={{ id: project.id }} className="link me-auto font-semibold">
              {project.title}
            </Link>
            <StatusTag status={project.status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
