/** Projects: what somebody wants to build, and the roles that it needs. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes, defineStreams } from './contract.ts';
import { Skill, SkillLevel } from './profiles.ts';
import {
  Currency,
  Day,
  Id,
  IdParams,
  Instant,
  Nullable,
  OneOf,
  Page,
  Paging,
  PersonCard,
  Shape,
  SkillCount,
  text,
} from './shapes.ts';

export const ProjectStatus = OneOf('draft', 'open', 'in_progress', 'completed', 'cancelled', 'expired');
export type ProjectStatus = Static<typeof ProjectStatus>;

/** Where a project may go from each state. What is not here is 409 `illegal_transition`; `expired` is the job's alone. */
export const projectTransitions: Record<ProjectStatus, readonly ProjectStatus[]> = {
  draft: ['open', 'cancelled'],
  open: ['in_progress', 'completed', 'cancelled', 'expired'],
  in_progress: ['open', 'completed', 'cancelled'],
  completed: [],
  cancelled: ['open'],
  expired: ['open', 'cancelled'],
};

export const ProjectVisibility = OneOf('public', 'members', 'college');
export type ProjectVisibility = Static<typeof ProjectVisibility>;

export const ProjectRole = Shape({
  id: Id,
  name: Type.String(),
  skill: Nullable(Skill),
  level: Nullable(SkillLevel),
  seats: Type.Integer(),
  taken: Type.Integer({ description: 'Follows the team within moments; the team itself is exact.' }),
});
export type ProjectRole = Static<typeof ProjectRole>;

export const Project = Shape({
  id: Id,
  owner_id: Id,
  owner: PersonCard,
  title: Type.String(),
  description: Type.String(),
  required_skills: Type.Array(Type.String()),
  skills: Type.Array(Skill),
  roles: Type.Array(ProjectRole),
  budget_min: Nullable(Type.Number({ description: 'Major units of `currency`.' })),
  budget_max: Nullable(Type.Number()),
  currency: Type.String(),
  timeline: Nullable(Type.String()),
  hours_per_week: Nullable(Type.Integer()),
  status: ProjectStatus,
  is_remote: Type.Boolean(),
  place: Nullable(Type.String()),
  deadline: Nullable(Day),
  visibility: ProjectVisibility,
  member_count: Type.Integer(),
  /** Sent back with a change; 412 when somebody else was faster. */
  version: Type.Integer(),
  is_demo: Type.Boolean(),
  created_at: Instant,
  updated_at: Instant,
  expires_at: Nullable(Instant),
});
export type Project = Static<typeof Project>;

const RoleInput = Shape({
  /** Of a role that is kept; without it the role is new. */
  id: Type.Optional(Id),
  name: text(80, 1),
  skill: Type.Optional(Nullable(text(60, 1))),
  level: Type.Optional(Nullable(SkillLevel)),
  seats: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});

const Money = Type.Number({ minimum: 0, maximum: 1e9 });

const fields = {
  required_skills: Type.Optional(Type.Array(text(60, 1), { maxItems: 30 })),
  roles: Type.Optional(Type.Array(RoleInput, { maxItems: 20 })),
  budget_min: Type.Optional(Nullable(Money)),
  budget_max: Type.Optional(Nullable(Money)),
  currency: Type.Optional(Currency),
  timeline: Type.Optional(Nullable(text(200))),
  hours_per_week: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 80 }))),
  is_remote: Type.Optional(Type.Boolean()),
  place: Type.Optional(Nullable(text(120))),
  deadline: Type.Optional(Nullable(Day)),
  visibility: Type.Optional(ProjectVisibility),
  expires_at: Type.Optional(Nullable(Instant)),
};

export const ProjectCreate = Shape({
  title: text(140, 1),
  description: text(10_000),
  ...fields,
  status: Type.Optional(OneOf('draft', 'open')),
});
export type ProjectCreate = Static<typeof ProjectCreate>;

/** Somebody who is asked to join a project as it is posted. */
export const Invitation = Shape({
  user_id: Id,
  role: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 19,
      description: 'The place of the role in `roles`, from 0; any unless said.',
    }),
  ),
  message: Type.Optional(text(2000)),
});
export type Invitation = Static<typeof Invitation>;

export const ProjectUpdate = Shape({
  title: Type.Optional(text(140, 1)),
  description: Type.Optional(text(10_000)),
  ...fields,
  status: Type.Optional(ProjectStatus),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
});
export type ProjectUpdate = Static<typeof ProjectUpdate>;

/** Why a project that was named stays as it is. */
const Unmoved = OneOf('not_found', 'not_owner', 'same_status', 'illegal_transition', 'description_to_publish');

export const StatusMove = Shape({
  ids: Type.Array(Id, { minItems: 1, maxItems: 100 }),
  status: ProjectStatus,
  /** For the log, when an admin moves what is others'. */
  reason: Type.Optional(text(500)),
});
export type StatusMove = Static<typeof StatusMove>;

export const StatusMoved = Shape({
  status: ProjectStatus,
  changed: Type.Array(Id),
  /** `status` is the one that it has; null when it is not there for me. */
  unchanged: Type.Array(Shape({ id: Id, reason: Unmoved, status: Nullable(ProjectStatus) })),
});
export type StatusMoved = Static<typeof StatusMoved>;

