/** Steps that several use cases share, each inside their transaction: freshen the mirror, close requests, tell of a team. */
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { getCard, keepCard } from './people.ts';
import { createRequestStore, type Party } from './store.ts';
import { createTeamStore } from './store-team.ts';
import type { Reason } from './tables.ts';

export const isActive = ({ status }: Pick<Project, 'status'>) => status === 'open' || status === 'in_progress';

/** The part of a request that events carry. */
export const toParty = ({
  id,
  sender_id,
  receiver_id,
  project_id,
  kind,
  sender_name,
  receiver_name,
  project_title,
  role_name,
}: Party) => ({
  collaboration_id: id,
  sender_id,
  receiver_id,
  project_id,
  kind,
  sender_name,
  receiver_name,
  project_title,
  role_name,
});

/**
 * Takes over the newest state of a project and closes the requests that it ends: all when it is no longer looking for
 * people, else those for roles that are full or gone. Locks the project's row in any case.
 */
export async function syncProject(platform: Platform, tx: Db, project: Project): Promise<void> {
  if (!(await createTeamStore(tx).saveProject(project))) return;
  await keepCard(tx, project.owner, 0);
  if (!isActive(project))
    await closePending(platform, tx, sql`c.project_id = ${project.id}`, 'cancelled', 'project_closed');
  else await closeEndedRoles(platform, tx, project.id);
}

/** Ends the pending requests of roles that were taken out of their project or have no free seat. */
export async function closeEndedRoles(platform: Platform, tx: Db, projectId: number): Promise<void> {
  const ofRoles = (are: SQL) =>
    sql`c.role_id IN (SELECT id FROM collaborations.roles WHERE project_id = ${projectId} AND ${are})`;
  await closePending(platform, tx, ofRoles(sql`is_removed`), 'rejected', 'role_removed');
  await closePending(platform, tx, ofRoles(sql`taken >= seats`), 'rejected', 'role_filled');
}

/** Ends every pending request under a condition on `collaborations.requests c`, and tells of each. */
export async function closePending(
  platform: Platform,
  tx: Db,
  condition: SQL,
  status: 'rejected' | 'cancelled',
  reason: Reason,
): Promise<void> {
  const closed = await createRequestStore(tx).endPending(condition, status, reason);
  for (const request of closed) await publishClosed(platform, tx, request, reason);
}

/** @param actorId whoever declined or withdrew it; null when something else ended it */
export const publishClosed = (
  platform: Platform,
  tx: Db,
  request: Party,
  reason: Reason,
  actorId: number | null = null,
) => platform.events.publish(tx, 'collaboration.closed', { ...toParty(request), reason, actor_id: actorId });

/** Who came or went, and by whose act. */
export interface TeamChange {
  what: 'joined' | 'left' | 'removed';
  user_id: number;
  role_id: number | null;
  actor_id: number;
}

/** Counts the team anew and tells of it. */
export async function publishTeam(platform: Platform, tx: Db, projectId: number, change?: TeamChange): Promise<void> {
  const team = await createTeamStore(tx).renewTeam(projectId);
  await platform.events.publish(tx, 'team.changed', {
    project_id: projectId,
    ...team,
    ...(change && { change: await withNames(tx, change) }),
  });
}

async function withNames(tx: Db, { role_id, ...change }: TeamChange) {
  const [card, role_name] = [await getCard(tx, change.user_id), await createTeamStore(tx).nameOfRole(role_id)];
  return { ...change, user_name: card.is_former ? null : card.name, role_name };
}
