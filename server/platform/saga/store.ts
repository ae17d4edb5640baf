/** SQL of sagas. Whoever works on one holds it for some seconds at a time, by the clock of the database. */
import { sql } from 'drizzle-orm';
import { isoTime } from '../database/columns.ts';
import { type Db, runPrepared } from '../database/database.ts';

/** Seconds after which a run that says nothing counts as dead. */
export const HELD_SECONDS = 8;

export type SagaState = 'running' | 'waiting' | 'compensating' | 'parked' | 'completed' | 'compensated' | 'cancelled';

export interface StepRow {
  name: string;
  state: 'intended' | 'done' | 'refused' | 'undoing' | 'undone';
  attempts: number;
  result: unknown;
  error: string | null;
  started_at: string;
  ended_at: string | null;
}

export interface NewSaga {
  name: string;
  key: string;
  input: object;
  /** Its first step. */
  first: string;
  /** When that is over, if it is one that waits. */
  wakeAt: Date | null;
  traceparent: string | null;
}

export interface SagaRow {
  id: number;
  name: string;
  key: string;
  input: Record<string, unknown>;
  state: SagaState;
  is_undoing: boolean;
  is_cancelled: boolean;
  position: number;
  /** The name of the step at that position. */
  step: string;
  failures: number;
  wake_at: string | null;
  error: string | null;
  created_at: string;
  updated_at: string;
  ended_at: string | null;
  /** Those that were reached, by position; none in a list. */
  steps: StepRow[];
}

/** A saga that a run holds; this try of its step is counted. */
export type HeldSaga = Pick<SagaRow, 'id' | 'name' | 'input' | 'is_undoing' | 'is_cancelled' | 'position'> &
  Pick<SagaRow, 'failures' | 'steps'> & { holder: string; traceparent: string | null };

/** What a run writes of the saga when it goes on, all at once. */
export interface Advance {
  state: SagaState;
  position: number;
  steps: readonly StepRow[];
  failures?: number;
  /** When it goes on, if not at once. */
  wake?: Date | { inMs: number };
  /** Why it failed last; left as it is unless given. */
  error?: string | null;
}

/** A step that is going to be done: as it is written before it is. */
export const intended = (name: string): StepRow => ({
  name,
  state: 'intended',
  attempts: 0,
  result: null,
  error: null,
  started_at: new Date().toISOString(),
  ended_at: null,
});

const START = {
  name: 'start saga',
  text: `INSERT INTO platform.sagas (name, key, input, state, steps, due_at, traceparent)
    VALUES ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()), $7)
    ON CONFLICT (name, key) DO NOTHING RETURNING id`,
};
const ADVANCE = {
  name: 'advance saga',
  text: `UPDATE platform.sagas s SET state = $3::platform.saga_state, position = $4, failures = $5, steps = $6,
      error = CASE WHEN $7::boolean THEN s.error ELSE $8 END, updated_at = now(),
      is_undoing = CASE WHEN $3 = 'parked' THEN s.is_undoing ELSE $3 IN ('compensating', 'compensated', 'cancelled') END,
      ended_at = CASE WHEN $3 IN ('completed', 'compensated', 'cancelled') THEN now() END,
      holder = CASE WHEN $9::boolean THEN s.holder END, held_until = CASE WHEN $9 THEN s.held_until END,
      due_at = CASE WHEN $9 THEN s.due_at
        ELSE coalesce($10::timestamptz, now() + $11::float8 * interval '1 millisecond') END
    WHERE s.id = $1 AND s.holder = $2`,
};

export function createSagaStore(db: Db) {
  return {
    /** With the intent to do its first step. @returns null when it is there already */
    async insert({ name, key, input, first, wakeAt, traceparent }: NewSaga): Promise<number | null> {
      const state: SagaState = wakeAt ? 'waiting' : 'running';
      const steps = JSON.stringify([intended(first)]);
      const values = [name, key, JSON.stringify(input), state, steps, wakeAt?.toISOString() ?? null, traceparent];
      const { rows } = await runPrepared<{ id: number }>(db, START, values);
      return rows[0]?.id ?? null;
    },

    /** Takes sagas of these names, all of one module, that are due. */
    async claim(module: string, names: string[], holder: string, most: number): Promise<HeldSaga[]> {
      const { rows } = await db.execute<HeldSaga & Record<string, unknown>>(sql`
        SELECT id, name, input, is_undoing, is_cancelled, position, failures, steps, holder, traceparent
        FROM platform.claim_sagas(${module}, ${sql.param(names)}, ${holder}, ${held}, ${most})`);
      return rows;
    },

    /** @returns those that are still held by the runs that are named */
    async keepHold(sagas: readonly HeldSaga[]): Promise<Set<number>> {
      const { rows } = await db.execute<{ id: number }>(sql`
        UPDATE platform.sagas s SET held_until = now() + ${held} ${heldBy(sagas)} RETURNING s.id`);
      return new Set(rows.map(({ id }) => id));
    },

    /** Lets go of those whose step has not been tried; they are due in so many milliseconds. */
    async giveBack(sagas: readonly HeldSaga[], inMs: number): Promise<void> {
      await db.execute(sql`
        UPDATE platform.sagas s SET holder = NULL, held_until = NULL, due_at = ${later(inMs)},
          steps = jsonb_set(s.steps, ARRAY[s.position::text, 'attempts'],
            to_jsonb((s.steps -> s.position ->> 'attempts')::integer - 1))
        ${heldBy(sagas)}`);
    },

    /** Lets go of one whose run has failed; what it was about to write may have been written. */
    async letGo(saga: HeldSaga, inMs: number): Promise<void> {
      await db.execute(sql`
        UPDATE platform.sagas s SET holder = NULL, held_until = NULL, due_at = ${later(inMs)} ${heldBy([saga])}`);
    },

    /** @returns false when the saga is not this run's any more; it lets go of the saga unless it goes on at once */
    async advance({ id, holder }: HeldSaga, advance: Advance): Promise<boolean> {
      const { state, position, steps, failures = 0, wake, error } = advance;
      const due = wake instanceof Date ? [wake.toISOString(), null] : [null, wake?.inMs ?? null];
      const what = [state, position, failures, JSON.stringify(steps), error === undefined, error ?? null];
      const { rowCount } = await runPrepared(db, ADVANCE, [id, holder, ...what, isUnderWay(advance), ...due]);
      return rowCount === 1;
    },
  };
}

