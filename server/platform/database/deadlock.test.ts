/** Two transactions that stand in each other's way: PostgreSQL ends one, and its work is done again. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defineModule } from '../module.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const listener = defineModule({
  name: 'listener',
  mount: () => ({ subscribers: { 'member.registered': async () => {} } }),
});

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ modules: [listener], work: false });
});
afterAll(() => app.close());

/** A point that so many have to reach before the first goes on. */
function meeting(of: number): () => Promise<void> {
  const all = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    here += 1;
    if (here === of) all.resolve();
    return all.promise;
  };
}

it('publishes events about two entities in opposite order, at once', async () => {
  const meet = meeting(2);
  let runs = 0;
  const publishBoth = (users: number[], name: string) =>
    app.db.transaction(async (tx) => {
      runs += 1;
      for (const [at, user_id] of users.entries()) {
        await app.platform.events.publish(tx, 'member.registered', { user_id, username: name, is_demo: false });
        if (at === 0) await meet();
      }
    });
  await Promise.all([publishBoth([1, 2], 'one'), publishBoth([2, 1], 'other')]);
  // Without a deadlock, this says nothing.
  expect(runs).toBe(3);
  const { rows } = await app.db.execute(sql`
    SELECT data->>'entity' AS entity, data->'payload'->>'username' AS by FROM pgboss.job
    WHERE name = 'listener/events' ORDER BY entity, by`);
  expect(rows).toEqual([
    { entity: 'user/1', by: 'one' },
    { entity: 'user/1', by: 'other' },
    { entity: 'user/2', by: 'one' },
    { entity: 'user/2', by: 'other' },
  ]);
});

it('gives up work that always stands in the way, with the reason', async () => {
  let runs = 0;
  const stuck = app.db.transaction(async (tx) => {
    runs += 1;
    await tx.execute(sql`DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$`);
  });
  await expect(stuck).rejects.toMatchObject({ cause: { code: '40001' } });
  expect(runs).toBe(4);
});
