import type { QueryClient } from '@tanstack/react-query';
import { mutesQuery, notificationsQuery } from './api.ts';
import { preferencesQuery } from './preferences.ts';

export const prefetchNotifications = (client: QueryClient, isUnreadOnly: boolean) =>
  Promise.all([
    client.prefetchInfiniteQuery(notificationsQuery(isUnreadOnly)),
    client.prefetchInfiniteQuery(mutesQuery),
  ]);

export const prefetchSettings = (client: QueryClient) =>
  Promise.all([client.prefetchQuery(preferencesQuery), client.prefetchInfiniteQuery(mutesQuery)]);
