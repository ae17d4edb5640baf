/** What members are told, in PostgreSQL: numbered for each of them without gaps, in the order of the commits. */
import { sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';

export type Entry = { user_id: number; position: number; type: string; data: unknown };

/** Where a stream goes on: after which entry; and whether what it missed is gone. */
export interface Beginning {
  after: number;
  isGap: boolean;
}

/** At most so many of a member's are read at once. */
export const BATCH = 200;

export function createEntryStore(db: Db) {
  return {
    /** From here on the transaction holds the heads of these members; it takes them in one order, as all do. */
    async append(userIds: number[], type: string, data: unknown): Promise<void> {
      await db.execute(sql`
        WITH heads AS (
          INSERT INTO platform.stream_heads AS h (user_id, last)
          SELECT id, 1 FROM unnest(${sql.param(userIds)}::bigint[]) AS id ORDER BY id
          ON CONFLICT (user_id) DO UPDATE SET last = h.last + 1
          RETURNING user_id, last
        )
        INSERT INTO platform.stream_entries (user_id, position, type, data)
        SELECT user_id, last, ${type}::text, ${JSON.stringify(data)}::jsonb FROM heads`);
    },

    /** @param after the last entry that the reader has; null for a reader who begins */
    async begin(userId: number, after: number | null): Promise<Beginning> {
      const { rows } = await db.execute<{ last: number; next: number | null }>(sql`
        SELECT h.last, (
          SELECT min(position) FROM platform.stream_entries e WHERE e.user_id = h.user_id AND position > ${after ?? 0}
        ) AS next
        FROM platform.stream_heads h WHERE h.user_id = ${userId}`);
      const last = rows[0]?.last ?? 0;
      if (after === null || after === last) return { after: last, isGap: false };
      const isGap = after > last || rows[0]?.next !== after + 1;
      return { after: isGap ? last : after, isGap };
    },

    /** For each member the entries that follow, in their order; the members may be many. */
    async readAfter(places: { user_id: number; after: number }[]): Promise<Entry[]> {
      const { rows } = await db.execute<Entry>(sql`
        SELECT e.user_id, e.position, e.type, e.data
        FROM unnest(
          ${sql.param(places.map(({ user_id }) => user_id))}::bigint[],
          ${sql.param(places.map(({ after }) => after))}::bigint[]
        ) AS place (user_id, after)
        CROSS JOIN LATERAL (
          SELECT * FROM platform.stream_entries s
          WHERE s.user_id = place.user_id AND s.position > place.after ORDER BY s.position LIMIT ${BATCH}
        ) e
        ORDER BY e.user_id, e.position`);
      return rows;
    },

    /** Those of these members whose last entry is beyond the given one. */
    async findNews(places: { user_id: number; after: number }[]): Promise<number[]> {
      const { rows } = await db.execute<{ user_id: number }>(sql`
        SELECT h.user_id FROM unnest(
          ${sql.param(places.map(({ user_id }) => user_id))}::bigint[],
          ${sql.param(places.map(({ after }) => after))}::bigint[]
        ) AS place (user_id, after)
        JOIN platform.stream_heads h ON h.user_id = place.user_id AND h.last > place.after`);
      return rows.map(({ user_id }) => user_id);
    },
  };
}
