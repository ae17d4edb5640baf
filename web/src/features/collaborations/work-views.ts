/** The views of my work, and what each of them asks the server for, all at once. */
import { type FetchQueryOptions, type QueryClient, type UseQueryOptions, useQueries } from '@tanstack/react-query';
import { draftsQuery } from '../../lib/draft-queries.ts';
import { myProfileQuery } from '../profiles/api.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { historyQuery, receivedQuery, requestStatsQuery, sentQuery, teamsQuery } from './api.ts';

export const workViews = ['todo', 'projects', 'teams', 'sent', 'history'] as const;
export type WorkView = (typeof workViews)[number];

export const waitingQuery = receivedQuery({ status: 'pending' });
export const askedQuery = sentQuery({ status: 'pending' });
export const projectDraftsQuery = draftsQuery('project:');

const always = [requestStatsQuery, myProjectsQuery, projectDraftsQuery];
const overview = [...always, waitingQuery, askedQuery, teamsQuery, myProfileQuery];

/** @param view all of them without one */
export function prefetchWork(client: QueryClient, view: WorkView | undefined): Promise<unknown>[] {
  const wanted = view === 'history' ? [client.prefetchInfiniteQuery(historyQuery)] : [];
  return [...wanted, ...listsOf(view).map((query) => client.prefetchQuery(query as FetchQueryOptions))];
}

/** Whether one of the lists is still coming: they appear together, since each moves what stands below it. What failed has come, too. */
export function useIsComing(view: WorkView | undefined): boolean {
  return useQueries({ queries: listsOf(view) as UseQueryOptions[] }).some(({ isFetched }) => !isFetched);
}

const listsOf = (view: WorkView | undefined) => (view === 'history' ? always : overview);
