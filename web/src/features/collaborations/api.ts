import type { Collaboration, CollaborationCreate, CollaborationStatus } from '@collabthon/contracts/collaborations';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

type Filter = { status?: CollaborationStatus; project_id?: number };

export const receivedQuery = (filter: Filter = {}) =>
  queryOptions({
    queryKey: ['requests', 'received', filter],
    queryFn: ({ signal }) => api('GET /collaborations/received', { query: { ...filter, limit: 100 }, signal }),
    staleTime: 10_000,
  });

export const sentQuery = (filter: Filter = {}) =>
  queryOptions({
    queryKey: ['requests', 'sent', filter],
    queryFn: ({ signal }) => api('GET /collaborations/sent', { query: { ...filter, limit: 100 }, signal }),
    staleTime: 10_000,
  });

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await api('GET /collaborations/teams', { signal })).items,
});

export const teamQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['team', projectId],
    queryFn: ({ signal }) => api('GET /projects/{id}/team', { params: { id: projectId }, signal }),
  });

function refreshAfter(client: QueryClient, projectId: number | null | undefined): void {
  const keys: unknown[][] = [['requests'], ['teams'], ['recommended']];
  if (projectId) keys.push(['team', projectId], ['project', projectId]);
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  // The seats that lists of projects show follow the team within moments.
  setTimeout(() => void client.invalidateQueries({ queryKey: ['projects', 'mine'] }), 1500);
}

export function useSendRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CollaborationCreate) => api('POST /collaborations', { body }),
    onSuccess: (request) => refreshAfter(client, request.project_id),
  });
}

export type Decision = 'accept' | 'reject' | 'withdraw';

function decide(id: number, decision: Decision): Promise<Collaboration | undefined> {
  if (decision === 'accept') return api('PUT /collaborations/{id}/accept', { params: { id } });
  if (decision === 'reject') return api('PUT /collaborations/{id}/reject', { params: { id } });
  return api('DELETE /collaborations/{id}', { params: { id } });
}

const outcome = { accept: 'accepted', reject: 'rejected', withdraw: 'cancelled' } as const satisfies Record<
  Decision,
  CollaborationStatus
>;

interface DecideCallbacks {
  onDone: (decision: Decision) => void;
  onFailed: (error: Error) => void;
}

/**
 * Answers a request. It leaves the lists of pending ones at once, and comes back if the server refuses. The callbacks
 * run even when the row that asked is gone by then.
 */
export function useDecide({ onDone, onFailed }: DecideCallbacks) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, decision }: { request: Collaboration; decision: Decision }) => decide(request.id, decision),
    onMutate: async ({ request, decision }) => {
      await client.cancelQueries({ queryKey: ['requests'] });
      const before = client.getQueriesData<Collaboration[]>({ queryKey: ['requests'] });
      for (const [key, list] of before) {
        const pendingOnly = (key[2] as Filter | undefined)?.status === 'pending';
        client.setQueryData(
          key,
          pendingOnly
            ? list?.filter((other) => other.id !== request.id)
            : list?.map((other) => (other.id === request.id ? { ...other, status: outcome[decision] } : other)),
        );
      }
      return { before };
    },
    onSuccess: (_, { decision }) => onDone(decision),
    onError: (error, __, context) => {
      for (const [key, list] of context?.before ?? []) client.setQueryData(key, list);
      onFailed(error);
    },
    onSettled: (_, __, { request }) => refreshAfter(client, request.project_id),
  });
}

export function useRemoveMember(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: number) =>
      api('DELETE /projects/{id}/members/{user_id}', { params: { id: projectId, user_id: userId } }),
    onSuccess: () => refreshAfter(client, projectId),
  });
}
