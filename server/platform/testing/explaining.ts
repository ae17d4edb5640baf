import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';

/** A handle that hands over the plan of every statement, as JSON, before it runs it. */
export const explaining = (db: Db, onPlan: (plan: string) => void): Db =>
  ({
    execute: async (statement: SQL) => {
      const { rows } = await db.execute(sql`EXPLAIN (FORMAT JSON) ${statement}`);
      onPlan(JSON.stringify(rows));
      return db.execute(statement);
    },
  }) as unknown as Db;
