/** Posting, changing, moving and deleting projects. */
import type { Project, ProjectCreate, ProjectStatus, ProjectUpdate } from '@collabthon/contracts/projects';
import type { Counter } from 'prom-client';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import {
  conflict,
  type FieldError,
  notFound,
  ProblemError,
  problem,
  unprocessable,
} from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { blankProject, changeProject, checkTransition, type ProjectState } from './changes.ts';
import { ensurePeople } from './people.ts';
import { requireOwner } from './policy.ts';
import { createProjectStore, type ProjectSkills, type RoleChange } from './store.ts';
import { createProjectReads, toProject } from './store-read.ts';
import type { RoleRow, Skill } from './tables.ts';

/** @throws 422 with every field that does not fit. */
export async function postProject(
  platform: Platform,
  created: Counter,
  owner: Principal,
  body: ProjectCreate,
  keep: Keep,
): Promise<Project> {
  const create = await prepareProject(platform, owner.user_id, body);
  const project = await platform.db.transaction(async (tx) => keep(tx, await create(tx)));
  created.inc();
  return project;
}

/** Does what comes before the transaction. @returns what creates the project in it @throws 422 */
export async function prepareProject(
  platform: Platform,
  ownerId: number,
  body: ProjectCreate,
): Promise<(tx: Db) => Promise<Project>> {
  const now = new Date();
  const state = changeProject(blankProject, { ...body, status: body.status ?? 'open' }, now);
  checkRoleIds(body, []);
  const [member, named] = await Promise.all([
    platform.calls('accounts.getMember', { user_id: ownerId }),
    resolveSkills(platform, body),
    ensurePeople(platform, [ownerId]),
  ]);
  const wanted = named.roles ?? [];
  const skills = { required: named.required ?? [], roles: wanted };
  return async (tx) => {
    const store = createProjectStore(tx);
    const id = await store.insert(state, skills, { owner_id: ownerId, is_demo: member?.is_demo ?? false }, now);
    if (wanted.length > 0) await store.saveRoles(id, wanted);
    const posted = await readProject(tx, id);
    await platform.events.publish(tx, 'project.created', { project: posted });
    return posted;
  };
}

/**
 * Changes what the body names. `expected` is the version that the editor saw; null overwrites.
 * @throws 404, 403 for somebody else's; 409 `illegal_transition`, `role_taken`; 412 `version_conflict`; 422.
 */
export async function editProject(
  platform: Platform,
  editor: Principal,
  id: number,
  body: ProjectUpdate,
  expected: number | null,
): Promise<Project> {
  const reads = createProjectReads(platform.db);
  const seen = await reads.getVisible(id, editor);
  if (!seen) throw notFound('project');
  requireOwner(seen, editor);
  // Refused before a skill that it names comes into being; what counts is checked again under the lock.
  await platform.db.transaction(async (tx) => {
    const { state, own } = await lockForChange(tx, id, expected);
    changeProject(state, body, new Date());
    checkRoleIds(body, own);
  });
  const named = await resolveSkills(platform, body);

  return platform.db.transaction(async (tx) => {
    const now = new Date();
    const { state, own, version } = await lockForChange(tx, id, expected);
    const next = changeProject(state, body, now);
    checkRoleIds(body, own);
    const wanted = named.roles ?? own;
    const skills: ProjectSkills = { required: named.required ?? state.skills, roles: wanted };
    await write(tx, id, version, next, skills, now);
    if (named.roles) await createProjectStore(tx).saveRoles(id, named.roles);
    return publishChange(platform, tx, id, state.status, editor.user_id);
  });
}

/** Moves a project for an admin, under the same rules as its owner's moves. Written to the audit log. */
export async function moveProject(
  platform: Platform,
  admin: Principal,
  id: number,
  status: ProjectStatus,
  reason: string | undefined,
): Promise<Project> {
  return platform.db.transaction(async (tx) => {
    const now = new Date();
    const { state, own, version } = await lockForChange(tx, id, null);
    checkTransition(state.status, status);
    const next = changeProject(state, { status }, now);
    if (next.status !== state.status) await write(tx, id, version, next, { required: state.skills, roles: own }, now);
    await platform.events.publish(tx, 'admin.acted', {
      actor_id: admin.user_id,
      action: 'project.status',
      target: `project:${id}`,
      detail: { from: state.status, to: status, ...(reason !== undefined && { reason }) },
    });
    return next.status === state.status
      ? readProject(tx, id)
      : publishChange(platform, tx, id, state.status, admin.user_id);
  });
}

