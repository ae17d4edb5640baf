/** Where a notification leads: where there is more about it, or something to do. */
import type { Notification } from '@collabthon/contracts/notifications';

export interface Place {
  /** What is done there; names the link. */
  name: 'begin' | 'answer' | 'work' | 'project' | 'person' | 'conversation';
  to: string;
  search?: { show: 'todo' };
}

const work: Place = { name: 'work', to: '/work' };

export function placeOf({ type, params }: Pick<Notification, 'type' | 'params'>): Place {
  if (type === 'welcome') return { name: 'begin', to: '/welcome' };
  if (type === 'message_received') return { name: 'conversation', to: `/messages/${params.conversation_id}` };
  if (type.endsWith('_received') || type === 'request_waiting')
    return { name: 'answer', to: '/work', search: { show: 'todo' } };
  // These projects are out of reach from now on.
  if (type === 'removed_from_team' || type === 'project_deleted') return work;
  if (params.project_id !== undefined) return { name: 'project', to: `/projects/${params.project_id}` };
  return params.actor_id === undefined ? work : { name: 'person', to: `/people/${params.actor_id}` };
}
