import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Section } from '../../components/page.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { StatusTag } from '../projects/project-facts.tsx';
import { personProjectsQuery } from './api.ts';

/** What they started, with what can still be joined first. */
export function PersonProjects({
  userId,
  shows = () => true,
}: {
  userId: number;
  shows?: ((project: Project) => boolean) | undefined;
}) {
  const t = useTranslations('person');
  const projects = useQuery(personProjectsQuery(userId)).data?.filter(shows) ?? [];
  if (projects.length === 0) return null;
  return (
    <Section title={t('projects')}>
      <ul className="divide-y divide-rule border-b border-rule">
        {projects.map((project) => (
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
            </div>
            <StatusTag status={project.status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