export const routes = defineRoutes({
  'GET /projects': {
    summary: 'Projects, newest first; open ones unless a status is asked for',
    access: 'public',
    limit: 'list',
    query: Shape({
      ...Paging,
      status: Type.Optional(ProjectStatus),
      skill: Type.Optional(text(60)),
      min_budget: Type.Optional(Money),
      max_budget: Type.Optional(Money),
      remote_only: Type.Optional(Type.Boolean()),
      owner_id: Type.Optional(Id),
      college: Type.Optional(text(120)),
    }),
    response: Page(Project),
    keeps: { seconds: 300, tags: ['projects'] },
    ignoresUnknownQuery: true,
  },
  'POST /projects': {
    summary: 'Post a project, and invite to it; the invitations follow within moments',
    access: 'member',
    body: Shape({ ...ProjectCreate.properties, invite: Type.Optional(Type.Array(Invitation, { maxItems: 20 })) }),
    response: Project,
    status: 201,
  },
  'GET /projects/{id}': {
    summary: 'A project',
    access: 'public',
    params: IdParams,
    response: Project,
    keeps: { seconds: 300, tags: ['project/{id}'] },
  },
  'PUT /projects/{id}': {
    summary: 'Change a project of mine; `version`, or If-Match with its ETag, guards against overwriting',
    access: 'member',
    params: IdParams,
    body: ProjectUpdate,
    response: Project,
  },
  'DELETE /projects/{id}': { summary: 'Delete a project of mine', access: 'member', params: IdParams, status: 204 },
  'PUT /projects/status': {
    summary: 'Move several projects of mine to another state; says of each that stays as it is, why',
    access: 'member',
    body: StatusMove,
    response: StatusMoved,
  },
  'GET /projects/search/{query}': {
    summary: 'Projects whose words match',
    access: 'public',
    limit: 'search',
    params: Shape({ query: text(200, 1) }),
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(Project),
    keeps: { seconds: 300, tags: ['projects'] },
    ignoresUnknownQuery: true,
  },
  'GET /projects/my/projects': {
    summary: 'My projects, drafts included',
    access: 'member',
    query: Shape({ skip: Paging.skip, limit: Paging.limit }),
    response: Type.Array(Project),
  },
  'GET /projects/stats': {
    summary: 'Counts by state and the skills asked for most',
    access: 'public',
    keeps: { seconds: 600, tags: ['projects'] },
    response: Shape({
      total_projects: Type.Integer(),
      open_projects: Type.Integer(),
      in_progress_projects: Type.Integer(),
      completed_projects: Type.Integer(),
      popular_skills: Type.Array(SkillCount),
    }),
  },
  'GET /admin/projects': {
    summary: 'All projects',
    access: 'admin',
    query: Shape({
      /** Part of the title, a skill or a role. */
      q: Type.Optional(Type.String({ minLength: 3, maxLength: 100 })),
      skip: Paging.skip,
      limit: Paging.limit,
      status_filter: Type.Optional(ProjectStatus),
    }),
    response: Type.Array(Project),
    ignoresUnknownQuery: true,
  },
  'PUT /admin/projects/{id}/update-status': {
    summary: 'Move a project to another state, with a reason for the log',
    access: 'admin',
    params: IdParams,
    body: Shape({ status: ProjectStatus, reason: Type.Optional(text(500)) }),
    response: Shape({ success: Type.Boolean(), project: Shape({ id: Id, status: ProjectStatus }) }),
  },
});

export const calls = defineCalls({
  /** Erases what is theirs and makes a former member of who took part in what is others', too. */
  'projects.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  /** The project whatever its state or visibility, or null; the caller's policy decides who sees it. */
  'projects.getProject': { input: Shape({ project_id: Id }), output: Nullable(Project) },
  /** All projects by rising id, for rebuilding an index. */
  'projects.listProjects': {
    input: Shape({ after_id: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1, maximum: 500 }) }),
    output: Type.Array(Project),
  },
  'projects.count': { input: Shape({}), output: Shape({ total: Type.Integer(), open: Type.Integer() }) },
});

/** The team as this module knows it, which follows within moments; absent in events of older versions. */
const Team = { member_ids: Type.Optional(Type.Array(Id)) };

export const events = defineEvents({
  'project.created': {
    payload: Shape({ project: Project }),
    entity: 'project',
    key: 'project.id',
  },
  /** Fields, roles or state changed; carries the new state. */
  'project.changed': {
    payload: Shape({
      project: Project,
      previous_status: ProjectStatus,
      /** Who changed it; null when time did, or the vocabulary. */
      actor_id: Type.Optional(Nullable(Id)),
      ...Team,
    }),
    entity: 'project',
    key: 'project.id',
  },
  'project.deleted': {
    payload: Shape({ project_id: Id, owner_id: Id, title: Type.Optional(Type.String()), ...Team }),
    entity: 'project',
    key: 'project_id',
  },
  /** Seven days before `expires_at`, once. */
  'project.expiring': {
    payload: Shape({ project_id: Id, owner_id: Id, title: Type.String(), expires_at: Instant }),
    entity: 'project',
    key: 'project_id',
  },
});

export const jobs = defineJobs({
  /** Warns seven days before, expires at the time. */
  'projects.expire': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
  /** Brings projects with a skill that was renamed or merged in line, some at a time, each time asking for the rest. */
  'projects.follow_skill': {
    input: Shape({ skill_id: Id, after_id: Type.Integer({ minimum: 0 }) }),
    retryLimit: 8,
    expireInSeconds: 60,
  },
});

export const streams = defineStreams({
  /** Seats or members of a project of the reader's are others now. */
  'project.seats_changed': Shape({ project_id: Id }),
});
