/** The loading of the demo in steps that are taken once: what a step made is kept, so that a cut-off load continues. */
import { sql } from 'drizzle-orm';
import type { Db } from '../platform/database/database.ts';
import type { Platform } from '../platform/module.ts';

/** Any number; whoever loads a demo into this database holds it. */
const LOCK = 7_306_417;

export interface Steps {
  isDone(name: string): Promise<boolean>;
  /** Does the work in one transaction with the note that it is done; if it was done before, answers what it made then. */
  once<T>(name: string, work: (platform: Platform) => Promise<T>): Promise<T>;
  /** For work that commits by itself: it has to be safe to repeat, since a crash before the note repeats it. */
  repeatable(name: string, work: () => Promise<void>): Promise<void>;
}

export async function openSteps(platform: Platform): Promise<Steps> {
  const { db } = platform;
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    await tx.execute(sql`CREATE SCHEMA IF NOT EXISTS demo`);
    await tx.execute(sql`
      CREATE TABLE IF NOT EXISTS demo.steps (
        name text PRIMARY KEY, made jsonb NOT NULL, done_at timestamptz NOT NULL DEFAULT clock_timestamp())`);
  });

  const find = async <T>(on: Db, name: string): Promise<{ made: T } | undefined> => {
    const { rows } = await on.execute<{ made: T }>(sql`SELECT made FROM demo.steps WHERE name = ${name}`);
    return rows[0];
  };
  const note = (on: Db, name: string, made: unknown) =>
    on.execute(sql`
      INSERT INTO demo.steps (name, made) VALUES (${name}, ${JSON.stringify(made ?? null)}::jsonb) ON CONFLICT DO NOTHING`);

  return {
    isDone: async (name) => (await find(db, name)) !== undefined,

    once: <T>(name: string, work: (platform: Platform) => Promise<T>) =>
      db.transaction(async (tx): Promise<T> => {
        await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
        const done = await find<T>(tx, name);
        if (done) return done.made;
        const made = await work({ ...platform, db: tx });
        await note(tx, name, made);
        return made;
      }),

    async repeatable(name, work) {
      if (await find(db, name)) return;
      await work();
      await note(db, name, null);
    },
  };
}
