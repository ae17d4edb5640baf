/** The database handle that stores are made from. A transaction is just another handle. */
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type pg from 'pg';

export type Db = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

export function createDatabase(pool: pg.Pool): Db {
  const db: Db = drizzle({ client: pool });
  // Drizzle by itself never gives a connection back whose BEGIN fails, as after a restart of the server.
  db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      return await drizzle({ client }).transaction(work, config);
    } finally {
      client.release();
    }
  };
  return db;
}

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
