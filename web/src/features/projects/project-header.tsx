import type { Project } from '@collabthon/contracts/projects';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { useRouteFocus } from '../../lib/route-focus.ts';
import { useCardName } from '../profiles/names.ts';
import { PersonLink } from '../profiles/person-link.tsx';
import { StatusTag } from './project-facts.tsx';

/** What it is called, whose it is, how it stands, and its picture. */
export function ProjectHeader({ project, actions }: { project: Project; actions: ReactNode }) {
  const t = useTranslations('project');
  const heading = useRouteFocus<HTMLHeadingElement>();
  const owner = useCardName()(project.owner);
  return (
    <header className="grid items-start gap-x-14 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <div className="eyebrow mb-3 flex flex-wrap items-center gap-2">
          <StatusTag status={project.status} />
          {project.is_demo ? <Tag tone="invented">{t('demo')}</Tag> : null}
          <span>{t.rich('posted', { time: () => <RelativeTime value={project.created_at} /> })}</span>
        </div>
        <h1 ref={heading} tabIndex={-1} className="text-title">
          <bdi data-morph="project-title">{project.title}</bdi>
        </h1>
        <PersonLink person={project.owner} className="mt-4 inline-flex min-h-11 items-center gap-3" linkClass="group">
          <Avatar name={owner} />
          <span className="min-w-0">
            <span className="block font-semibold group-hover:underline">
              <bdi>{owner}</bdi>
            </span>
            {project.owner.college ? (
              <span className="block text-sm text-faint">
                <bdi>{project.owner.college}</bdi>
              </span>
            ) : null}
          </span>
        </PersonLink>
        <div className="mt-5 flex flex-wrap gap-3 empty:hidden">{actions}</div>
      </div>
      <div data-morph="project-cover" className="max-lg:row-start-1">
        <ProjectCover seed={project.id} title={project.title} className="h-32 w-full rounded-sheet sm:h-44 lg:h-56" />
      </div>
    </header>
  );
}
