import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Section } from '../../components/page.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { StatusTag } from '../projects/project-facts.tsx';
import { personProjectsQuery, personTeamsQuery } from './api.ts';

type Shown = Pick<Project, 'id' | 'title' | 'status' | 'visibility'>;

/** What they started, with what can still be joined first, and the teams that they joined. */
export function PersonProjects({
  userId,
  shows = () => true,
}: {
  userId: number;
  shows?: ((project: Pick<Project, 'visibility'>) => boolean) | undefined;
}) {
  const t = useTranslations('person');
  const started = useQuery(personProjectsQuery(userId)).data ?? [];
  const joined = useQuery(personTeamsQuery(userId)).data ?? [];
  const all: { project: Shown; part: string }[] = [
    ...started.map((project) => ({ project, part: t('owner') })),
    ...joined.map(({ project, role }) => ({ project, part: role?.name ?? t('member') })),
  ];
  const projects = all.filter(({ project }) => shows(project));
  if (projects.length === 0) return null;
  return (
    <Section title={t('projects')}>
      <ul className="divide-y divide-rule border-b border-rule">
        {projects.map(({ project, part }) => (
          <li key={project.id} className="group relative flex items-center gap-4 py-3">
            <ProjectCover
              seed={project.id}
              title={project.title}
              className="h-12 w-18 shrink-0 rounded-[3px] max-[23rem]:hidden"
            />
            <div className="min-w-0 flex-1">
              <Link
                to="/projects/$id"
                params={{ id: project.id }}
                className="font-semibold decoration-accent decoration-2 underline-offset-4 after:absolute after:inset-0 group-hover:underline"
              >
                <bdi>{project.title}</bdi>
              </Link>
              <p className="text-sm text-faint" dir="auto">
                {part}
              </p>
            </div>
            <StatusTag status={project.status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
