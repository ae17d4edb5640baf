/** The database handle that stores are made from. A transaction is just another handle. */
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type pg from 'pg';

export type Db = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

/** A handle for what only reads, and may be answered by a replica: there, what writes fails. */
export type Reader = Pick<Db, 'execute'>;

/** What PostgreSQL ends a transaction with that stood in the way of others, and is to be done again. */
const IN_THE_WAY = ['40P01', '40001'];
const TRIES = 4;

/**
 * `transaction` does its work again when PostgreSQL chose it to end a deadlock: two that publish events about the same two
 * entities in opposite order, for one. So work leaves no trace of itself but in the transaction and in what it returns.
 *
 * @param onWrite runs after each COMMIT of a transaction that wrote, on its connection; and after each statement outside of
 * a transaction that does not look like reading alone. A bare SELECT of a function that writes is not recognised.
 */
export function createDatabase(pool: pg.Pool, onWrite?: (client: Queryable) => Promise<void>): Db {
  const db: Db = drizzle({ client: onWrite ? watched(pool, onWrite) : pool });
  // Drizzle by itself never gives a connection back whose BEGIN fails, as after a restart of the server.
  db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          const todo: (() => void)[] = [];
          const { done, wrote } = await drizzle({ client }).transaction(async (tx) => {
            afterwards.set(tx._.session, todo);
            const done = await work(tx);
            return { done, wrote: onWrite !== undefined && (await hasWritten(tx)) };
          }, config);
          for (const act of todo) act();
          if (wrote) await onWrite?.(client);
          return done;
        } catch (error) {
          if (tries === TRIES || !IN_THE_WAY.includes(sqlState(error) ?? '')) throw error;
        }
      }
    } finally {
      client.release();
    }
  };
  return db;
}

/** By the session of a transaction: what is to be done once it has committed. */
const afterwards = new WeakMap<object, (() => void)[]>();

/**
 * Acts when the transaction has committed, before who began it goes on, and not at all if it is undone; at once outside
 * of a transaction.
 */
export function afterCommit(tx: Db, act: () => void): void {
  const todo = afterwards.get(tx._.session);
  if (todo) todo.push(act);
  else act();
}

/** A transaction is given a number by its first write. */
async function hasWritten(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(sql`SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote`);
  return rows[0]?.wrote === true;
}

/**
 * Runs a statement under a name by which each connection plans it once: for the few that are run so often that planning
 * them costs more than they do. A name always has the same text.
 */
export const runPrepared = <Row>(
  db: Db,
  { name, text }: { name: string; text: string },
  values: unknown[],
): Promise<{ rows: Row[]; rowCount: number | null }> =>
  db._.session
    .prepareQuery<{ execute: { rows: Row[]; rowCount: number | null }; all: unknown; values: unknown }>(
      { sql: text, params: values },
      undefined,
      name,
      false,
    )
    .execute();

export type Queryable = Pick<pg.Pool, 'query'>;

const WRITING = /\b(insert|update|delete|merge|truncate)\b/i;

function watched(pool: pg.Pool, onWrite: (client: Queryable) => Promise<void>): pg.Pool {
  const query = async (question: pg.QueryConfig, values?: unknown[]) => {
    const result = await pool.query(question, values);
    if (result.command !== 'SELECT' || WRITING.test(question.text)) await onWrite(pool);
    return result;
  };
  return clientOf(query);
}

/** A client for Drizzle that asks by `query`. Drizzle sends a configuration and its values, and takes nothing but a promise. */
export function clientOf(query: (question: pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>): pg.Pool {
  return { query } as unknown as pg.Pool;
}

/** EPIPE, which is the system's, has no digit. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** SQLSTATE of a failed query, through Drizzle's wrapper; undefined when the error is not PostgreSQL's. */
export function sqlState(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && SQLSTATE.test(cause.code)) return cause.code;
  }
  return undefined;
}

/** Name of the constraint that a failed query violated, if it did. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint' in cause && typeof cause.constraint === 'string') return cause.constraint;
  }
  return undefined;
}
