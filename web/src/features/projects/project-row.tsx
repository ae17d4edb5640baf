import type { ResultMatch } from '@collabthon/contracts/discovery';
import type { Project } from '@collabthon/contracts/projects';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { Tag } from '../../components/tag.tsx';
import { useMoneyRange } from '../../lib/format.ts';
import { MatchDetails, Score } from '../discovery/match.tsx';
import { useCardName } from '../profiles/names.ts';
import { ProjectFacts, StatusTag } from './project-facts.tsx';
import { Seats } from './seats.tsx';

interface ProjectRowProps {
  project: Project;
  headingLevel?: 'h2' | 'h3';
  /** With its picture and the reasons of a match, or in one line. */
  view?: 'list' | 'compact';
  /** How it fits the reader, where that is known. */
  match?: Pick<ResultMatch, 'score' | 'factors'> | undefined;
}

/** A project in a list. The whole row leads to it; the title is the link. */
export function ProjectRow({ view = 'list', ...row }: ProjectRowProps) {
  return view === 'compact' ? <CompactRow {...row} /> : <ListRow {...row} />;
}

type RowProps = Omit<ProjectRowProps, 'view'>;

const seatsOf = ({ roles }: Project) => ({
  seats: roles.reduce((sum, role) => sum + role.seats, 0),
  taken: roles.reduce((sum, role) => sum + Math.min(role.taken, role.seats), 0),
});

function ListRow({ project, headingLevel: Heading = 'h2', match }: RowProps) {
  const t = useTranslations('project');
  const { seats, taken } = seatsOf(project);
  const owner = useCardName()(project.owner);
  return (
    <article className="morph-row py-6">
      <div className="group relative grid grid-cols-[minmax(0,1fr)_5rem] gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)] sm:grid-rows-[auto_1fr] sm:gap-x-6">
        <div className="sm:col-start-2">
          <Heading className="text-heading">
            <Link
              to="/projects/$id"
              params={{ id: project.id }}
              className="row-link decoration-accent decoration-2 underline-offset-4 group-hover:underline"
            >
              <span dir="auto" data-morph="project-title">
                {project.title}
              </span>
            </Link>
            <Labels project={project} />
          </Heading>
          <p dir="auto" className="cut-at-end mt-1.5 line-clamp-2 max-w-prose text-soft">
            {project.description}
          </p>
        </div>
        <span data-morph="project-cover" className="sm:col-start-1 sm:row-span-2 sm:row-start-1">
          <ProjectCover seed={project.id} title={project.title} className="h-13 w-20 rounded-control sm:h-25 sm:w-40" />
        </span>
        <div className="max-sm:col-span-2 sm:col-start-2">
          <div className="mt-3">
            <ProjectFacts project={project} />
          </div>
          {project.required_skills.length > 0 ? (
            <ul aria-label={t('skills')} className="mt-3 flex flex-wrap gap-1.5">
              {project.required_skills.slice(0, 6).map((skill) => (
                <li key={skill}>
                  <Tag>{skill}</Tag>
                </li>
              ))}
              {project.required_skills.length > 6 ? (
                <li className="text-sm text-faint">{t('moreSkills', { count: project.required_skills.length - 6 })}</li>
              ) : null}
            </ul>
          ) : null}
          <div className="mt-3 flex items-center justify-between gap-x-6 gap-y-2 text-sm max-sm:flex-wrap">
            <p className="flex min-w-0 items-center gap-2">
              <Avatar name={owner} size="small" />
              <span className="flex min-w-0 flex-wrap gap-x-2">
                <bdi className="font-medium">{owner}</bdi>
                <bdi className="text-faint">{project.owner.college}</bdi>
              </span>
            </p>
            {seats > 0 ? <Seats seats={seats} taken={taken} isLabelled /> : null}
          </div>
        </div>
      </div>
      {match ? (
        <div className="mt-2 sm:ps-46">
          <MatchDetails score={match.score} factors={match.factors} about={project.title} />
        </div>
      ) : null}
    </article>
  );
}

function CompactRow({ project, headingLevel: Heading = 'h2', match }: RowProps) {
  const t = useTranslations('project');
  const moneyRange = useMoneyRange();
  const { seats, taken } = seatsOf(project);
  const money = moneyRange({ min: project.budget_min, max: project.budget_max, currency: project.currency });
  return (
    <article className="group relative flex items-center gap-x-5 py-2">
      <div className="min-w-0 flex-1 items-center gap-x-5 md:flex">
        <Heading className="min-w-0 flex-1 font-sans text-base font-semibold">
          <Link
            to="/projects/$id"
            params={{ id: project.id }}
            className="row-link decoration-accent decoration-2 underline-offset-4 group-hover:underline"
          >
            <bdi>{project.title}</bdi>
          </Link>
          <Labels project={project} isBrief />
        </Heading>
        <p className="flex flex-wrap gap-x-4 text-sm whitespace-nowrap text-soft md:w-72 md:shrink-0 md:flex-nowrap">
          <span className="max-md:empty:hidden md:w-32 md:shrink-0">
            {project.hours_per_week ? t('hours', { hours: project.hours_per_week }) : null}
          </span>
          <span>{money ? t(`money.${money.kind}`, { amount: money.text }) : t('money.none')}</span>
        </p>
      </div>
      <span className="w-24 shrink-0 max-sm:hidden">{seats > 0 ? <Seats seats={seats} taken={taken} /> : null}</span>
      {match ? <Score score={match.score} /> : null}
    </article>
  );
}

/** Words beside the title, where there is something unusual to say. */
function Labels({ project, isBrief = false }: { project: Project; isBrief?: boolean }) {
  const t = useTranslations('project');
  return (
    <>
      {project.status === 'open' ? null : (
        <span className="ms-2 align-middle font-sans">
          <StatusTag status={project.status} />
        </span>
      )}
      {project.is_demo && !isBrief ? (
        <span className="ms-2 align-middle font-sans">
          <Tag tone="invented">{t('demo')}</Tag>
        </span>
      ) : null}
    </>
  );
}
