import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, api, type Query } from '../../lib/api.ts';

type FiltersOf<Q> = Omit<Q, 'cursor' | 'size' | 'skip' | 'limit' | 'facets' | 'matches' | 'sort_order'>;
export type ProjectFilters = FiltersOf<Query<'GET /search-advanced/projects'>>;
export type PeopleFilters = FiltersOf<Query<'GET /search-advanced/profiles'>>;

/** Other things may stand in an address, from a newsletter say; the search hears nothing of them. */
function only<Filters extends object>(names: readonly (keyof Filters & string)[], filters: Filters): Filters {
  const known = Object.entries(filters).filter(([name, value]) => names.some((one) => one === name) && value !== '');
  return Object.fromEntries(known) as Filters;
}

const common = ['q', 'skills', 'min_level', 'college', 'sort_by', 'page'] as const;
const forProjects = [...common, 'min_budget', 'max_budget', 'is_remote', 'status', 'max_hours'] as const;
const forPeople = [...common, 'major', 'year', 'min_hours', 'open_to'] as const;

/** Results that come at a time: a few windows of a phone. */
export const pageSize = 12;
/** Whoever comes back from a result finds the list as they left it. */
const kept = 30 * 60_000;

/** The first page brings the facets, the others follow its cursor. Visitors get no matches, whatever they ask for. */
const part = (cursor: string) =>
  cursor
    ? { size: pageSize, matches: true, facets: false, cursor, page: undefined }
    : { size: pageSize, matches: true };

/** Found projects, page after page; what was found before stays until the next answer is there. */
export function projectSearchQuery(asked: ProjectFilters) {
  const filters = only(forProjects, asked);
  return infiniteQueryOptions({
    queryKey: ['search', 'projects', filters],
    queryFn: ({ pageParam, signal }) =>
      api('GET /search-advanced/projects', { query: { ...filters, ...part(pageParam) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    gcTime: kept,
  });
}

export function peopleSearchQuery(asked: PeopleFilters) {
  const filters = only(forPeople, asked);
  return infiniteQueryOptions({
    queryKey: ['search', 'people', filters],
    queryFn: ({ pageParam, signal }) =>
      api('GET /search-advanced/profiles', { query: { ...filters, ...part(pageParam) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    gcTime: kept,
  });
}

/** How many there would be. */
export const countQuery = (kind: 'projects' | 'people', filters: ProjectFilters | PeopleFilters) =>
  queryOptions({
    queryKey: ['search', 'count', kind, filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, page: undefined, size: 1, facets: false };
      const { total } =
        kind === 'projects'
          ? await api('GET /search-advanced/projects', { query: query as ProjectFilters, signal })
          : await api('GET /search-advanced/profiles', { query: query as PeopleFilters, signal });
      return total;
    },
  });

/** Skills that projects of the last weeks ask for most. */
export const trendingSkillsQuery = queryOptions({
  queryKey: ['trending-skills'],
  queryFn: ({ signal }) => api('GET /search-advanced/trending-skills', { query: { days: 30, limit: 6 }, signal }),
  staleTime: 600_000,
});

export const recommendedProjectsQuery = queryOptions({
  queryKey: ['recommended', 'projects'],
  queryFn: ({ signal }) => api('GET /search-advanced/recommendations/projects', { query: { limit: 8 }, signal }),
  // Matches are made from documents that follow a change within moments.
  staleTime: 5_000,
});

/** As many of the people who would fit as anybody reads through. */
const mostPeople = 30;

export const recommendedPeopleQuery = (projectId?: number) =>
  queryOptions({
    queryKey: ['recommended', 'people', projectId ?? null],
    queryFn: ({ signal }) =>
      api('GET /search-advanced/recommendations/profiles', {
        query: { limit: projectId ? mostPeople : 8, project_id: projectId },
        signal,
      }),
    staleTime: 5_000,
  });

/** How each of these people, in whatever order, fits a project of the reader's. */
export function fitsQuery(projectId: number, userIds: readonly number[]) {
  const asked = [...new Set(userIds)].sort((one, other) => one - other).slice(0, 100);
  return queryOptions({
    queryKey: ['match', 'fits', projectId, asked],
    queryFn: ({ signal }) =>
      api('GET /projects/{id}/fits', { params: { id: projectId }, query: { user_ids: asked.join() }, signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
}

export const matchQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['match', projectId],
    queryFn: ({ signal }) => api('GET /projects/{id}/match', { params: { id: projectId }, signal }),
  });

export type RecommendedProfile = Answer<'GET /search-advanced/recommendations/profiles'>[number];
