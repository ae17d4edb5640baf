/** Asking for a seat: shown at once, undone visibly when the server refuses. */
import type { Collaboration, CollaborationCreate } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { useMe } from '../accounts/api.ts';
import { sentQuery } from '../collaborations/api.ts';

export interface Ask {
  /** Null asks to join without a role. */
  role: Project['roles'][number] | null;
  message: string;
  /** The owner for an application, the invited for an invitation. */
  receiver: Collaboration['receiver'];
  kind: 'application' | 'invitation';
  /** Lets go of the draft; called once the request is with the server. */
  forget: () => void;
}

interface AskCallbacks {
  onSent: (ask: Ask, request: Collaboration) => void;
  onFailed: (ask: Ask, error: Error) => void;
}

const sentKey = (projectId: number) => sentQuery({ project_id: projectId }).queryKey;

function refresh(client: QueryClient, projectId: number): void {
  // Who was recommended stays on the page, marked as invited, rather than vanishing under the reader's hands.
  for (const queryKey of [['requests'], ['project', projectId], ['team', projectId]])
    void client.invalidateQueries({ queryKey });
}

/** Sends a request about a project. The callbacks run even when what asked is gone from the page by then. */
export function useAsk(project: Project, { onSent, onFailed }: AskCallbacks) {
  const client = useQueryClient();
  const me = useMe();
  return useMutation({
    mutationFn: ({ role, message, receiver }: Ask) => {
      const body: CollaborationCreate = {
        receiver_id: receiver.user_id,
        project_id: project.id,
        role_id: role?.id ?? null,
        message: message.trim() || null,
      };
      return api('POST /collaborations', { body });
    },
    onMutate: async ({ role, message, receiver, kind }) => {
      await client.cancelQueries({ queryKey: ['requests'] });
      const now = new Date();
      const sender = {
        user_id: me?.id ?? 0,
        username: me?.username ?? '',
        name: '',
        college: null,
        is_verified_student: false,
        avatar_url: null,
      };
      const request: Collaboration = {
        id: -now.getTime(),
        kind,
        sender_id: sender.user_id,
        sender,
        receiver_id: receiver.user_id,
        receiver,
        project_id: project.id,
        project: { id: project.id, title: project.title, status: project.status },
        role: role && { id: role.id, name: role.name },
        message: message.trim() || null,
        status: 'pending',
        reason: null,
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
        expires_at: new Date(now.getTime() + 14 * 86_400_000).toISOString(),
      };
      client.setQueryData(sentKey(project.id), (sent) => [request, ...(sent ?? [])]);
      return { id: request.id };
    },
    onSuccess: (request, ask) => {
      ask.forget();
      onSent(ask, request);
    },
    onError: (error, ask, context) => {
      client.setQueryData(sentKey(project.id), (sent) => sent?.filter(({ id }) => id !== context?.id));
      onFailed(ask, error);
    },
    onSettled: () => refresh(client, project.id),
  });
}
