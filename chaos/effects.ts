/** The effects that scenarios count: a plain table without any constraint, so that what happens twice is there twice. */
import { sql } from 'drizzle-orm';
import { createDatabase, type Db } from '../server/platform/database/database.ts';
import { createPool } from '../server/platform/database/pool.ts';

/** Every 20th action is one that no handler can do. */
export const isPoison = (n: number) => n % 20 === 0;

export function openPool(databaseUrl: string) {
  const pool = createPool(databaseUrl, 'chaos', { kept: 0, burst: 10, queue: 1000 });
  return { db: createDatabase(pool), end: () => pool.end() };
}

export const createEffects = (db: Db) =>
  db.execute(sql`
    CREATE TABLE effects (
      place bigint GENERATED ALWAYS AS IDENTITY, n int NOT NULL, entity int, step int,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`);

export interface Effect extends Record<string, unknown> {
  n: number;
  times: number;
  /** Milliseconds. */
  at: number;
}

/** What happened, once for each action. */
export async function readEffects(db: Db): Promise<Effect[]> {
  const { rows } = await db.execute<Effect>(sql`
    SELECT n, count(*)::int AS times, (extract(epoch FROM min(at)) * 1000)::float8 AS at FROM effects GROUP BY n`);
  return rows;
}

/** Actions that are in the dead letters, with repetitions. */
export async function readGivenUp(db: Db, numberOf: string): Promise<number[]> {
  const { rows } = await db.execute<{ n: number }>(sql`
    SELECT (${sql.raw(numberOf)})::int AS n FROM pgboss.job WHERE name = 'dead-letters'`);
  return rows.map(({ n }) => n);
}

/** Whether no job of these queues waits or runs. */
export async function areDone(db: Db, queues: string[]): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT 1 FROM pgboss.job WHERE name = ANY(${sql.param(queues)}::text[]) AND state < 'completed' LIMIT 1`);
  return rows.length === 0;
}

/** Counts: poison belongs in the dead letters, everything else has its effect; each once. */
export function judge(acknowledged: ReadonlySet<number>, effects: Effect[], givenUp: number[]) {
  const done = new Map(effects.map(({ n, at }) => [n, at]));
  const dead = new Set(givenUp);
  const lost = [...acknowledged].filter((n) => !(isPoison(n) ? dead : done).has(n)).length;
  const repeated = effects.reduce((sum, { times }) => sum + times - 1, 0) + givenUp.length - dead.size;
  const uncaused = effects.filter(({ n }) => isPoison(n)).length + givenUp.filter((n) => !isPoison(n)).length;
  return { lost, duplicated: repeated + uncaused, effects: done };
}
