import type { Profile, ProfileCreate, ProfileUpdate } from '@collabthon/contracts/profiles';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { isStatus } from '../../lib/errors.ts';

/** My profile; null until the first step of onboarding has saved one. */
export const myProfileQuery = queryOptions({
  queryKey: ['profile', 'mine'],
  queryFn: async ({ signal }): Promise<Profile | null> => {
    try {
      return await api('GET /users/me/profile', { signal });
    } catch (error) {
      if (isStatus(error, 404)) return null;
      throw error;
    }
  },
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

/** Saves a part of my profile; the first save creates it and needs the names. */
export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ProfileUpdate) => {
      const exists = client.getQueryData(myProfileQuery.queryKey) != null;
      if (exists) return api('PUT /users/me/profile', { body: change });
      const blank = { first_name: '', last_name: '', college: '', major: '', year: 1 };
      return api('POST /users/me/profile', { body: { ...blank, ...change } satisfies ProfileCreate });
    },
    onSuccess: (profile) => {
      client.setQueryData(myProfileQuery.queryKey, profile);
      client.setQueryData(profileQuery(profile.user_id).queryKey, profile);
      void client.invalidateQueries({ queryKey: ['recommended'] });
      void client.invalidateQueries({ queryKey: ['overlap'] });
      void client.invalidateQueries({ queryKey: ['match'] });
    },
  });
}
