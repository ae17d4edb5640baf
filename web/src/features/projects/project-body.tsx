import type { Project } from '@collabthon/contracts/projects';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Tag } from '../../components/tag.tsx';
import { isLevel } from '../profiles/skills.tsx';
import { ProjectFacts } from './project-facts.tsx';
import { Seats } from './seats.tsx';

/** What it is: the facts that decide whether to read on, then the text. */
export function ProjectBody({ project }: { project: Project }) {
  const t = useTranslations('project');
  return (
    <div>
      <ProjectFacts project={project} />
      <p className="mt-6 max-w-prose text-lg whitespace-pre-wrap" dir="auto">
        {project.description}
      </p>
      {project.timeline ? (
        <p className="mt-4 text-soft">
          <strong className="font-semibold text-ink">{t('timeline')}</strong> <bdi>{project.timeline}</bdi>
        </p>
      ) : null}
      {project.required_skills.length > 0 ? (
        <ul aria-label={t('skills')} className="mt-5 flex flex-wrap gap-1.5">
          {project.required_skills.map((skill) => (
            <li key={skill}>
              <Tag>
                <bdi>{skill}</bdi>
              </Tag>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface RoleListProps {
  roles: Project['roles'];
  /** What can be done about a role, below it. */
  children?: (role: Project['roles'][number]) => ReactNode;
}

/** The seats at the table, taken ones filled. */
export function RoleList({ roles, children }: RoleListProps) {
  const t = useTranslations('project');
  const tSkills = useTranslations('skills');
  return (
    <ul className="divide-y divide-rule">
      {roles.map((role) => (
        <li key={role.id} id={`role-${role.id}`} tabIndex={-1} className="py-4 first:pt-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h3 className="text-lg">
              <bdi>{role.name}</bdi>
            </h3>
            <Seats seats={role.seats} taken={role.taken} isLabelled />
          </div>
          {role.skill ? (
            <p className="text-sm text-soft">
              {role.level && isLevel(role.level)
                ? t(role.level === 4 ? 'roleSkillBest' : 'roleSkillLevel', {
                    skill: role.skill.name,
                    level: tSkills(`level.${role.level}`),
                  })
                : role.skill.name}
            </p>
          ) : null}
          {children?.(role)}
        </li>
      ))}
    </ul>
  );
}