/** Whether a run goes on with it at once. */
export const isUnderWay = ({ state, wake }: Advance): boolean =>
  wake === undefined && (state === 'running' || state === 'compensating');

const held = sql.raw(`interval '${HELD_SECONDS} seconds'`);
const later = (inMs: number) => sql`now() + ${inMs}::float8 * interval '1 millisecond'`;
const heldBy = (sagas: readonly HeldSaga[]) => sql`
  FROM unnest(${sql.param(sagas.map(({ id }) => id))}::bigint[], ${sql.param(sagas.map(({ holder }) => holder))}::uuid[])
    AS run (id, holder)
  WHERE s.id = run.id AND s.holder = run.holder`;

const columns = sql`s.id, s.name, s.key, s.input, s.state, s.is_undoing, s.is_cancelled, s.position, s.failures, s.error,
  s.created_at, s.updated_at, s.ended_at, s.steps -> s.position ->> 'name' AS step,
  CASE WHEN s.holder IS NULL AND s.due_at > s.updated_at THEN s.due_at END AS wake_at`;

/** What people and the other parts of the platform do with sagas. */
export function createSagaAdmin(db: Db) {
  return {
    /** Turns a saga back that waits at a step before this one. @returns whether there was one */
    async cancel(name: string, key: string, before: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        UPDATE platform.sagas SET state = 'compensating', is_undoing = true, is_cancelled = true, due_at = now(),
          failures = 0, updated_at = now()
        WHERE name = ${name} AND key = ${key} AND state = 'waiting' AND position < ${before}`);
      return rowCount === 1;
    },

    /** Lets a parked saga go on in its direction, with all its tries. @returns its name, or null if it is not parked */
    async resume(id: number): Promise<string | null> {
      const { rows } = await db.execute<{ name: string }>(sql`
        UPDATE platform.sagas SET state = CASE WHEN is_undoing THEN 'compensating' ELSE 'running' END::platform.saga_state,
          failures = 0, due_at = now(), updated_at = now()
        WHERE id = ${id} AND state = 'parked' RETURNING name`);
      return rows[0]?.name ?? null;
    },

    async find(id: number): Promise<SagaRow | null> {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(
        sql`SELECT ${columns}, s.steps FROM platform.sagas s WHERE s.id = ${id}`,
      );
      return rows[0] ? toSaga(rows[0]) : null;
    },

    async findByKey(name: string, key: string): Promise<SagaRow | null> {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(
        sql`SELECT ${columns}, s.steps FROM platform.sagas s WHERE s.name = ${name} AND s.key = ${key}`,
      );
      return rows[0] ? toSaga(rows[0]) : null;
    },

    /** The latest first, without their steps. */
    async list(filter: { state?: SagaState | undefined; before?: number | undefined; limit: number }) {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(sql`
        SELECT ${columns}, '[]'::jsonb AS steps FROM platform.sagas s
        WHERE ${filter.state === undefined ? sql`true` : sql`s.state = ${filter.state}`}
          AND ${filter.before === undefined ? sql`true` : sql`s.id < ${filter.before}`}
        ORDER BY s.id DESC LIMIT ${filter.limit}`);
      return rows.map(toSaga);
    },

    /** By state, each exact up to 10,000. */
    async counts(): Promise<Record<SagaState, number>> {
      const { rows } = await db.execute<{ state: SagaState; total: number }>(sql`
        SELECT w.state, (SELECT count(*)::int FROM (
            SELECT FROM platform.sagas s WHERE s.state = w.state LIMIT 10000) counted) AS total
        FROM unnest(enum_range(NULL::platform.saga_state)) AS w (state)`);
      return Object.fromEntries(rows.map(({ state, total }) => [state, total])) as Record<SagaState, number>;
    },

    /** Lets go of what ended 90 days ago. */
    async deleteOld(): Promise<void> {
      await db.execute(sql`DELETE FROM platform.sagas WHERE ended_at < now() - interval '90 days'`);
    },
  };
}

const toSaga = (row: SagaRow): SagaRow => ({
  ...row,
  wake_at: isoTime(row.wake_at),
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
  ended_at: isoTime(row.ended_at),
});
