import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { buttonClass } from '../../components/button.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { isStatus } from '../../lib/errors.ts';
import { useMe } from '../accounts/api.ts';
import { teamQuery } from '../collaborations/api.ts';
import { matchQuery } from '../discovery/api.ts';
import { RoleFitNote } from '../discovery/match.tsx';
import { cardName } from '../profiles/names.ts';
import { isLevel } from '../profiles/skills.tsx';
import { projectQuery } from './api.ts';
import { ApplyPanel } from './apply-panel.tsx';
import { MyMatch } from './my-match.tsx';
import { OwnerDesk } from './owner-desk.tsx';
import { ProjectFacts, StatusTag } from './project-facts.tsx';
import { Seats } from './seats.tsx';
import { StateMoves } from './state-moves.tsx';
import { TeamList } from './team-list.tsx';

const route = getRouteApi('/projects/$id');

export function ProjectPage() {
  const t = useTranslations('project');
  const { id } = route.useParams();
  const query = useQuery(projectQuery(id));
  if (isStatus(query.error, 404)) return <NotFoundPage />;
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
  return <ProjectView key={id} project={query.data} />;
}

function ProjectView({ project }: { project: Project }) {
  const t = useTranslations('project');
  const me = useMe();
  const isOwner = me?.id === project.owner_id;
  const owner = cardName(project.owner);

  return (
    <Page
      title={project.title}
      eyebrow={
        <span className="flex flex-wrap items-center gap-2">
          <StatusTag status={project.status} />
          {project.is_demo ? <Tag tone="warm">{t('demo')}</Tag> : null}
          <span>{t.rich('posted', { time: () => <RelativeTime value={project.created_at} /> })}</span>
        </span>
      }
      lead={
        <Link
          to="/people/$id"
          params={{ id: project.owner_id }}
          className="inline-flex items-center gap-2.5 text-base hover:underline"
        >
          <Avatar name={owner} size="small" />
          <span>
            {owner}
            {project.owner.college ? <span className="text-faint"> · {project.owner.college}</span> : null}
          </span>
        </Link>
      }
      actions={
        isOwner ? (
          <Link to="/projects/$id/edit" params={{ id: project.id }} className={buttonClass('secondary')}>
            {t('edit')}
          </Link>
        ) : undefined
      }
    >
      <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[1fr_21rem]">
        <div className="flex min-w-0 flex-col gap-12">
          <div>
            <ProjectFacts project={project} />
            <p className="mt-6 max-w-prose text-lg whitespace-pre-wrap">{project.description}</p>
            {project.timeline ? (
              <p className="mt-4 text-soft">
                <strong className="font-semibold text-ink">{t('timeline')}</strong> {project.timeline}
              </p>
            ) : null}
            {project.required_skills.length > 0 ? (
              <ul aria-label={t('skills')} className="mt-5 flex flex-wrap gap-1.5">
                {project.required_skills.map((skill) => (
                  <li key={skill}>
                    <Tag>{skill}</Tag>
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
          <Section title={t('roles')}>
            <Roles project={project} isMember={Boolean(me) && !isOwner} />
          </Section>
          {isOwner ? <OwnerDesk project={project} /> : null}
          <Section title={t('team')}>
            <TeamList project={project} />
          </Section>
        </div>
        <aside className="flex flex-col gap-12 max-lg:row-start-1" aria-label={t('aside')}>
          {isOwner ? <StateMoves project={project} /> : <ApplyPanel project={project} />}
          {me && !isOwner ? (
            <div className="max-lg:hidden">
              <MyMatch projectId={project.id} />
            </div>
          ) : null}
        </aside>
        {me && !isOwner ? (
          <div className="lg:hidden">
            <MyMatch projectId={project.id} />
          </div>
        ) : null}
      </div>
    </Page>
  );
}

function Roles({ project, isMember }: { project: Project; isMember: boolean }) {
  const t = useTranslations('project');
  // The team's own count is exact; the project's follows it.
  const taken = new Map(useQuery(teamQuery(project.id)).data?.roles.map((role) => [role.id, role.taken]));
  const match = useQuery({ ...matchQuery(project.id), enabled: isMember });
  const fits = new Map(match.data?.roles.map((fit) => [fit.role_id, fit]));
  const tSkills = useTranslations('skills');
  if (project.roles.length === 0) return <p className="text-soft">{t('noRoles')}</p>;
  return (
    <ul className="divide-y divide-rule">
      {project.roles.map((role) => (
        <li key={role.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
          <div>
            <p className="text-lg font-semibold">{role.name}</p>
            {role.skill ? (
              <p className="text-sm text-soft">
                {role.level && isLevel(role.level)
                  ? t('roleSkillLevel', { skill: role.skill.name, level: tSkills(`level.${role.level}`) })
                  : role.skill.name}
              </p>
            ) : null}
            {isMember ? <RoleFitNote fit={fits.get(role.id)} role={role} /> : null}
          </div>
          <Seats seats={role.seats} taken={taken.get(role.id) ?? role.taken} isLabelled />
        </li>
      ))}
    </ul>
  );
}
