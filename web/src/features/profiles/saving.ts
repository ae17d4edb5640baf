/** Changes of my profile. Apart from what is asked of the server, since that weighs on every first page. */
import type { Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../lib/api.ts';
import { myProfileQuery, profileQuery } from './api.ts';

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
