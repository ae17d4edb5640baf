import type { ProjectStatus } from '@collabthon/contracts/projects';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { cardName } from '../profiles/names.ts';
import { adminProjectsQuery } from './api.ts';
import { projectStatuses } from './lifecycle.ts';
import { StatusTag } from './project-facts.tsx';

export function AdminProjects() {
  const t = useTranslations('admin');
  const tProject = useTranslations('project');
  const tExplore = useTranslations('explore');
  const [status, setStatus] = useState<ProjectStatus | ''>('');
  const query = useInfiniteQuery(adminProjectsQuery(status));
  return (
    <>
      <SelectField
        label={t('status')}
        className="mb-4 max-w-xs"
        value={status}
        onChange={(event) => setStatus(projectStatuses.find((known) => known === event.target.value) ?? '')}
        choices={[
          { value: '', label: t('anyStatus') },
          ...projectStatuses.map((value) => ({ value, label: tProject(`status.${value}`) })),
        ]}
      />
      {query.isPending ? <RowSkeletons count={4} rowClass="h-16" /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className="divide-y divide-rule">
        {query.data?.pages.flat().map((project) => (
          <li key={project.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <Link to="/projects/$id" params={{ id: project.id }} className="link me-auto font-semibold">
              {project.title}
            </Link>
            <span className="text-sm text-faint">{cardName(project.owner)}</span>
            <StatusTag status={project.status} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button look="secondary" size="small" className="mt-4" onClick={() => void query.fetchNextPage()}>
          {tExplore('loadMore')}
        </Button>
      ) : null}
    </>
  );
}
