/** SQL of sagas. Whoever works on one holds it for some seconds at a time, by the clock of the database. */
import { sql } from 'drizzle-orm';
import { isoTime } from '../database/columns.ts';
import type { Db } from '../database/database.ts';

/** Seconds after which a run that says nothing counts as dead. */
export const HELD_SECONDS = 10;

const SAGA_STATES = ['running', 'waiting', 'compensating', 'parked', 'completed', 'compensated', 'cancelled'] as const;
export type SagaState = (typeof SAGA_STATES)[number];
export type StepState = 'intended' | 'done' | 'refused' | 'undoing' | 'undone';

export interface StepRow {
  position: number;
  name: string;
  state: StepState;
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
  steps: StepRow[];
}

/** What a run writes of the saga when it goes on, all at once. */
export interface Advance {
  /** Of the step that it leaves. */
  step?: { position: number; state: StepState; result?: unknown; error?: string | null };
  /** The step at its new position, with the intent to do or undo it. */
  next?: { name: string; state: 'intended' | 'undoing' };
  state: SagaState;
  position: number;
  failures?: number;
  /** When it goes on, if not at once. */
  wake?: Date | { inMs: number };
  /** Why it failed last; left as it is unless given. */
  error?: string | null;
}

const columns = sql`s.id, s.name, s.key, s.input, s.state, s.is_undoing, s.is_cancelled, s.position, s.failures,
  s.wake_at, s.error, s.created_at, s.updated_at, s.ended_at,
  (SELECT p.name FROM platform.saga_steps p WHERE p.saga_id = s.id AND p.position = s.position) AS step`;
const steps = sql`(SELECT coalesce(json_agg(json_build_object(
    'position', t.position, 'name', t.name, 'state', t.state, 'attempts', t.attempts, 'result', t.result,
    'error', t.error, 'started_at', t.started_at, 'ended_at', t.ended_at) ORDER BY t.position), '[]')
  FROM platform.saga_steps t WHERE t.saga_id = s.id) AS steps`;

