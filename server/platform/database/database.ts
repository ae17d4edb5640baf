/** The database handle that stores are made from. A transaction is just another handle. */
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type pg from 'pg';

export type Db = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

/** What PostgreSQL ends a transaction with that stood in the way of others, and is to be done again. */
const IN_THE_WAY = ['40P01', '40001'];
const TRIES = 4;

/**
 * `transaction` does its work again when PostgreSQL chose it to end a deadlock: two that publish events about the same two
 * entities in opposite order, for one. So work leaves no trace of itself but in the transaction and in what it returns.
 */
export function createDatabase(pool: pg.Pool): Db {
  const db: Db = drizzle({ client: pool });
  // Drizzle by itself never gives a connection back whose BEGIN fails, as after a restart of the server.
  db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          return await drizzle({ client }).transaction(work, config);
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

/** SQLSTATE of a failed query, through Drizzle's wrapper; undefined when the error is not PostgreSQL's. */
export function sqlState(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code)) return cause.code;
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
