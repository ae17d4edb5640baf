/**
 * Who is told what of which event: the one table. Every event of the platform stands here, so that whoever adds one
 * decides. Nobody is told of what they did themselves.
 */
import type { NotificationKind, NotificationParams } from '@collabthon/contracts/notifications';
import type { EventName, EventPayload } from '../../platform/events/events.ts';

export interface Told {
  recipients: readonly number[];
  kind: NotificationKind;
  params: NotificationParams;
  /** What it is about, the closest first. */
  threads: readonly string[];
}

export interface Telling {
  /** Whose act it is; null when it is nobody's. */
  actor: number | null;
  told: Told[];
  /** RFC 3339; the moment of the publication unless said. */
  happened_at?: string | undefined;
  /** It stands in the list, and nothing leaves the house. */
  isSilent?: boolean;
  /** What this makes pointless to read: whoever received this request has no more to do about it. */
  settles?: { recipient: number; thread: string };
}

type Rule<N extends EventName> = (payload: EventPayload<N>) => Telling;

const nobody = () => null;

export const table: { [N in EventName]: Rule<N> | typeof nobody } = {
  'member.registered': ({ user_id, is_demo }) => ({
    actor: null,
    isSilent: is_demo,
    told: [{ recipients: [user_id], kind: 'welcome', params: {}, threads: [] }],
  }),
  'member.changed': nobody,
  'session.ended': nobody,
  'admin.acted': nobody,
  'profile.changed': nobody,
  'skill.changed': nobody,

  'collaboration.requested': (request) => ({
    actor: request.sender_id,
    happened_at: request.requested_at,
    told: [{ ...aboutRequest(request, 'sender'), recipients: [request.receiver_id], kind: `${request.kind}_received` }],
  }),
  'collaboration.reminder_due': (request) => ({
    actor: null,
    told: [
      {
        ...aboutRequest(request, 'sender', { expires_at: request.expires_at }),
        recipients: [request.receiver_id],
        kind: 'request_waiting',
      },
    ],
  }),
  'collaboration.accepted': (request) => ({
    actor: request.receiver_id,
    happened_at: request.answered_at,
    settles: { recipient: request.receiver_id, thread: threadOf(request) },
    told: [{ ...aboutRequest(request, 'receiver'), recipients: [request.sender_id], kind: 'request_accepted' }],
  }),
  'collaboration.closed': (request) => ({
    actor: request.actor_id ?? null,
    happened_at: request.closed_at,
    settles: { recipient: request.receiver_id, thread: threadOf(request) },
    told: tellOfEnd(request),
  }),

  // Whoever asked for or invited somebody hears that by `collaboration.accepted`, and is the owner or the one who joined.
  'team.changed': ({ project_id, project_title, member_ids, change }) => {
    if (!change) return { actor: null, told: [] };
    const [owner, ...members] = member_ids;
    const others = members.filter((id) => id !== change.user_id);
    const about = {
      params: {
        actor_id: change.actor_id,
        project_id,
        project_title: project_title ?? null,
        member_id: change.user_id,
        member_name: change.user_name,
        role_name: change.role_name,
      },
      threads: [`project:${project_id}`],
    };
    if (change.what === 'joined') {
      return { actor: change.actor_id, told: [{ ...about, recipients: others, kind: 'member_joined' }] };
    }
    return {
      actor: change.actor_id,
      told: [
        { ...about, recipients: [...(owner === undefined ? [] : [owner]), ...others], kind: 'member_left' },
        { ...about, recipients: [change.user_id], kind: 'removed_from_team' },
      ],
    };
  },

  'message.sent': (message) => ({
    actor: message.sender_id,
    happened_at: message.sent_at,
    told: [
      {
        recipients: message.recipient_ids,
        kind: 'message_received',
        params: {
          actor_id: message.sender_id,
          actor_name: message.sender_name,
          conversation_id: message.conversation_id,
          position: message.position,
          ...(message.project_id !== null && {
            project_id: message.project_id,
            project_title: message.project_title,
          }),
        },
        threads: [
          `conversation:${message.conversation_id}`,
          ...(message.request_id === null ? [] : [`request:${message.request_id}`]),
          ...(message.project_id === null ? [] : [`project:${message.project_id}`]),
        ],
      },
    ],
  }),

  'project.created': nobody,
  'project.changed': ({ project, previous_status, actor_id, member_ids = [] }) => ({
    // Before events said who, only owners and time changed projects.
    actor: actor_id === undefined && project.status !== 'expired' ? project.owner_id : (actor_id ?? null),
    told:
      project.status === previous_status
        ? []
        : [
            {
              recipients: [project.owner_id, ...member_ids],
              kind: 'project_moved',
              params: {
                project_id: project.id,
                project_title: project.title,
                status: project.status,
                previous_status,
              },
              threads: [`project:${project.id}`],
            },
          ],
  }),
  'project.deleted': ({ project_id, owner_id, title = null, member_ids = [] }) => ({
    actor: owner_id,
    told: [
      {
        recipients: member_ids,
        kind: 'project_deleted',
        params: { project_id, project_title: title },
        threads: [`project:${project_id}`],
      },
    ],
  }),
  'project.expiring': ({ project_id, owner_id, title, expires_at }) => ({
    actor: null,
    told: [
      {
        recipients: [owner_id],
        kind: 'project_expiring',
        params: { project_id, project_title: title, expires_at },
        threads: [`project:${project_id}`],
      },
    ],
  }),
};

