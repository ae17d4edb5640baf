import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { ProjectRow } from '../projects/project-row.tsx';
import { type ProjectFilters, projectSearchQuery } from './api.ts';
import { ExploreFrame, ResultSummary } from './explore-frame.tsx';
import { FacetGroup, hourOptions, levelOptions, toggleWord, wordsOf } from './facets.tsx';

const route = getRouteApi('/explore/projects');
const statuses = ['open', 'in_progress', 'completed', 'cancelled', 'expired'] as const;

/** Ranges of budgets, in major units of whatever currency, as the search counts them. */
const budgetRanges: readonly { value: string; min: number; max?: number }[] = [
  { value: '1-100', min: 1, max: 100 },
  { value: '101-500', min: 101, max: 500 },
  { value: '501-2000', min: 501, max: 2000 },
  { value: '2001+', min: 2001 },
];

export function ExploreProjectsPage() {
  const t = useTranslations('explore');
  const navigate = useNavigate();
  const filters = route.useSearch();
  const query = useInfiniteQuery(projectSearchQuery(filters));
  const first = query.data?.pages[0];
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];

  const change = useCallback(
    (part: Partial<Record<keyof ProjectFilters, ProjectFilters[keyof ProjectFilters] | undefined>>, replace = false) =>
      void navigate({
        to: '/explore/projects',
        search: (now) => ({ ...now, ...part }) as ProjectFilters,
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const search = useCallback((q: string) => change({ q: q || undefined }, true), [change]);
  const clear = () =>
    void navigate({ to: '/explore/projects', search: filters.q ? { q: filters.q } : {}, resetScroll: false });
  const filterCount = Object.keys(filters).filter((name) => name !== 'q' && name !== 'sort_by').length;

  return (
    <ExploreFrame
      kind="projects"
      q={filters.q ?? ''}
      onSearch={search}
      onClear={clear}
      filterCount={filterCount}
      facets={<ProjectFacets filters={filters} facets={first?.facets} change={change} />}
      summary={first ? <ResultSummary total={first.total} corrected={first.corrected} /> : null}
    >
      {query.isPending ? <RowSkeletons count={6} /> : null}
      {query.isError && !first ? (
        <div className="py-8">
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : null}
      {first && projects.length === 0 ? (
        <div className="py-8">
          <EmptyState
            title={t('projects.none')}
            action={
              filterCount > 0 ? (
                <Button look="secondary" size="small" onClick={clear}>
                  {t('clear')}
                </Button>
              ) : undefined
            }
          >
            {t('projects.noneText')}
          </EmptyState>
        </div>
      ) : null}
      <ul className={`divide-y divide-rule transition-opacity ${query.isPlaceholderData ? 'opacity-60' : ''}`}>
        {projects.map((project) => (
          <li key={project.id}>
            <ProjectRow project={project} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          look="secondary"
          className="mt-6"
          isPending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('loadMore')}
        </Button>
      ) : null}
    </ExploreFrame>
  );
}

type Facets = Record<string, { value: string; count: number }[]>;

interface ProjectFacetsProps {
  filters: ProjectFilters;
  facets: Facets | undefined;
  change: (part: Partial<Record<keyof ProjectFilters, ProjectFilters[keyof ProjectFilters] | undefined>>) => void;
}

function ProjectFacets({ filters, facets = {}, change }: ProjectFacetsProps) {
  const t = useTranslations('explore');
  const tProject = useTranslations('project');
  const tSkills = useTranslations('skills');
  const plain = (name: string) => (facets[name] ?? []).map(({ value, count }) => ({ value, label: value, count }));
  const remote = filters.is_remote === undefined ? [] : [String(filters.is_remote)];
  return (
    <>
      <SelectField
        label={t('sort')}
        value={filters.sort_by ?? ''}
        onChange={(event) => change({ sort_by: (event.target.value || undefined) as ProjectFilters['sort_by'] })}
        choices={[
          { value: '', label: t('sortBest') },
          { value: 'created_at', label: t('sortNew') },
          { value: 'budget_max', label: t('sortBudget') },
        ]}
      />
      <FacetGroup
        legend={t('skills')}
        options={plain('skills')}
        chosen={wordsOf(filters.skills)}
        onToggle={(value, isOn) => change({ skills: toggleWord(filters.skills, value, isOn) })}
      />
      <FacetGroup
        legend={t('remote')}
        isSingle
        chosen={remote}
        onToggle={(value, isOn) => change({ is_remote: isOn ? value === 'true' : undefined })}
        options={(facets.remote ?? []).map(({ value, count }) => ({
          value,
          label: tProject(value === 'true' ? 'remote' : 'onSite'),
          count,
        }))}
      />
      <FacetGroup
        legend={t('college')}
        isSingle
        options={plain('colleges')}
        chosen={filters.college ? [filters.college] : []}
        onToggle={(value, isOn) => change({ college: isOn ? value : undefined })}
      />
      <FacetGroup
        legend={t('maxHours')}
        isSingle
        chosen={filters.max_hours ? [String(filters.max_hours)] : []}
        onToggle={(value, isOn) => change({ max_hours: isOn ? Number(value) : undefined })}
        options={hourOptions(facets.hours, 'upTo').map(({ hours, count }) => ({
          value: String(hours),
          label: t('upToHours', { hours }),
          count,
        }))}
      />
      <FacetGroup
        legend={t('budget')}
        isSingle
        chosen={budgetRanges
          .filter((range) => range.min === filters.min_budget && range.max === filters.max_budget)
          .map((range) => range.value)}
        onToggle={(value, isOn) => {
          const range = isOn ? budgetRanges.find((candidate) => candidate.value === value) : undefined;
          change({ min_budget: range?.min, max_budget: range?.max });
        }}
        options={budgetRanges.flatMap((range) =>
          (facets.budget ?? [])
            .filter(({ value }) => value === range.value)
            .map(({ value, count }) => ({
              value,
              // Once a range is chosen, what is counted is within it, and not what another one would find.
              count: filters.min_budget === undefined || range.min === filters.min_budget ? count : null,
              label:
                range.max === undefined
                  ? t('budgetFrom', { min: range.min })
                  : t('budgetRange', { min: range.min, max: range.max }),
            })),
        )}
      />
      <FacetGroup
        legend={t('level')}
        isSingle
        chosen={filters.min_level ? [String(filters.min_level)] : []}
        onToggle={(value, isOn) => change({ min_level: isOn ? Number(value) : undefined })}
        options={levelOptions(facets.levels, filters.min_level).map(({ level, count }) => ({
          value: String(level),
          label: tSkills(`level.${level}`),
          count,
        }))}
      />
      <FacetGroup
        legend={t('status')}
        isSingle
        chosen={filters.status ? [filters.status] : []}
        onToggle={(value, isOn) => change({ status: isOn ? statuses.find((known) => known === value) : undefined })}
        options={statuses.flatMap((status) =>
          (facets.status ?? [])
            .filter(({ value }) => value === status)
            .map(({ value, count }) => ({ value, label: tProject(`status.${status}`), count })),
        )}
      />
    </>
  );
}
