/**
 * How much one member may write, counted in the database, so that it is the same however many processes there are: so
 * much at once, and so much a minute after that, by the generic cell rate algorithm (ITU-T I.371).
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Db } from '../../platform/database/database.ts';
import { tooMany } from '../../platform/http/limits.ts';

/** A queue that was written offline goes out at once. */
const BURST = 60;
const PER_MINUTE = 120;
/** Members who are remembered to have to wait, so that the database is not asked again by who goes on and on. */
const REFUSED = 10_000;

export interface WriteLimit {
  /** Counts one. @throws 429 with Retry-After when it is one too many, which then is not counted */
  take(userId: number): Promise<void>;
}

export const noWriteLimit: WriteLimit = { take: async () => undefined };

export function createWriteLimit(db: Db): WriteLimit {
  /** By the clock that never jumps. What others of theirs take meanwhile only makes the wait longer. */
  const refusedUntil = new LRUCache<number, number>({ max: REFUSED });

  return {
    async take(userId) {
      const known = (refusedUntil.get(userId) ?? 0) - performance.now();
      if (known > 0) throw tooMany(Math.ceil(known / 1000));
      const seconds = await takeShared(db, userId);
      if (seconds === null) return;
      refusedUntil.set(userId, performance.now() + seconds * 1000);
      throw tooMany(Math.ceil(seconds));
    },
  };
}

/** @returns null when it was counted, otherwise how many seconds there are to wait, more than 0 */
async function takeShared(db: Db, userId: number): Promise<number | null> {
  const each = sql`make_interval(secs => ${60 / PER_MINUTE})`;
  const all = sql`make_interval(secs => ${(60 / PER_MINUTE) * (BURST - 1)})`;
  const { rows } = await db.execute<{ is_taken: boolean; wait: number | null }>(sql`
    WITH taken AS (
      INSERT INTO conversations.writers AS w (user_id, drained_at) VALUES (${userId}, clock_timestamp() + ${each})
      ON CONFLICT (user_id) DO UPDATE SET drained_at = greatest(w.drained_at, clock_timestamp()) + ${each}
      WHERE w.drained_at <= clock_timestamp() + ${all} RETURNING 1)
    SELECT EXISTS (SELECT FROM taken) AS is_taken, (
      SELECT extract(epoch FROM drained_at - ${all} - clock_timestamp())::float8
      FROM conversations.writers WHERE user_id = ${userId}) AS wait`);
  const [row] = rows;
  if (row?.is_taken) return null;
  // Other messages of theirs may have taken what this statement did not see.
  return Math.max(row?.wait ?? 0, 0.001);
}
