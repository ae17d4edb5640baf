/** Collaborations: requests in both directions, and the teams that come of them. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes, defineStreams } from './contract.ts';
import { ProjectStatus, ProjectVisibility } from './projects.ts';
import { Id, IdParams, Instant, Nullable, OneOf, Paging, PersonCard, Shape, text } from './shapes.ts';

export const CollaborationStatus = OneOf('pending', 'accepted', 'rejected', 'cancelled');
export type CollaborationStatus = Static<typeof CollaborationStatus>;

/** How a request came to its end; null while pending and when accepted. */
export const ClosingReason = OneOf(
  'declined',
  'withdrawn',
  'role_filled',
  'role_removed',
  'project_closed',
  'expired',
  'member_left',
);
export type ClosingReason = Static<typeof ClosingReason>;

export const CollaborationKind = OneOf('application', 'invitation', 'connection');

export const Collaboration = Shape({
  id: Id,
  kind: CollaborationKind,
  sender_id: Id,
  receiver_id: Id,
  sender: PersonCard,
  receiver: PersonCard,
  project_id: Nullable(Id),
  project: Nullable(Shape({ id: Id, title: Type.String(), status: ProjectStatus })),
  role: Nullable(Shape({ id: Id, name: Type.String() })),
  message: Nullable(Type.String()),
  status: CollaborationStatus,
  reason: Nullable(ClosingReason),
  created_at: Instant,
  updated_at: Instant,
  /** Pending requests end by themselves after 14 days. */
  expires_at: Instant,
});
export type Collaboration = Static<typeof Collaboration>;

export const TeamMember = Shape({
  person: PersonCard,
  is_owner: Type.Boolean(),
  role: Nullable(Shape({ id: Id, name: Type.String() })),
  joined_at: Instant,
});

export const TeamRole = Shape({ id: Id, name: Type.String(), seats: Type.Integer(), taken: Type.Integer() });

export const Team = Shape({ project_id: Id, members: Type.Array(TeamMember), roles: Type.Array(TeamRole) });
export type Team = Static<typeof Team>;

export const CollaborationCreate = Shape({
  receiver_id: Id,
  project_id: Type.Optional(Nullable(Id)),
  role_id: Type.Optional(Nullable(Id)),
  message: Type.Optional(Nullable(text(2000))),
});
export type CollaborationCreate = Static<typeof CollaborationCreate>;

const listQuery = Shape({
  status: Type.Optional(CollaborationStatus),
  project_id: Type.Optional(Id),
  limit: Paging.limit,
  skip: Paging.skip,
});

export const routes = defineRoutes({
  'POST /collaborations': {
    summary: 'Apply to a project, invite to a project, or ask to connect',
    access: 'member',
    body: CollaborationCreate,
    response: Collaboration,
    status: 201,
  },
  'GET /collaborations/sent': {
    summary: 'Requests that I sent, newest first',
    access: 'member',
    query: listQuery,
    response: Type.Array(Collaboration),
    ignoresUnknownQuery: true,
  },
  'GET /collaborations/received': {
    summary: 'Requests that I received, newest first',
    access: 'member',
    query: listQuery,
    response: Type.Array(Collaboration),
    ignoresUnknownQuery: true,
  },
  'GET /collaborations/history': {
    summary: 'Requests of mine in both directions that have come to an end, newest first',
    access: 'member',
    query: Shape({ cursor: Paging.cursor, limit: Paging.limit }),
    response: Shape({ items: Type.Array(Collaboration), next_cursor: Nullable(Type.String()) }),
    ignoresUnknownQuery: true,
  },
  'GET /collaborations/stats': {
    summary: 'My requests by state',
    access: 'member',
    response: Shape({
      total_sent: Type.Integer(),
      total_received: Type.Integer(),
      pending_sent: Type.Integer(),
      pending_received: Type.Integer(),
      accepted: Type.Integer(),
      rejected: Type.Integer(),
      cancelled: Type.Integer(),
    }),
  },
  'GET /collaborations/teams': {
    summary: 'Teams that I am in',
    access: 'member',
    response: Shape({
      items: Type.Array(
        Shape({
          project: Shape({ id: Id, title: Type.String(), status: ProjectStatus }),
          is_owner: Type.Boolean(),
          role: Nullable(Shape({ id: Id, name: Type.String() })),
          member_count: Type.Integer(),
          joined_at: Instant,
        }),
      ),
    }),
  },
  'GET /users/{id}/teams': {
    summary: 'Teams of others that somebody joined, as far as the asker may see them, latest first',
    access: 'public',
    params: IdParams,
    response: Shape({
      items: Type.Array(
        Shape({
          project: Shape({ id: Id, title: Type.String(), status: ProjectStatus, visibility: ProjectVisibility }),
          role: Nullable(Shape({ id: Id, name: Type.String() })),
          joined_at: Instant,
        }),
      ),
    }),
  },
  'GET /collaborations/{id}': {
    summary: 'A request of mine',
    access: 'member',
    params: IdParams,
    response: Collaboration,
  },
  'PUT /collaborations/{id}/accept': {
    summary: 'Accept: takes the seat, makes the membership, closes the requests of a role that is now full',
    access: 'member',
    params: IdParams,
    response: Collaboration,
  },
  'PUT /collaborations/{id}/reject': {
    summary: 'Decline',
    access: 'member',
    params: IdParams,
    response: Collaboration,
  },
  'DELETE /collaborations/{id}': { summary: 'Withdraw', access: 'member', params: IdParams, status: 204 },
  'GET /projects/{id}/team': {
    summary: "A project's team and free seats",
    access: 'public',
    params: IdParams,
    response: Team,
  },
  'DELETE /projects/{id}/members/{user_id}': {
    summary: 'Leave a team, or as its owner remove somebody',
    access: 'member',
    params: Shape({ id: Id, user_id: Id }),
    status: 204,
  },
});

