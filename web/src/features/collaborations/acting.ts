/** Asking, answering, removing. Apart from what is asked of the server, since that weighs on every first page. */
import type { Collaboration, CollaborationCreate } from '@collabthon/contracts/collaborations';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { isStatus } from '../../lib/errors.ts';
import { undoable } from '../../lib/toasts.ts';
import { answers, type Decision, noticeOf } from './answers.ts';
import { type Filter, requestQuery, requestStatsQuery } from './api.ts';

function refreshAfter(client: QueryClient, projectId: number | null | undefined): void {
  const keys: unknown[][] = [['requests'], ['teams'], ['recommended']];
  if (projectId) keys.push(['team', projectId], ['project', projectId]);
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
}

export function useSendRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CollaborationCreate) => api('POST /collaborations', { body }),
    onSuccess: (request) => refreshAfter(client, request.project_id),
  });
}

/** The request as the server has it now. It outlives the page that is being left. */
async function send({ id }: Collaboration, decision: Decision): Promise<Pick<Collaboration, 'status' | 'reason'>> {
  const options = { params: { id }, keepalive: true };
  if (decision !== 'withdraw') {
    const route = `PUT /collaborations/{id}/${decision}` as const;
    const { status, reason } = await api(route, options);
    return { status, reason };
  }
  await api('DELETE /collaborations/{id}', options);
  return { status: 'cancelled', reason: 'withdrawn' };
}

/** Lists of pending requests lose it, others show how it ended; the counts follow. */
function settle(client: QueryClient, request: Collaboration, end: Pick<Collaboration, 'status' | 'reason'>): void {
  const settled = { ...request, ...end };
  client.setQueryData(requestQuery(request.id).queryKey, settled);
  for (const side of ['received', 'sent']) {
    for (const [key, list] of client.getQueriesData<Collaboration[]>({ queryKey: ['requests', side] })) {
      const isPendingOnly = (key[2] as Filter | undefined)?.status === 'pending';
      client.setQueryData(
        key,
        isPendingOnly
          ? list?.filter(({ id }) => id !== request.id)
          : list?.map((other) => (other.id === request.id ? settled : other)),
      );
    }
  }
  const count = end.reason === 'withdrawn' ? 'pending_sent' : 'pending_received';
  client.setQueryData(requestStatsQuery.queryKey, (stats) => stats && { ...stats, [count]: stats[count] - 1 });
}

interface AnsweringWords {
  /** What is said of a no or a withdrawal that can be taken back. */
  undoText: (decision: Decision) => string;
  onDone: (decision: Decision) => void;
  onFailed: (error: Error, decision: Decision) => void;
}

/**
 * Answers a request. The answer shows at once; a yes is sent at once, a no and a withdrawal when the time to undo them
 * is over. One that does not get through leaves the request waiting, and says so; one that came too late shows what
 * was answered elsewhere. The callbacks run even when the row that asked is gone by then.
 */
export function useAnswering({ undoText, onDone, onFailed }: AnsweringWords) {
  const client = useQueryClient();

  const commit = async (request: Collaboration, decision: Decision) => {
    answers.set(request.id, { decision, phase: 'sending' });
    try {
      const end = await send(request, decision);
      settle(client, request, end);
      answers.set(request.id, null);
      onDone(decision);
    } catch (error) {
      const isTooLate = [403, 404, 409].some((status) => isStatus(error, status));
      answers.set(request.id, isTooLate ? null : { decision, phase: 'failed' });
      onFailed(error as Error, decision);
    }
    refreshAfter(client, request.project_id);
  };

  return (request: Collaboration, decision: Decision): void => {
    const standing = answers.get(request.id);
    if (standing && standing.phase !== 'failed') return;
    if (decision === 'accept') {
      void commit(request, decision);
      return;
    }
    const undo = undoable({
      text: undoText(decision),
      about: noticeOf(request),
      undo: () => answers.set(request.id, null),
      commit: () => commit(request, decision),
    });
    answers.set(request.id, { decision, phase: 'held', undo });
  };
}

export function useRemoveMember(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: number) =>
      api('DELETE /projects/{id}/members/{user_id}', { params: { id: projectId, user_id: userId } }),
    onSuccess: () => refreshAfter(client, projectId),
  });
}
