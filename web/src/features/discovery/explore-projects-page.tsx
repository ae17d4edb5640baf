import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useCurrencyName } from '../../lib/format.ts';
import { useMe } from '../accounts/api.ts';
import { ProjectRow } from '../projects/project-row.tsx';
import { type ProjectFilters, projectSearchQuery } from './api.ts';
import { BudgetFacet, useBudgetLabel } from './budget-facet.tsx';
import { type Facet, type SearchPage, useChangeFilters } from './explore.ts';
import { ExploreFrame } from './explore-frame.tsx';
import { countOf, useLevelFacet, usePlainOptions, useSkillFacet } from './facet-kinds.tsx';
import { hourOptions } from './hours.ts';

const route = getRouteApi('/explore/projects');
const statuses = ['in_progress', 'completed', 'cancelled', 'expired'] as const;

export function ExploreProjectsPage() {
  const t = useTranslations('explore');
  const filters = route.useSearch();
  const me = useMe();
  const result = useInfiniteQuery(projectSearchQuery(filters));
  const counts = result.data?.pages[0]?.facets;
  const facets = useProjectFacets(filters, counts);
  // Amounts are compared within one currency: the one that is chosen, else the most common.
  const currency = filters.currency ?? counts?.currencies?.[0]?.value;
  return (
    <ExploreFrame
      kind="projects"
      filters={filters}
      result={result}
      facets={facets}
      orders={[
        { value: '', label: t(filters.q ? 'order.relevance' : 'order.created_at') },
        ...(me || filters.sort_by === 'fit' ? [{ value: 'fit', label: t('order.fit') }] : []),
        ...(filters.q ? [{ value: 'created_at', label: t('order.created_at') }] : []),
        { value: 'updated_at', label: t('order.updated_at') },
        ...(currency
          ? [{ value: 'budget_max', label: t('order.budget_max', { currency }), filters: { currency } }]
          : []),
      ]}
      row={(project, view, match) => <ProjectRow project={project} view={view} match={match} />}
      nameOf={({ id, title }) => ({ name: title, url: `/projects/${id}` })}
    />
  );
}

function useProjectFacets(filters: ProjectFilters, facets: SearchPage<unknown>['facets'] = {}): Facet[] {
  const t = useTranslations('explore');
  const tProject = useTranslations('project');
  const change = useChangeFilters('projects');
  const budgetLabel = useBudgetLabel();
  const plain = usePlainOptions();
  const skills = useSkillFacet(filters.skills, facets.skills, change);
  const level = useLevelFacet(facets.levels);
  const { min_budget: min, max_budget: max } = filters;
  const currencyName = useCurrencyName();
  const remote = (value: string) => tProject(value === 'true' ? 'remote' : 'onSite');
  const status = (value: string) => {
    const known = statuses.find((one) => one === value);
    return known ? tProject(`status.${known}`) : value;
  };
  const hours = (value: string) => t('upToHours', { hours: Number(value) });
  return [
    skills,
    level,
    {
      name: 'max_hours',
      legend: t('maxHours'),
      options: hourOptions(facets.hours, 'upTo').map((option) => ({
        value: String(option.hours),
        label: hours(String(option.hours)),
        count: option.count,
      })),
      labelOf: hours,
    },
    {
      name: 'is_remote',
      legend: t('remote'),
      options: ['true', 'false'].map((value) => ({
        value,
        label: remote(value),
        count: countOf(facets.remote, value),
      })),
      labelOf: remote,
    },
    {
      names: ['min_budget', 'max_budget'],
      chosen: min === undefined && max === undefined ? null : budgetLabel(min, max),
      control: <BudgetFacet min={min} max={max} counts={facets.budget} change={change} />,
    },
    {
      name: 'currency',
      legend: t('currency'),
      options: (facets.currencies ?? []).map(({ value, count }) => ({ value, label: currencyName(value), count })),
      labelOf: currencyName,
    },
    { name: 'college', legend: t('college'), options: plain(facets.colleges) },
    {
      name: 'status',
      legend: t('status'),
      fallback: { value: 'open', label: tProject('status.open'), count: countOf(facets.status, 'open') },
      options: statuses.map((value) => ({ value, label: status(value), count: countOf(facets.status, value) })),
      labelOf: status,
    },
  ];
}
