import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { ChevronIcon } from '../../components/icons.tsx';
import { Section } from '../../components/page.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { EmptyState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import type { Answer } from '../../lib/api.ts';
import { useDay } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { StatusTag } from '../projects/project-facts.tsx';
import { Seats } from '../projects/seats.tsx';
import { teamsQuery } from './api.ts';
import { type NextMove, nextMove } from './stakes.ts';
import { WorkList } from './work-list.tsx';
import { waitingQuery } from './work-views.ts';

const row = 'flex items-start gap-4 py-4 focus-visible:outline-3 focus-visible:outline-offset-4';
const cover = 'h-14 w-20 rounded-control';

/** @param isShort shows a few, with a way to the rest */
export function ProjectsSection({ isShort }: { isShort: boolean }) {
  const t = useTranslations('work');
  const projects = useQuery(myProjectsQuery);
  const waiting = useQuery(waitingQuery).data ?? [];
  return (
    <Section title={t('projects')}>
      <WorkList
        query={projects}
        items={projects.data?.filter(({ status }) => status !== 'draft')}
        rowClass="h-28"
        keyOf={({ id }) => id}
        more={isShort ? 'projects' : undefined}
        empty={
          <EmptyState
            title={t('noProjects')}
            action={
              <Link to="/projects/new" className={buttonClass('secondary', 'small')}>
                {t('post')}
              </Link>
            }
          />
        }
      >
        {(project) => (
          <MyProject project={project} waiting={waiting.filter(({ project_id }) => project_id === project.id).length} />
        )}
      </WorkList>
    </Section>
  );
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

function MyProject({ project, waiting }: { project: Project; waiting: number }) {
  const move = nextMove(project, { waiting, now: useNow() });
  const { id, title, roles, status } = project;
  return (
    <div data-row tabIndex={-1} className={row}>
      <ProjectCover seed={id} title={title} className={cover} />
      <div className="min-w-0 flex-1">
        <p>
          <Link to="/projects/$id" params={{ id }} className="link link-alone font-semibold" dir="auto">
            {title}
          </Link>
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-faint">
          <StatusTag status={status} />
          {roles.length > 0 ? (
            <Seats
              seats={sum(roles.map(({ seats }) => seats))}
              taken={sum(roles.map(({ seats, taken }) => Math.min(seats, taken)))}
              isLabelled
            />
          ) : null}
        </p>
        {move ? <Move project={project} move={move} /> : null}
      </div>
    </div>
  );
}

/** What to do next, as a link to where it is done. */
function Move({ project: { id, title }, move }: { project: Project; move: NextMove }) {
  const t = useTranslations('work.move');
  const day = useDay();
  const text =
    move.kind === 'answer'
      ? t('answer', { count: move.count })
      : move.kind === 'finish'
        ? t('finish', { date: day(move.deadline) })
        : t(move.kind);
  return (
    <Link
      to={move.kind === 'addRoles' ? '/projects/$id/edit' : '/projects/$id'}
      params={{ id }}
      className="mt-1 inline-flex min-h-8 items-center gap-1.5 text-sm font-semibold text-accent-deep hover:underline max-sm:min-h-11"
    >
      {text}
      <span className="sr-only">: {title}</span>
      <ChevronIcon className="size-4 -rotate-90 rtl:rotate-90" />
    </Link>
  );
}

type Team = Answer<'GET /collaborations/teams'>['items'][number];

/** Teams that the reader has joined; those of their own projects stand with the projects. */
export function TeamsSection({ isShort }: { isShort: boolean }) {
  const t = useTranslations('work');
  const teams = useQuery(teamsQuery);
  return (
    <Section title={t('teams')}>
      <WorkList
        query={teams}
        items={teams.data?.filter(({ is_owner }) => !is_owner)}
        rowClass="h-24"
        keyOf={({ project }) => project.id}
        more={isShort ? 'teams' : undefined}
        empty={
          <EmptyState
            title={t('noTeams')}
            action={
              <Link to="/explore/projects" className={buttonClass('secondary', 'small')}>
                {t('find')}
              </Link>
            }
          />
        }
      >
        {(team) => <MyTeam team={team} />}
      </WorkList>
    </Section>
  );
}

function MyTeam({ team: { project, role, member_count, joined_at } }: { team: Team }) {
  const t = useTranslations('work');
  return (
    <div data-row tabIndex={-1} className={row}>
      <ProjectCover seed={project.id} title={project.title} className={cover} />
      <div className="min-w-0 flex-1">
        <p>
          <Link to="/projects/$id" params={{ id: project.id }} className="link link-alone font-semibold" dir="auto">
            {project.title}
          </Link>
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-faint">
          <StatusTag status={project.status} />
          <span>{role ? t('asRole', { role: role.name }) : t('member')}</span>
          <span>{t('people', { count: member_count })}</span>
          <span>{t.rich('since', { time: () => <RelativeTime value={joined_at} /> })}</span>
        </p>
      </div>
    </div>
  );
}
