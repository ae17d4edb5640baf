/** What is left of somebody whose account is closed: their place in what was done together, without a word of theirs. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { forgetCard } from './people.ts';
import { createRequestStore } from './store.ts';
import { createTeamStore } from './store-team.ts';
import { closePending, publishClosed, publishTeam } from './team.ts';

/** Leaves the teams that still work, ends pending requests and forgets messages. Doing it again changes nothing. */
export async function eraseMember(platform: Platform, userId: number): Promise<void> {
  await platform.db.transaction(async (tx) => {
    await forgetCard(tx, userId);
    await closePending(platform, tx, sql`c.sender_id = ${userId}`, 'cancelled', 'withdrawn');
    await closePending(platform, tx, sql`c.receiver_id = ${userId}`, 'cancelled', 'member_left');
    await tx.execute(sql`UPDATE collaborations.requests SET message = NULL WHERE sender_id = ${userId}`);
    // Titles of what is deleted are kept for the history of others.
    await tx.execute(sql`
      UPDATE collaborations.projects SET title = '—' WHERE owner_id = ${userId} AND (is_deleted OR member_count = 1)`);
  });
  const { rows } = await platform.db.execute<{ project_id: number }>(sql`
    SELECT m.project_id FROM collaborations.members m JOIN collaborations.projects p ON p.id = m.project_id
    WHERE m.user_id = ${userId} AND p.status <> 'completed' ORDER BY m.project_id`);
  for (const { project_id } of rows) await platform.db.transaction((tx) => leave(platform, tx, project_id, userId));
}

async function leave(platform: Platform, tx: Db, projectId: number, userId: number): Promise<void> {
  const team = createTeamStore(tx);
  const project = await team.lockProject(projectId);
  // Who finished a project together stays on record.
  if (!project || project.status === 'completed') return;
  const member = await team.removeMember(projectId, userId);
  if (!member) return;
  if (member.role_id !== null) await team.freeSeat(member.role_id);
  if (member.request_id !== null) {
    const store = createRequestStore(tx);
    const isEnded = await store.end(member.request_id, 'accepted', 'cancelled', 'member_left');
    if (isEnded) await publishClosed(platform, tx, await store.getParty(member.request_id), 'member_left', userId);
  }
  const { role_id } = member;
  await publishTeam(platform, tx, projectId, { what: 'left', user_id: userId, role_id, actor_id: userId });
}