const After = Type.Integer({ minimum: 0 });
const Limit = Type.Integer({ minimum: 1, maximum: 500 });

export const calls = defineCalls({
  /** Erases what is theirs and makes a former member of who took part in what is others', too. */
  'collaborations.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  /**
   * Invites on behalf of the owner. Null when there is nothing to invite to or nobody to be invited (any more); a person
   * who is invited already stays so.
   */
  'collaborations.invite': {
    input: Shape({
      owner_id: Id,
      user_id: Id,
      project_id: Id,
      role_id: Nullable(Id),
      message: Nullable(Type.String()),
    }),
    output: Shape({ collaboration_id: Nullable(Id) }),
    wantsKey: true,
  },
  'collaborations.count': { input: Shape({}), output: Shape({ total: Type.Integer(), pending: Type.Integer() }) },
  /** Ids that must not be recommended to this member: teams they are in, requests that are pending. */
  'collaborations.getTies': {
    input: Shape({ user_id: Id }),
    output: Shape({ project_ids: Type.Array(Id), user_ids: Type.Array(Id) }),
  },
  /** Teams that somebody has joined, by the rising ids of their projects, for building a read model. */
  'collaborations.listTeams': {
    input: Shape({ after_project_id: After, limit: Limit }),
    output: Type.Array(Shape({ project_id: Id, version: Type.Integer(), member_ids: Type.Array(Id) })),
  },
  /** Requests that wait, by rising id, for building a read model. */
  'collaborations.listPending': {
    input: Shape({ after_id: After, limit: Limit }),
    output: Type.Array(Shape({ collaboration_id: Id, sender_id: Id, receiver_id: Id, project_id: Nullable(Id) })),
  },
  'collaborations.getTeam': { input: Shape({ project_id: Id }), output: Nullable(Team) },
});

/** As they are called at the moment of the event, null for who is gone; absent in events of older versions. */
const Name = Type.Optional(Nullable(Type.String()));

const Party = {
  collaboration_id: Id,
  sender_id: Id,
  receiver_id: Id,
  project_id: Nullable(Id),
  kind: CollaborationKind,
  sender_name: Name,
  receiver_name: Name,
  project_title: Name,
  role_name: Name,
};

const aboutRequest = { entity: 'collaboration', key: 'collaboration_id' } as const;

export const events = defineEvents({
  'collaboration.requested': { payload: Shape({ ...Party, requested_at: Instant }), ...aboutRequest },
  'collaboration.accepted': { payload: Shape({ ...Party, answered_at: Type.Optional(Instant) }), ...aboutRequest },
  /** The receiver has not answered for three days; once for each request. */
  'collaboration.reminder_due': {
    payload: Shape({ ...Party, requested_at: Instant, expires_at: Instant }),
    ...aboutRequest,
  },
  /** Declined, withdrawn, expired or closed because the role was filled or the project ended. */
  'collaboration.closed': {
    payload: Shape({
      ...Party,
      reason: ClosingReason,
      closed_at: Type.Optional(Instant),
      /** Whoever declined or withdrew it; null when something else ended it. */
      actor_id: Type.Optional(Nullable(Id)),
    }),
    ...aboutRequest,
  },
  /** Somebody joined or left; carries the new counts. `version` grows with every change of the team. */
  'team.changed': {
    payload: Shape({
      project_id: Id,
      version: Type.Integer(),
      member_count: Type.Integer(),
      member_ids: Type.Array(Id),
      roles: Type.Array(Shape({ role_id: Id, taken: Type.Integer() })),
      project_title: Name,
      /** Who came or went, and by whose act; absent when the team was only counted anew. */
      change: Type.Optional(
        Shape({
          what: OneOf('joined', 'left', 'removed'),
          user_id: Id,
          user_name: Nullable(Type.String()),
          role_name: Nullable(Type.String()),
          actor_id: Id,
        }),
      ),
    }),
    entity: 'team',
    key: 'project_id',
  },
});

export const jobs = defineJobs({
  /** Reminds on day 3, ends on day 14. */
  'collaborations.remind_and_expire': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
});

export const streams = defineStreams({
  /** A request to or of the reader was made, answered, reminded of or ended. */
  'collaboration.changed': Shape({ collaboration_id: Id, project_id: Nullable(Id) }),
  /** Somebody joined or left a team of the reader's. */
  'team.changed': Shape({ project_id: Id }),
});
