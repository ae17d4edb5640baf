import type { Project } from '@collabthon/contracts/projects';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Tag } from '../../components/tag.tsx';
import { ProjectFacts, StatusTag } from './project-facts.tsx';
import { Seats } from './seats.tsx';

interface ProjectRowProps {
  project: Project;
  headingLevel?: 'h2' | 'h3';
  /** What stands at the end of the row: a match, an action. */
  aside?: ReactNode;
}

/** A project in a list. The whole row leads to it; the title is the link. */
export function ProjectRow({ project, headingLevel: Heading = 'h2', aside }: ProjectRowProps) {
  const t = useTranslations('project');
  const seats = project.roles.reduce((sum, role) => sum + role.seats, 0);
  const taken = project.roles.reduce((sum, role) => sum + Math.min(role.taken, role.seats), 0);
  return (
    <article className="group relative grid gap-x-8 gap-y-3 py-6 md:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <Heading className="text-heading">
          <Link
            to="/projects/$id"
            params={{ id: project.id }}
            className="decoration-accent decoration-2 underline-offset-4 after:absolute after:inset-0 group-hover:underline"
          >
            {project.title}
          </Link>
          {project.status === 'open' ? null : (
            <span className="ms-2 align-middle font-sans">
              <StatusTag status={project.status} />
            </span>
          )}
          {project.is_demo ? (
            <span className="ms-2 align-middle font-sans">
              <Tag tone="warm">{t('demo')}</Tag>
            </span>
          ) : null}
        </Heading>
        <p className="mt-1.5 line-clamp-2 max-w-prose text-soft">{project.description}</p>
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
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 md:w-56 md:flex-col md:items-start">
        <p className="flex max-w-full min-w-0 items-center gap-2 text-sm">
          <Avatar name={project.owner.name || project.owner.username} size="small" />
          <span className="min-w-0">
            <span className="block truncate font-medium">{project.owner.name || project.owner.username}</span>
            {project.owner.college ? <span className="block truncate text-faint">{project.owner.college}</span> : null}
          </span>
        </p>
        {seats > 0 ? <Seats seats={seats} taken={taken} isLabelled /> : null}
        {aside ? <div className="relative z-10">{aside}</div> : null}
      </div>
    </article>
  );
}