export function createSagaStore(db: Db) {
  return {
    /** With the intent to do its first step. @returns null when it is there already */
    async insert(saga: NewSaga): Promise<number | null> {
      const { rows } = await db.execute<{ id: number }>(sql`
        WITH started AS (
          INSERT INTO platform.sagas (name, key, input, state, wake_at)
          VALUES (${saga.name}, ${saga.key}, ${JSON.stringify(saga.input)}::jsonb, ${saga.wakeAt ? 'waiting' : 'running'},
            ${saga.wakeAt?.toISOString() ?? null}::timestamptz)
          ON CONFLICT (name, key) DO NOTHING RETURNING id
        ), intended AS (
          INSERT INTO platform.saga_steps (saga_id, position, name, state) SELECT id, 0, ${saga.first}, 'intended' FROM started
        ) SELECT id FROM started`);
      return rows[0]?.id ?? null;
    },

    /**
     * Takes a saga that is due and that nobody works on, and counts a try of its step.
     * @returns its state and steps as they were, null when there is nothing to do, or the milliseconds to wait
     */
    async claim(id: number, holder: string): Promise<SagaRow | number | null> {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(sql`
        WITH mine AS (
          UPDATE platform.sagas s
          SET holder = ${holder}, held_until = now() + make_interval(secs => ${HELD_SECONDS}), wake_at = NULL,
            state = CASE WHEN s.is_undoing THEN 'compensating' ELSE 'running' END
          WHERE s.id = ${id} AND s.state IN ('running', 'waiting', 'compensating')
            AND coalesce(s.held_until <= now(), true) AND coalesce(s.wake_at <= now(), true)
          RETURNING s.*
        ), tried AS (
          UPDATE platform.saga_steps t SET attempts = t.attempts + 1
          FROM mine WHERE t.saga_id = mine.id AND t.position = mine.position
        ) SELECT ${columns}, ${steps} FROM mine s`);
      if (rows[0]) return toSaga(rows[0]);
      const { rows: others } = await db.execute<{ wait_ms: number }>(sql`
        SELECT ceil(1000 * greatest(0.05, extract(epoch FROM coalesce(held_until - now(), '0')),
          extract(epoch FROM coalesce(wake_at - now(), '0'))))::float8 AS wait_ms
        FROM platform.sagas WHERE id = ${id} AND state IN ('running', 'waiting', 'compensating')`);
      return others[0]?.wait_ms ?? null;
    },

    /** @returns false when the saga is not this run's any more */
    async keepHold(id: number, holder: string): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        UPDATE platform.sagas SET held_until = now() + make_interval(secs => ${HELD_SECONDS})
        WHERE id = ${id} AND holder = ${holder} AND held_until > now()`);
      return rowCount === 1;
    },

    /** The outcome of one step and the intent of the next. Lets go of the saga unless it goes on at once. */
    async advance(id: number, holder: string, advance: Advance): Promise<boolean> {
      const { step, next, state, position, failures = 0, wake, error } = advance;
      const goesOn = next !== undefined && wake === undefined;
      const wakeAt =
        wake instanceof Date
          ? sql`${wake.toISOString()}::timestamptz`
          : wake
            ? sql`now() + ${wake.inMs}::float8 * interval '1 millisecond'`
            : sql`NULL`;
      const { rows } = await db.execute<{ is_ours: boolean }>(sql`
        SELECT platform.advance_saga(${id}, ${holder}, ${state}, ${position}, ${failures}, ${wakeAt},
          ${error === undefined}, ${error ?? null}, ${goesOn ? HELD_SECONDS : 0},
          ${step?.position ?? null}, ${step?.state ?? null},
          ${step?.result === undefined ? null : JSON.stringify(step.result)}, ${step?.error ?? null},
          ${next?.name ?? null}, ${next?.state ?? null}, ${goesOn ? 1 : 0}) AS is_ours`);
      return rows[0]?.is_ours === true;
    },
  };
}

/** What people and the other parts of the platform do with sagas. */
export function createSagaAdmin(db: Db) {
  return {
    /** Turns a saga back that waits at a step before this one. @returns its id, or null when there is none */
    async cancel(name: string, key: string, before: number): Promise<number | null> {
      const { rows } = await db.execute<{ id: number }>(sql`
        UPDATE platform.sagas SET state = 'compensating', is_undoing = true, is_cancelled = true, wake_at = NULL,
          failures = 0, updated_at = now()
        WHERE name = ${name} AND key = ${key} AND state = 'waiting' AND position < ${before} RETURNING id`);
      return rows[0]?.id ?? null;
    },

    /** Lets a parked saga go on in its direction, with all its tries. @returns its name, or null if it is not parked */
    async resume(id: number): Promise<string | null> {
      const { rows } = await db.execute<{ name: string }>(sql`
        UPDATE platform.sagas SET state = CASE WHEN is_undoing THEN 'compensating' ELSE 'running' END,
          failures = 0, wake_at = NULL, updated_at = now()
        WHERE id = ${id} AND state = 'parked' RETURNING name`);
      return rows[0]?.name ?? null;
    },

    async find(id: number): Promise<SagaRow | null> {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(
        sql`SELECT ${columns}, ${steps} FROM platform.sagas s WHERE s.id = ${id}`,
      );
      return rows[0] ? toSaga(rows[0]) : null;
    },

    async findByKey(name: string, key: string): Promise<SagaRow | null> {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(
        sql`SELECT ${columns}, ${steps} FROM platform.sagas s WHERE s.name = ${name} AND s.key = ${key}`,
      );
      return rows[0] ? toSaga(rows[0]) : null;
    },

    /** The latest first, without their steps. */
    async list(filter: { state?: SagaState | undefined; before?: number | undefined; limit: number }) {
      const { rows } = await db.execute<SagaRow & Record<string, unknown>>(sql`
        SELECT ${columns} FROM platform.sagas s
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
        FROM unnest(${sql.param(SAGA_STATES)}::text[]) AS w (state)`);
      return Object.fromEntries(rows.map(({ state, total }) => [state, total])) as Record<SagaState, number>;
    },

    /**
     * Sagas that are due for a minute and that no job is about: their job was given up, or somebody moved their time.
     * Nobody else takes them until the transaction ends.
     */
    async listForgotten(names: string[], limit: number): Promise<{ id: number; name: string }[]> {
      const { rows } = await db.execute<{ id: number; name: string }>(sql`
        SELECT s.id, s.name FROM platform.sagas s
        WHERE s.state IN ('running', 'waiting', 'compensating') AND s.name = ANY(${sql.param(names)}::text[])
          AND (s.wake_at < now() - interval '1 minute' OR s.wake_at IS NULL AND s.updated_at < now() - interval '1 minute')
          AND coalesce(s.held_until < now(), true)
          AND NOT EXISTS (
            SELECT FROM pgboss.job j
            WHERE j.name = split_part(s.name, '.', 1) || '/sagas' AND j.singleton_key = 'saga/' || s.id
              AND j.state < 'completed' AND j.start_after <= now() + interval '10 minutes')
        ORDER BY s.wake_at NULLS FIRST LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
      return rows;
    },

    /** Lets go of what ended 90 days ago. */
    async deleteOld(): Promise<void> {
      await db.execute(sql`DELETE FROM platform.sagas WHERE ended_at < now() - interval '90 days'`);
    },
  };
}

function toSaga(row: SagaRow): SagaRow {
  return {
    ...row,
    wake_at: isoTime(row.wake_at),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
    ended_at: isoTime(row.ended_at),
    steps: (row.steps ?? []).map((step) => ({
      ...step,
      started_at: isoTime(step.started_at),
      ended_at: isoTime(step.ended_at),
    })),
  };
}
