/** What was given up: kept for 90 days with all that is known of it, to be tried again or discarded by people. */
import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { isoTime } from '../database/columns.ts';
import type { Db } from '../database/database.ts';

export const DEAD_LETTERS = 'dead-letters';
export const DEAD_LETTERS_KEPT = 90 * 86_400;

export interface DeadLetter {
  id: string;
  queue: string;
  payload: Record<string, unknown>;
  /** What the last try failed with. */
  error: string;
  tries: number;
  enqueued_at: string;
  given_up_at: string;
  /** Of the trace that it belongs to, as in the log. */
  trace_id: string | null;
}

export interface DeadLetters {
  /** The latest first; `before` continues after the last one of a page. */
  list(
    db: Db,
    filter: { queue?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<DeadLetter[]>;
  find(db: Db, id: string): Promise<DeadLetter | null>;
  /** Exact up to 10,000. */
  count(db: Db, queue?: string): Promise<number>;
  /** Back into their queues as if they were new; by id or all of a queue, a thousand at most. @returns how many */
  redrive(tx: Db, which: { id: string } | { queue: string }): Promise<number>;
  /** @returns whether it was there */
  discard(tx: Db, id: string): Promise<boolean>;
}

interface Row extends Record<string, unknown> {
  id: string;
  queue: string;
  payload: Record<string, unknown> | null;
  output: { message?: string; value?: { message?: string } } | null;
  tries: number;
  enqueued_at: string;
  given_up_at: string;
}

const columns = sql`id, coalesce(source_name, 'unknown') AS queue, data AS payload, source_output AS output,
  coalesce(source_retry_count, 0) + 1 AS tries, coalesce(source_created_on, created_on) AS enqueued_at,
  created_on AS given_up_at`;
const dead = sql`name = ${DEAD_LETTERS} AND state < 'active'`;

export function createDeadLetters(boss: PgBoss): DeadLetters {
  return {
    async list(db, { queue, before, limit }) {
      const { rows } = await db.execute<Row>(sql`
        SELECT ${columns} FROM pgboss.job
        WHERE ${dead} ${queue === undefined ? sql`` : sql`AND source_name = ${queue}`}
          ${before === undefined ? sql`` : sql`AND (created_on, id) < (SELECT created_on, id FROM pgboss.job WHERE name = ${DEAD_LETTERS} AND id = ${before})`}
        ORDER BY created_on DESC, id DESC LIMIT ${limit}`);
      return rows.map(toDeadLetter);
    },
    async find(db, id) {
      const { rows } = await db.execute<Row>(sql`SELECT ${columns} FROM pgboss.job WHERE ${dead} AND id = ${id}`);
      return rows[0] ? toDeadLetter(rows[0]) : null;
    },
    async count(db, queue) {
      const { rows } = await db.execute<{ total: number }>(sql`
        SELECT count(*)::int AS total FROM (
          SELECT FROM pgboss.job WHERE ${dead} ${queue === undefined ? sql`` : sql`AND source_name = ${queue}`} LIMIT 10000
        ) letters`);
      return rows[0]?.total ?? 0;
    },
    redrive: (tx, which) =>
      boss.redrive(DEAD_LETTERS, {
        db: fromDrizzle(tx, sql),
        ...('id' in which ? { ids: [which.id] } : { sourceName: which.queue }),
      }),
    async discard(tx, id) {
      const { rowCount } = await tx.execute(sql`DELETE FROM pgboss.job WHERE ${dead} AND id = ${id}`);
      return rowCount === 1;
    },
  };
}

function toDeadLetter({ id, queue, payload, output, tries, enqueued_at, given_up_at }: Row): DeadLetter {
  const { traceparent, ...rest } = payload ?? {};
  return {
    id,
    queue,
    payload: rest,
    // pg-boss wraps what it writes itself, when a job takes too long or its worker is gone.
    error: output?.message ?? output?.value?.message ?? 'unknown',
    tries,
    enqueued_at: isoTime(enqueued_at),
    given_up_at: isoTime(given_up_at),
    trace_id: typeof traceparent === 'string' ? (traceparent.split('-')[1] ?? null) : null,
  };
}