/** Events that somebody is told of. */
export const tellingEvents = (Object.keys(table) as EventName[]).filter((name) => table[name] !== nobody);

export const tell = <N extends EventName>(name: N, payload: EventPayload<N>): Telling | null =>
  (table[name] as (payload: EventPayload<N>) => Telling | null)(payload);

type Request = EventPayload<'collaboration.accepted'>;

const threadOf = ({ collaboration_id }: Pick<Request, 'collaboration_id'>) => `request:${collaboration_id}`;

/** What is the same whatever becomes of a request; the other side is the one that its recipient deals with. */
function aboutRequest(
  request: Omit<Request, 'answered_at'>,
  other: 'sender' | 'receiver',
  more: NotificationParams = {},
) {
  const { collaboration_id, kind, project_id } = request;
  return {
    params: {
      collaboration_id,
      request: kind,
      actor_id: request[`${other}_id`],
      actor_name: request[`${other}_name`] ?? null,
      ...(project_id !== null && {
        project_id,
        project_title: request.project_title ?? null,
        role_name: request.role_name ?? null,
      }),
      ...more,
    },
    threads: [threadOf(request), ...(project_id === null ? [] : [`project:${project_id}`])],
  };
}

/** How a request ends for those who did not end it. */
function tellOfEnd(request: EventPayload<'collaboration.closed'>): Told[] {
  const { reason, kind, sender_id, receiver_id } = request;
  switch (reason) {
    case 'declined':
      return [{ ...aboutRequest(request, 'receiver'), recipients: [sender_id], kind: 'request_declined' }];
    case 'expired':
      return [{ ...aboutRequest(request, 'receiver'), recipients: [sender_id], kind: 'request_expired' }];
    case 'withdrawn':
      // Without an actor it fell away because the person is on the team by now, which both of them know.
      return request.actor_id === null
        ? []
        : [{ ...aboutRequest(request, 'sender'), recipients: [receiver_id], kind: 'request_withdrawn' }];
    case 'role_filled':
    case 'role_removed':
    case 'project_closed': {
      // Who would have joined; the owner of the project knows.
      const [person, owner] =
        kind === 'invitation' ? [receiver_id, 'sender' as const] : [sender_id, 'receiver' as const];
      return [{ ...aboutRequest(request, owner, { reason }), recipients: [person], kind: 'request_closed' }];
    }
    case 'member_left':
      // `team.changed` tells of it.
      return [];
  }
}
