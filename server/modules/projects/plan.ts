/** What a member's plan has room for. There is one plan: so many projects begun with invitations may be live at once. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { conflict } from '../../platform/http/problems.ts';

export const LIVE_PROJECTS = 20;

const isHeld = sql`(s.project_id IS NULL OR p.status IN ('draft', 'open', 'in_progress'))`;

/** @throws 409 `plan_full` */
export async function refuseFullPlan(db: Db, ownerId: number): Promise<void> {
  const { rows } = await db.execute<{ held: number }>(sql`
    SELECT count(*)::int AS held FROM projects.plan_seats s LEFT JOIN projects.projects p ON p.id = s.project_id
    WHERE s.owner_id = ${ownerId} AND ${isHeld}`);
  if ((rows[0]?.held ?? 0) < LIVE_PROJECTS) return;
  throw conflict('plan_full', `You have ${LIVE_PROJECTS} projects going on with a team. Finish or cancel one first.`, {
    limit: LIVE_PROJECTS,
  });
}

/** Reserves a place under this key; again under the same key it is the same place. @throws 409 `plan_full` */
export async function reserveSeat(tx: Db, ownerId: number, key: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('plan of ' || ${ownerId}::bigint, 0))`);
  const { rows } = await tx.execute(sql`SELECT 1 FROM projects.plan_seats WHERE key = ${key}`);
  if (rows.length > 0) return;
  await refuseFullPlan(tx, ownerId);
  await tx.execute(sql`INSERT INTO projects.plan_seats (key, owner_id) VALUES (${key}, ${ownerId})`);
}

/** Gives a place back that has no project. */
export async function releaseSeat(tx: Db, key: string): Promise<void> {
  await tx.execute(sql`DELETE FROM projects.plan_seats WHERE key = ${key} AND project_id IS NULL`);
}

/**
 * Creates the project of a reserved place, once however often it is asked for.
 *
 * @throws Error when the place is not reserved
 */
export function fillSeat(db: Db, key: string, create: (tx: Db) => Promise<{ id: number }>): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ project_id: number | null }>(
      sql`SELECT project_id FROM projects.plan_seats WHERE key = ${key} FOR UPDATE`,
    );
    const [seat] = rows;
    if (!seat) throw new Error('No place is reserved for this project.');
    if (seat.project_id !== null) return seat.project_id;
    const { id } = await create(tx);
    await tx.execute(sql`UPDATE projects.plan_seats SET project_id = ${id} WHERE key = ${key}`);
    return id;
  });
}
