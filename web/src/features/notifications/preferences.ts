import type {
  NotificationChannel,
  NotificationPreferences,
  NotificationPreferencesUpdate,
  NotificationTopic,
} from '@collabthon/contracts/notifications';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/api.ts';
import { useCauseText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';

/** What is most often asked about first. */
export const topics: readonly NotificationTopic[] = [
  'requests',
  'answers',
  'messages',
  'team',
  'projects',
  'reminders',
  'account',
];
export const channels: readonly NotificationChannel[] = ['in_app', 'mail', 'push'];

export const preferencesQuery = queryOptions({
  queryKey: ['notifications', 'preferences'],
  queryFn: ({ signal }) => api('GET /notifications/preferences', { signal }),
});

const mutationKey = ['notifications', 'preferences', 'switch'];

/** Saves a switch at once: it shows before the server has it, and goes back, with a word, when it is not taken. */
export function useSwitchPreferences(): (change: NotificationPreferencesUpdate) => void {
  const t = useTranslations('notifications.settings');
  const causeOf = useCauseText();
  const client = useQueryClient();
  const known = useRef<NotificationPreferences | undefined>(undefined);
  const isLast = () => client.isMutating({ mutationKey }) === 1;
  const { mutate } = useMutation({
    mutationKey,
    // One after the other, in the order in which they were turned.
    scope: { id: 'notification-preferences' },
    mutationFn: (body: NotificationPreferencesUpdate) => api('PUT /notifications/preferences', { body }),
    onMutate: async (change) => {
      await client.cancelQueries(preferencesQuery);
      if (isLast()) known.current = client.getQueryData(preferencesQuery.queryKey);
      client.setQueryData(preferencesQuery.queryKey, (now) => now && changed(now, change));
    },
    onSuccess: (preferences) => {
      known.current = preferences;
      // A switch that was turned meanwhile stays where it is.
      if (isLast()) client.setQueryData(preferencesQuery.queryKey, preferences);
    },
    onError: (error) => {
      client.setQueryData(preferencesQuery.queryKey, known.current);
      showToast(t('failed', { why: causeOf(error) }), 'bad');
    },
  });
  return mutate;
}

function changed(
  now: NotificationPreferences,
  { channels: turned, quiet_hours, zone, digest }: NotificationPreferencesUpdate,
): NotificationPreferences {
  const next = { ...now.channels };
  for (const topic of topics) next[topic] = { ...next[topic], ...turned?.[topic] };
  return {
    channels: next,
    quiet_hours: quiet_hours === undefined ? now.quiet_hours : quiet_hours,
    zone: zone === undefined ? now.zone : zone,
    digest: { ...now.digest, ...digest },
  };
}
