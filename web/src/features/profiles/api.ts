import type { Onlooker } from '@collabthon/contracts/profiles';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

/** My profile; its fields are empty until I have filled them. */
export const myProfileQuery = queryOptions({
  queryKey: ['profile', 'mine'],
  queryFn: ({ signal }) => api('GET /users/me/profile', { signal }),
});

export const profileQuery = (userId: number) =>
  queryOptions({
    queryKey: ['profile', userId],
    queryFn: ({ signal }) => api('GET /users/{id}/profile', { params: { id: userId }, signal }),
  });

export const overlapQuery = (userId: number) =>
  queryOptions({
    queryKey: ['overlap', userId],
    queryFn: ({ signal }) => api('GET /users/{id}/overlap', { params: { id: userId }, signal }),
  });

/** How somebody fits me, or one of my projects. */
export const personMatchQuery = (userId: number, projectId?: number) =>
  queryOptions({
    queryKey: ['match', 'person', userId, projectId ?? null],
    queryFn: ({ signal }) =>
      api('GET /users/{id}/match', { params: { id: userId }, query: { project_id: projectId }, signal }),
  });

const shownStates = ['open', 'in_progress', 'completed'] as const;

/** What somebody posted and did not call off, what can still be joined first. */
export const personProjectsQuery = (userId: number) =>
  queryOptions({
    queryKey: ['projects', 'person', userId],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        shownStates.map((status) => api('GET /projects', { query: { owner_id: userId, status, limit: 12 }, signal })),
      );
      return lists.flatMap(({ items }) => items);
    },
  });

/** Teams of others that somebody joined, as far as the reader may see them. */
export const personTeamsQuery = (userId: number) =>
  queryOptions({
    queryKey: ['teams', 'person', userId],
    queryFn: async ({ signal }) => (await api('GET /users/{id}/teams', { params: { id: userId }, signal })).items,
  });

/** My profile as an onlooker of this kind gets it; null when they get nothing. */
export const seenAsQuery = (viewer: Onlooker) =>
  queryOptions({
    queryKey: ['profile', 'seen-as', viewer],
    queryFn: async ({ signal }) =>
      (await api('GET /users/me/profile/seen-as/{viewer}', { params: { viewer }, signal })).profile,
  });

export const skillsQuery = (q: string) =>
  queryOptions({
    queryKey: ['skills', q],
    queryFn: async ({ signal }) => (await api('GET /skills', { query: { q: q || undefined, limit: 8 }, signal })).items,
    staleTime: 600_000,
  });

export const collegesQuery = queryOptions({
  queryKey: ['colleges'],
  queryFn: ({ signal }) => api('GET /profiles/colleges', { signal }),
  staleTime: 600_000,
});

export const majorsQuery = queryOptions({
  queryKey: ['majors'],
  queryFn: ({ signal }) => api('GET /profiles/majors', { signal }),
  staleTime: 600_000,
});

/** Skills worth suggesting: what others of this major have, and what projects ask for. */
export const skillIdeasQuery = (major: string) =>
  queryOptions({
    queryKey: ['skills', 'ideas', major],
    queryFn: async ({ signal }) => {
      const [peers, asked, popular] = await Promise.all([
        major ? api('GET /search-advanced/profiles', { query: { major, size: 1 }, signal }) : null,
        api('GET /search-advanced/trending-skills', { query: { limit: 12 }, signal }),
        api('GET /profiles/skills/popular', { query: { limit: 12 }, signal }),
      ]);
      return {
        major: peers?.facets.skills.map(({ value }) => value) ?? [],
        asked: asked.map(({ skill }) => skill),
        popular: popular.map(({ skill }) => skill),
      };
    },
    staleTime: 600_000,
  });
