/** Moving several projects to another state at once. */
import type { ProjectStatus, StatusMove, StatusMoved } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { OPEN_DAYS, statesBefore } from './changes.ts';
import { movableBy, visibleTo } from './policy.ts';
import { createProjectReads, toProject } from './store-read.ts';

type Unchanged = StatusMoved['unchanged'][number];

interface Judged {
  id: number;
  status: ProjectStatus;
  /** Null: it was moved. */
  reason: Unchanged['reason'] | null;
  member_ids: number[];
}

/**
 * Moves those that this person may move, under the rules of a single move, and leaves the others alone. All that is moved
 * is told of in the transaction; what an admin does to others' is in the audit log.
 */
export async function moveProjects(
  { db, events }: Platform,
  mover: Principal,
  { ids, status, reason }: StatusMove,
): Promise<StatusMoved> {
  return db.transaction(async (tx) => {
    const judged = await move(tx, mover, ids, status);
    const moved = new Map(judged.flatMap((row) => (row.reason === null ? [[row.id, row]] : [])));
    const rows = moved.size > 0 ? await createProjectReads(tx).getMany([...moved.keys()]) : [];
    // In one order by everybody, since each event is published under a lock on its project.
    for (const row of rows.toSorted((one, other) => one.id - other.id)) {
      const { status: previous_status, member_ids } = moved.get(row.id) as Judged;
      if (row.owner_id !== mover.user_id)
        await events.publish(tx, 'admin.acted', {
          actor_id: mover.user_id,
          action: 'project.status',
          target: `project:${row.id}`,
          detail: { from: previous_status, to: status, ...(reason !== undefined && { reason }) },
        });
      const project = toProject(row);
      await events.publish(tx, 'project.changed', { project, previous_status, actor_id: mover.user_id, member_ids });
    }
    const known = new Map(judged.map((row) => [row.id, row]));
    const asked = [...new Set(ids)];
    return {
      status,
      changed: asked.filter((id) => moved.has(id)),
      unchanged: asked
        .filter((id) => !moved.has(id))
        .map((id) => ({ id, reason: known.get(id)?.reason ?? 'not_found', status: known.get(id)?.status ?? null })),
    };
  });
}

/** Judges and moves in one statement. What the mover may not see is not among the answers. */
async function move(tx: Db, mover: Principal, ids: number[], status: ProjectStatus): Promise<Judged[]> {
  const before = sql`${sql.param(statesBefore(status))}::text[]`;
  const { rows } = await tx.execute<Judged & Record<string, unknown>>(sql`
    WITH judged AS MATERIALIZED (
      SELECT p.id, p.status, p.member_ids, p.expires_at,
        CASE
          WHEN NOT (${movableBy(mover)}) THEN 'not_owner'
          WHEN p.status = ${status} THEN 'same_status'
          WHEN p.status <> ALL (${before}) THEN 'illegal_transition'
          WHEN p.description !~ '\\S' THEN 'description_to_publish'
        END AS reason
      FROM projects.projects p
      WHERE p.id = ANY (${sql.param(ids)}::bigint[]) AND ${visibleTo(mover)}
      ORDER BY p.id FOR UPDATE
    ), moved AS (
      UPDATE projects.projects p
      SET status = ${status}, version = p.version + 1, updated_at = now(),
        expires_at = CASE WHEN ends.anew THEN now() + make_interval(days => ${OPEN_DAYS}) ELSE p.expires_at END,
        warned_at = CASE WHEN ends.anew THEN NULL ELSE p.warned_at END
      FROM judged j, LATERAL (SELECT ${status} = 'open' AND coalesce(j.expires_at <= now(), true) AS anew) ends
      WHERE p.id = j.id AND j.reason IS NULL
    )
    SELECT id, status, to_json(member_ids) AS member_ids, reason FROM judged`);
  return rows;
}
