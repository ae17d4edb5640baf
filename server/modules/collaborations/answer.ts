/** Accepting, declining and withdrawing a request. */
import type { Project } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Db } from '../../platform/database/database.ts';
import { conflict, type ProblemError } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { requireSide } from './policy.ts';
import { alreadyMember, projectClosed, roleFull } from './request.ts';
import { createRequestStore } from './store.ts';
import { createTeamStore } from './store-team.ts';
import type { Reason, RequestRow } from './tables.ts';
import { closeEndedRoles, closePending, isActive, publishClosed, publishTeam, syncProject, toParty } from './team.ts';

/**
 * Accepts a request: seat, membership and the end of requests that have become pointless are one transaction. The lock
 * order is project, role, requests for everybody, so parallel answers wait for each other and never deadlock.
 * Accepting again changes nothing.
 * @throws 404, 403 for the sender; 409 `already_answered`, `role_full`, `already_member`, `project_closed`.
 */
export async function acceptRequest(platform: Platform, receiver: Principal, id: number): Promise<void> {
  const request = await createRequestStore(platform.db).get(id);
  requireSide(request, 'receiver', receiver);
  if (request.status === 'accepted') return;
  if (request.status !== 'pending') throw answered(request);
  const project =
    request.project_id === null
      ? null
      : await platform.calls('projects.getProject', { project_id: request.project_id });

  await platform.db.transaction(async (tx) => {
    if (request.project_id !== null) await freshen(platform, tx, project);
    const store = createRequestStore(tx);
    const current = await store.lock(id);
    if (current?.status === 'accepted') return;
    if (current?.status !== 'pending') throw answered(current);
    if (Date.parse(current.expires_at) <= Date.now()) throw answered({ ...current, reason: 'expired' });
    await store.end(id, 'pending', 'accepted', null);
    await platform.events.publish(tx, 'collaboration.accepted', toParty(await store.getParty(id)));
    if (current.project_id !== null) await join(platform, tx, current, current.project_id);
  });
}

/** @throws 409 `project_closed` */
async function freshen(platform: Platform, tx: Db, project: Project | null): Promise<void> {
  if (project) await syncProject(platform, tx, project);
  const mirrored = project && (await createTeamStore(tx).lockProject(project.id));
  if (!mirrored || !isActive(mirrored)) throw projectClosed();
}

async function join(platform: Platform, tx: Db, request: RequestRow, projectId: number): Promise<void> {
  const team = createTeamStore(tx);
  if (await team.isMember(projectId, request.person_id)) {
    throw alreadyMember(request.kind === 'application' ? 'invitation' : 'application');
  }
  if (request.role_id !== null && !(await team.takeSeat(request.role_id))) throw roleFull();
  await team.addMember({
    project_id: projectId,
    user_id: request.person_id,
    role_id: request.role_id,
    request_id: request.id,
  });
  if (request.role_id !== null) await closeEndedRoles(platform, tx, projectId);
  // Who is on the team waits for no other seat of it.
  const others = sql`c.project_id = ${projectId} AND c.person_id = ${request.person_id}`;
  await closePending(platform, tx, others, 'cancelled', 'withdrawn');
  const { person_id: user_id, role_id, receiver_id: actor_id } = request;
  await publishTeam(platform, tx, projectId, { what: 'joined', user_id, role_id, actor_id });
}

/** @throws 404, 403 for the sender; 409 `already_answered`. Declining again changes nothing. */
export async function declineRequest(platform: Platform, receiver: Principal, id: number): Promise<void> {
  const request = await createRequestStore(platform.db).get(id);
  requireSide(request, 'receiver', receiver);
  if (request.reason === 'declined') return;
  await endPending(platform, request, 'rejected', 'declined', receiver.user_id);
}

/** @throws 404, 403 for the receiver; 409 `already_answered`. */
export async function withdrawRequest(platform: Platform, sender: Principal, id: number): Promise<void> {
  const request = await createRequestStore(platform.db).get(id);
  requireSide(request, 'sender', sender);
  await endPending(platform, request, 'cancelled', 'withdrawn', sender.user_id);
}

async function endPending(
  platform: Platform,
  request: RequestRow,
  status: 'rejected' | 'cancelled',
  reason: Reason,
  actorId: number,
) {
  await platform.db.transaction(async (tx) => {
    const store = createRequestStore(tx);
    if (!(await store.end(request.id, 'pending', status, reason))) throw answered(await store.get(request.id));
    await publishClosed(platform, tx, await store.getParty(request.id), reason, actorId);
  });
}

const endings: Record<Exclude<Reason, 'role_filled' | 'project_closed'> | 'accepted', string> = {
  accepted: 'It was accepted.',
  declined: 'It was declined.',
  withdrawn: 'It was withdrawn.',
  expired: 'Nobody answered for 14 days, so it has expired.',
  role_removed: 'The project does not look for this role any more.',
  member_left: 'It was accepted, and the member has left since.',
};

/** Why a request that is not pending cannot be answered. */
function answered(request: Pick<RequestRow, 'reason'> | null): ProblemError {
  if (request?.reason === 'role_filled') return roleFull();
  if (request?.reason === 'project_closed') return projectClosed();
  const how = request?.reason ?? 'accepted';
  return conflict('already_answered', `This request has been answered already. ${endings[how]}`, { how });
}
