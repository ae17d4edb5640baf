/** What is left of the projects of somebody whose account is closed: those that others took part in, without their texts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { tagsOfOwner } from './outdates.ts';
import { forgetCard } from './people.ts';
import { createProjectStore } from './store.ts';
import { publishChange } from './use-cases.ts';

/** Rows of one transaction. */
const BATCH = 50;

/**
 * Deletes what nobody else was part of. What others worked on stays as their history: cancelled if it was going on, since
 * no state of a project passes it to another owner. Doing it again changes nothing.
 */
export async function eraseMember(platform: Platform, userId: number): Promise<void> {
  await platform.db.transaction(async (tx) => {
    await forgetCard(tx, userId);
    await platform.cache.invalidate(tx, await tagsOfOwner(tx, userId));
  });
  for (let last = 0; ; ) {
    const { rows } = await platform.db.execute<{ id: number }>(sql`
      SELECT id FROM projects.projects WHERE owner_id = ${userId} AND id > ${last} ORDER BY id LIMIT ${BATCH}`);
    if (rows.length > 0) {
      await platform.db.transaction(async (tx) => {
        for (const { id } of rows) await eraseProject(platform, tx, id, userId);
      });
    }
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.id ?? last;
  }
}

async function eraseProject(platform: Platform, tx: Db, id: number, ownerId: number): Promise<void> {
  const store = createProjectStore(tx);
  const locked = await store.lock(id);
  if (!locked) return;
  const { status } = locked.project;
  const { rows } = await tx.execute(sql`SELECT 1 FROM projects.projects WHERE id = ${id} AND member_count > 1`);
  if (rows.length === 0) {
    await store.remove(id);
    return platform.events.publish(tx, 'project.deleted', { project_id: id, owner_id: ownerId });
  }
  const isOver = status === 'completed' || status === 'cancelled';
  const { rowCount } = await tx.execute(sql`
    UPDATE projects.projects SET description = '', timeline = NULL, place = NULL, version = version + 1,
      updated_at = now(), status = ${isOver ? status : 'cancelled'}
    WHERE id = ${id} AND (description <> '' OR timeline IS NOT NULL OR place IS NOT NULL OR NOT ${isOver}::boolean)`);
  if (rowCount === 1) await publishChange(platform, tx, id, status, ownerId);
}
