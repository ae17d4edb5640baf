import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { useMe } from '../../features/accounts/api.ts';
import { liveProjectsQuery, projectStatsQuery } from '../../features/projects/api.ts';
import { ProjectFacts } from '../../features/projects/project-facts.tsx';
import { Seats } from '../../features/projects/seats.tsx';
import { FitTrial } from './fit-trial.tsx';

/** Projects with open seats, newest first: one told at length, the others in a list. */
export function LiveProjects() {
  const t = useTranslations('home');
  const isMember = Boolean(useMe());
  const { data, error, isPending, refetch } = useQuery(liveProjectsQuery);
  const [first, ...others] = data?.items ?? [];
  return (
    <section className="ruled pt-5">
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-title">{t('live')}</h2>
        <Counts />
      </div>
      {isPending ? <RowSkeletons count={6} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && !first ? (
        <EmptyState
          title={t('emptyTitle')}
          action={
            <Link to="/projects/new" className={buttonClass('secondary', 'small')}>
              {t('actionMember')}
            </Link>
          }
        >
          {t('empty')}
        </EmptyState>
      ) : null}
      {first ? (
        <>
          <div className="grid gap-x-12 gap-y-4 lg:grid-cols-[1.3fr_1fr]">
            <div>
              <Story project={first} />
              {isMember ? null : <FitTrial key={first.id} project={first} />}
            </div>
            <ul className="divide-y divide-rule border-rule max-lg:border-t">
              {others.map((project) => (
                <li key={project.id} className="laid-late py-4 [--about:8rem] lg:first:pt-0">
                  <Row project={project} />
                </li>
              ))}
            </ul>
          </div>
          <Link to="/explore/projects" className={`${buttonClass('secondary')} mt-8`}>
            {t('all')}
          </Link>
        </>
      ) : null}
    </section>
  );
}

function Counts() {
  const t = useTranslations('home');
  const stats = useQuery(projectStatsQuery).data;
  const open = stats?.open_projects ?? 0;
  const building = stats?.in_progress_projects ?? 0;
  const finished = stats?.completed_projects ?? 0;
  return (
    <p className="min-h-6 text-soft">
      {open + building + finished > 0 ? t('counts', { open, building, finished }) : null}
    </p>
  );
}

const titleLink = 'decoration-accent decoration-2 underline-offset-4 group-hover:underline';

function Story({ project }: { project: Project }) {
  return (
    <article className="morph-row group relative">
      <span data-morph="project-cover">
        <ProjectCover seed={project.id} title={project.title} className="aspect-[5/2] w-full rounded-sheet" />
      </span>
      <h3 className="mt-4 font-display text-2xl leading-tight font-bold">
        <Link to="/projects/$id" params={{ id: project.id }} className={`row-link ${titleLink}`}>
          <span dir="auto" data-morph="project-title">
            {project.title}
          </span>
        </Link>
      </h3>
      <p dir="auto" className="cut-at-end mt-2 line-clamp-3 max-w-prose text-soft">
        {project.description}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <OpenSeats project={project} />
        <ProjectFacts project={project} />
      </div>
    </article>
  );
}

function Row({ project }: { project: Project }) {
  return (
    <article className="morph-row group relative grid grid-cols-[1fr_5rem] gap-x-4">
      <div className="min-w-0">
        <h3 className="leading-snug font-semibold">
          <Link to="/projects/$id" params={{ id: project.id }} className={`row-link ${titleLink}`}>
            <span dir="auto" data-morph="project-title">
              {project.title}
            </span>
          </Link>
        </h3>
        <p className="mt-0.5 mb-2 text-sm text-faint">
          <bdi>{project.owner.name || project.owner.username}</bdi>
          {project.owner.college ? (
            <>
              {' · '}
              <bdi>{project.owner.college}</bdi>
            </>
          ) : null}
        </p>
        <OpenSeats project={project} />
      </div>
      <span data-morph="project-cover">
        <ProjectCover seed={project.id} title={project.title} className="h-13 w-20 rounded-control" />
      </span>
    </article>
  );
}

function OpenSeats({ project }: { project: Project }) {
  const seats = project.roles.reduce((sum, role) => sum + role.seats, 0);
  const taken = project.roles.reduce((sum, role) => sum + Math.min(role.taken, role.seats), 0);
  return seats > 0 ? <Seats seats={seats} taken={taken} isLabelled /> : null;
}