/** @throws 404, 403 for somebody else's. */
export async function deleteProject(platform: Platform, owner: Principal, id: number): Promise<void> {
  const seen = await createProjectReads(platform.db).getVisible(id, owner);
  if (!seen) throw notFound('project');
  requireOwner(seen, owner);
  await platform.db.transaction(async (tx) => {
    const member_ids = await createProjectReads(tx).getMemberIds(id);
    if (!(await createProjectStore(tx).remove(id))) throw notFound('project');
    const { owner_id, title } = seen;
    await platform.events.publish(tx, 'project.deleted', { project_id: id, owner_id, title, member_ids });
  });
}

/**
 * Publishes `project.changed` with the state that the transaction made.
 * @param actorId null when it is nobody's act
 */
export async function publishChange(
  platform: Platform,
  tx: Db,
  id: number,
  previous: ProjectStatus,
  actorId: number | null,
): Promise<Project> {
  const project = await readProject(tx, id);
  await platform.events.publish(tx, 'project.changed', {
    project,
    previous_status: previous,
    actor_id: actorId,
    member_ids: await createProjectReads(tx).getMemberIds(id),
  });
  return project;
}

/** @throws 404 */
export async function readProject(db: Db, id: number): Promise<Project> {
  const row = await createProjectReads(db).get(id);
  if (!row) throw notFound('project');
  return toProject(row);
}

async function lockForChange(tx: Db, id: number, expected: number | null) {
  const locked = await createProjectStore(tx).lock(id);
  if (!locked) throw notFound('project');
  if (expected !== null && expected !== locked.project.version) throw overtaken();
  return { state: locked.project, own: locked.roles, version: locked.project.version };
}

async function write(tx: Db, id: number, version: number, next: ProjectState, skills: ProjectSkills, now: Date) {
  if (!(await createProjectStore(tx).update(id, version, pickState(next), skills, now))) throw overtaken();
}

const overtaken = () =>
  problem(
    412,
    'version_conflict',
    'Somebody changed this project after you opened it. Load it again, then repeat your change.',
  );

/** Without the columns that a request does not decide. */
const pickState = (row: ProjectState): ProjectState =>
  Object.fromEntries(Object.keys(blankProject).map((name) => [name, row[name as keyof ProjectState]])) as ProjectState;

/** @throws 422 for ids of roles that are not this project's; 409 `role_taken` when one that somebody holds would go. */
function checkRoleIds(body: ProjectCreate | ProjectUpdate, own: readonly RoleRow[]): void {
  if (!body.roles) return;
  const ids = new Set(own.map((role) => role.id));
  const errors = body.roles.flatMap<FieldError>((role, at) =>
    role.id === undefined || ids.has(role.id)
      ? []
      : [
          {
            path: `/roles/${at}/id`,
            code: 'unknown_role',
            message: 'This is not a role of this project. Leave the id out for a new role.',
          },
        ],
  );
  if (errors.length > 0) throw unprocessable(errors);
  const kept = new Set(body.roles.map((role) => role.id));
  const held = own.find((role) => role.taken > 0 && !kept.has(role.id));
  if (held) {
    throw conflict(
      'role_taken',
      `Somebody on the team holds the role “${held.name}”. Remove them first, or keep the role.`,
      { role: held.name },
    );
  }
}

/** Canonical skills for the names in a body, asked for in one call; undefined for what the body does not name. */
async function resolveSkills(
  { calls }: Platform,
  body: ProjectCreate | ProjectUpdate,
): Promise<{ required: Skill[] | undefined; roles: RoleChange[] | undefined }> {
  const required = body.required_skills ?? [];
  const mentions = [
    ...required.map((name, at) => ({ name, path: `/required_skills/${at}` })),
    ...(body.roles ?? []).flatMap(({ skill }, at) => (skill ? [{ name: skill, path: `/roles/${at}/skill` }] : [])),
  ];
  const names = mentions.map(({ name }) => name);
  const skills =
    names.length > 0
      ? await calls('profiles.resolveSkills', { names }).catch((error: unknown) => {
          throw atFields(error, mentions);
        })
      : [];
  const byName = new Map(names.map((name, at) => [name, skills[at] ?? null]));
  const unique = new Map(
    required.flatMap((name) => {
      const skill = byName.get(name);
      return skill ? [[skill.id, skill]] : [];
    }),
  );
  return {
    required: body.required_skills && [...unique.values()],
    roles: body.roles?.map((role) => ({
      id: role.id,
      name: role.name,
      skill: role.skill ? (byName.get(role.skill) ?? null) : null,
      level: role.level ?? null,
      seats: role.seats ?? 1,
    })),
  };
}

/** An error of `profiles.resolveSkills`, which tells of `/names/<index>`, at the fields that carry these names. */
function atFields(error: unknown, mentions: readonly { path: string }[]): unknown {
  if (!(error instanceof ProblemError) || !error.errors) return error;
  return unprocessable(
    error.errors.map((field) => {
      const index = /^\/names\/(\d+)$/.exec(field.path)?.[1];
      return { ...field, path: (index !== undefined && mentions[Number(index)]?.path) || field.path };
    }),
  );
}
