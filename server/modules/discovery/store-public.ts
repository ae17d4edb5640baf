/** What anybody may see, by rising id, read from an index alone. */
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';
import { visibleProfiles, visibleProjects } from './policy.ts';
import { sources } from './sources.ts';

export interface PublicEntry {
  id: number;
  updated_at: string;
}

/** The statement for up to `limit` entries after an id; a test reads its plan. */
export function publicStatement(kind: Kind, afterId: number, limit: number): SQL {
  const { table, key } = sources[kind];
  // Written as the predicates of the indexes are, so that PostgreSQL sees that they fit.
  const isPublic =
    kind === 'project'
      ? sql`${visibleProjects(null)} AND d.status NOT IN ('draft', 'cancelled')`
      : visibleProfiles(null);
  return sql`
    SELECT d.${key} AS id, d.updated_at FROM ${table} d
    WHERE d.${key} > ${afterId} AND ${isPublic} ORDER BY d.${key} LIMIT ${limit}`;
}

/** @returns entries by rising id, of projects or of people by their user's id */
export async function listPublic(db: Db, kind: Kind, afterId: number, limit: number): Promise<PublicEntry[]> {
  const { rows } = await db.execute<{ id: number; updated_at: string }>(publicStatement(kind, afterId, limit));
  return rows.map(({ id, updated_at }) => ({ id, updated_at: isoTime(updated_at) }));
}
