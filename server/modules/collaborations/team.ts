/** Steps that several use cases share, each inside their transaction: freshen the mirror, close requests, tell of a team. */
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { keepCard } from './people.ts';
import { createRequestStore, type Party } from './store.ts';
import { createTeamStore } from './store-team.ts';
import type { Reason } from './tables.ts';

export const isActive = ({ status }: Pick<Project, 'status'>) => status === 'open' || status === 'in_progress';

/** The part of a request that events carry. */
export const toParty = ({ id, sender_id, receiver_id, project_id, kind }: Party) => ({
  collaboration_id: id,
  sender_id,
  receiver_id,
  project_id,
  kind,
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

export const publishClosed = (platform: Platform, tx: Db, request: Party, reason: Reason) =>
  platform.events.publish(tx, 'collaboration.closed', { ...toParty(request), reason });

/** Counts the team anew and tells of it. */
export async function publishTeam(platform: Platform, tx: Db, projectId: number): Promise<void> {
  const team = await createTeamStore(tx).renewTeam(projectId);
  await platform.events.publish(tx, 'team.changed', { project_id: projectId, ...team });
}
