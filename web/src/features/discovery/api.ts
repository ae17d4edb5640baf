import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, api, type Query } from '../../lib/api.ts';

export type ProjectFilters = Omit<Query<'GET /search-advanced/projects'>, 'cursor' | 'page' | 'size'>;
export type PeopleFilters = Omit<Query<'GET /search-advanced/profiles'>, 'cursor' | 'page' | 'size'>;

const size = 20;

/** Found projects, page after page; what was found before stays until the next answer is there. */
export const projectSearchQuery = (filters: ProjectFilters) =>
  infiniteQueryOptions({
    queryKey: ['search', 'projects', filters],
    queryFn: ({ pageParam, signal }) =>
      api('GET /search-advanced/projects', { query: { ...filters, size, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const peopleSearchQuery = (filters: PeopleFilters) =>
  infiniteQueryOptions({
    queryKey: ['search', 'people', filters],
    queryFn: ({ pageParam, signal }) =>
      api('GET /search-advanced/profiles', { query: { ...filters, size, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const recommendedProjectsQuery = queryOptions({
  queryKey: ['recommended', 'projects'],
  queryFn: ({ signal }) => api('GET /search-advanced/recommendations/projects', { query: { limit: 8 }, signal }),
  // Matches are made from documents that follow a change within moments.
  staleTime: 5_000,
});

export const recommendedPeopleQuery = (projectId?: number) =>
  queryOptions({
    queryKey: ['recommended', 'people', projectId ?? null],
    queryFn: ({ signal }) =>
      api('GET /search-advanced/recommendations/profiles', { query: { limit: 8, project_id: projectId }, signal }),
    staleTime: 5_000,
  });

export const matchQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['match', projectId],
    queryFn: ({ signal }) => api('GET /projects/{id}/match', { params: { id: projectId }, signal }),
  });

export type RecommendedProfile = Answer<'GET /search-advanced/recommendations/profiles'>[number];
