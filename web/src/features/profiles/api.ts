import type { Onlooker, Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
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

let tabs: BroadcastChannel | undefined;
/** To my other tabs; what is said here is not heard here. */
const otherTabs = (): BroadcastChannel => (tabs ??= new BroadcastChannel('my-profile'));

/** Everything that follows from my profile is asked for again, here and in my other tabs. */
function useProfileSaved() {
  const client = useQueryClient();
  return (profile: Profile) => {
    client.setQueryData(myProfileQuery.queryKey, profile);
    client.setQueryData(profileQuery(profile.user_id).queryKey, profile);
    for (const queryKey of [['recommended'], ['overlap'], ['match'], ['profile', 'seen-as']]) {
      void client.invalidateQueries({ queryKey });
    }
    otherTabs().postMessage('saved');
  };
}

/**
 * Saves a part of my profile, and tells my other tabs.
 *
 * @param onSaved runs even when the page is left by then
 */
export function useSaveProfile(onSaved?: () => void) {
  const saved = useProfileSaved();
  return useMutation({
    mutationFn: (change: ProfileUpdate) => api('PUT /users/me/profile', { body: change }),
    onSuccess: (profile) => {
      saved(profile);
      onSaved?.();
    },
  });
}

/** Turns a switch of my profile: it shows at once, and goes back when the server does not take it. */
export function useSwitchProfile(onFailed: (error: Error) => void) {
  const client = useQueryClient();
  const saved = useProfileSaved();
  const known = useRef<Profile | undefined>(undefined);
  return useMutation({
    mutationKey: ['profile', 'switch'],
    // One after the other, in the order in which they were turned.
    scope: { id: 'profile-switch' },
    mutationFn: (change: Pick<ProfileUpdate, 'visibility' | 'open_to'>) =>
      api('PUT /users/me/profile', { body: change }),
    onMutate: async (change) => {
      await client.cancelQueries(myProfileQuery);
      if (client.isMutating({ mutationKey: ['profile', 'switch'] }) === 1) {
        known.current = client.getQueryData(myProfileQuery.queryKey);
      }
      client.setQueryData(myProfileQuery.queryKey, (profile) => profile && { ...profile, ...change });
    },
    onSuccess: (profile) => {
      known.current = profile;
      // A switch that was turned meanwhile stays where it is.
      if (client.isMutating({ mutationKey: ['profile', 'switch'] }) === 1) saved(profile);
    },
    onError: (error) => {
      client.setQueryData(myProfileQuery.queryKey, known.current);
      onFailed(error);
    },
  });
}

/** Reads my profile, and how it is seen, again when another tab has saved it. */
export function useOtherTabs(): void {
  const client = useQueryClient();
  useEffect(() => {
    const onSaved = () => {
      void client.invalidateQueries(myProfileQuery);
      void client.invalidateQueries({ queryKey: ['profile', 'seen-as'] });
    };
    otherTabs().addEventListener('message', onSaved);
    return () => otherTabs().removeEventListener('message', onSaved);
  }, [client]);
}
