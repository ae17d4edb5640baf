import type { Collaboration, CollaborationStatus } from '@collabthon/contracts/collaborations';
import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { useMe } from '../accounts/api.ts';
import { answers } from './answers.ts';

export type Filter = { status?: CollaborationStatus; project_id?: number };

/** Others answer at any time: what was fetched ahead, as a link got the focus, counts only for moments. */
const FRESH = 5_000;

/** The server gives at most so many at once. */
export const mostListed = 100;

export const receivedQuery = (filter: Filter = {}) =>
  queryOptions({
    queryKey: ['requests', 'received', filter],
    queryFn: ({ signal }) => api('GET /collaborations/received', { query: { ...filter, limit: mostListed }, signal }),
    staleTime: FRESH,
  });

export const sentQuery = (filter: Filter = {}) =>
  queryOptions({
    queryKey: ['requests', 'sent', filter],
    queryFn: ({ signal }) => api('GET /collaborations/sent', { query: { ...filter, limit: mostListed }, signal }),
    staleTime: FRESH,
  });

/** Every request about a project of the reader's that waits, in either direction. */
export function usePendingOf(projectId: number): Collaboration[] {
  const received = useQuery(receivedQuery({ project_id: projectId, status: 'pending' })).data ?? [];
  const sent = useQuery(sentQuery({ project_id: projectId })).data ?? [];
  return [...received, ...sent.filter(({ status }) => status === 'pending')];
}

/** One request as it is now; asked for when a list that showed it has it no more. */
export const requestQuery = (id: number) =>
  queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => api('GET /collaborations/{id}', { params: { id }, signal }),
  });

/** Requests that came to an end, in both directions, page after page. */
export const historyQuery = infiniteQueryOptions({
  queryKey: ['requests', 'history'],
  queryFn: ({ pageParam, signal }) =>
    api('GET /collaborations/history', { query: { cursor: pageParam || undefined, limit: 20 }, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

export const requestStatsQuery = queryOptions({
  queryKey: ['requests', 'stats'],
  queryFn: ({ signal }) => api('GET /collaborations/stats', { signal }),
  staleTime: FRESH,
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await api('GET /collaborations/teams', { signal })).items,
  staleTime: FRESH,
});

export const teamQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['team', projectId],
    queryFn: ({ signal }) => api('GET /projects/{id}/team', { params: { id: projectId }, signal }),
  });

/** How many requests wait for the reader's answer, for a badge; 0 for visitors. It looks again every minute. */
export function useWaitingCount(): number {
  const isMember = Boolean(useMe());
  const waiting = useQuery({ ...requestStatsQuery, enabled: isMember, refetchInterval: 60_000 }).data?.pending_received;
  const answered = [...answers.use().values()].filter(
    ({ decision, phase }) => phase !== 'failed' && decision !== 'withdraw',
  ).length;
  return isMember ? Math.max(0, (waiting ?? 0) - answered) : 0;
}
