/** The views of my work, and what each of them asks the server for, all at once. */
import type { QueryClient } from '@tanstack/react-query';
import { draftsQuery } from '../../lib/draft-queries.ts';
import { myProfileQuery } from '../profiles/api.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { historyQuery, receivedQuery, requestStatsQuery, sentQuery, teamsQuery } from './api.ts';

export const workViews = ['todo', 'projects', 'teams', 'sent', 'history'] as const;
export type WorkView = (typeof workViews)[number];

export const waitingQuery = receivedQuery({ status: 'pending' });
export const askedQuery = sentQuery({ status: 'pending' });
export const projectDraftsQuery = draftsQuery('project:');

/** @param view all of them without one */
export function prefetchWork(client: QueryClient, view: WorkView | undefined): Promise<unknown>[] {
  const always = [client.prefetchQuery(requestStatsQuery), client.prefetchQuery(myProjectsQuery)];
  if (view === 'history') return [...always, client.prefetchInfiniteQuery(historyQuery)];
  return [
    ...always,
    client.prefetchQuery(waitingQuery),
    client.prefetchQuery(askedQuery),
    client.prefetchQuery(projectDraftsQuery),
    client.prefetchQuery(teamsQuery),
    client.prefetchQuery(myProfileQuery),
  ];
}
