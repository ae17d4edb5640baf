/** Events of one entity arrive in the order in which their transactions wrote them, whoever delivers, whatever fails. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testConfig } from '../config/test-config.ts';
import type { Db } from '../database/database.ts';
import { defineModule } from '../module.ts';
import { createService, type Service } from '../service.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const troubles = new Set<string>();

/** Notes what arrives; what is in `troubles` fails once, what is called poison always. */
const listener = defineModule({
  name: 'listener',
  mount: () => ({
    subscribers: {
      'member.registered': (tx, { user_id, username }) => note(tx, user_id, username),
      'member.changed': (tx, { user_id, username }) => note(tx, user_id, username),
    },
  }),
});

async function note(tx: Db, user: number, what: string) {
  await tx.execute(sql`INSERT INTO arrived (user_id, what) VALUES (${user}, ${what})`);
  if (what.startsWith('poison') || troubles.delete(`${user} ${what}`)) throw new Error(`${what} fails`);
}

let app: TestApp;
const workers: Service[] = [];
beforeAll(async () => {
  app = await startTestApp({ modules: [listener], work: false });
  await app.db.execute(sql`CREATE TABLE written (user_id bigint PRIMARY KEY, n int NOT NULL)`);
  await app.db.execute(
    sql`CREATE TABLE arrived (place bigint GENERATED ALWAYS AS IDENTITY, user_id bigint, what text)`,
  );
});
beforeEach(async () => {
  troubles.clear();
  await app.db.execute(sql`TRUNCATE arrived, written`);
  await stopWorkers();
});
afterAll(async () => {
  await stopWorkers();
  await app.close();
});

async function startWorker() {
  const poolLimits = { kept: 0, burst: 10, queue: 100 };
  workers.push(
    await createService({ config: testConfig(), databaseUrl: app.databaseUrl, modules: [listener], poolLimits }),
  );
}
const stopWorkers = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));

const publish = (tx: Db, user_id: number, username: string) =>
  app.platform.events.publish(tx, 'member.registered', { user_id, username, is_demo: false });
const publishChange = (tx: Db, user_id: number, username: string, version: number) =>
  app.platform.events.publish(tx, 'member.changed', {
    user_id,
    username,
    version,
    role: 'student',
    is_active: true,
    is_verified: false,
    is_demo: false,
    badge: null,
  });

/** What has arrived and was not undone, by user, in order. */
async function arrivals(user: number) {
  const { rows } = await app.db.execute<{ what: string }>(
    sql`SELECT what FROM arrived WHERE user_id = ${user} ORDER BY place`,
  );
  return rows.map(({ what }) => what);
}
const until = <T>(read: () => T) => expect.poll(read, { timeout: 25_000, interval: 50 });

it('within one transaction', async () => {
  const names = Array.from({ length: 25 }, (_, n) => `step-${n}`);
  await app.db.transaction(async (tx) => {
    for (const [n, name] of names.entries()) {
      await (n % 2 === 0 ? publish(tx, 1, name) : publishChange(tx, 1, name, n));
    }
  });
  await startWorker();
  await until(() => arrivals(1)).toEqual(names);
});

it('also when a transaction that began first writes last', async () => {
  await app.db.transaction(async (slow) => {
    await slow.execute(sql`SELECT now()`);
    await app.db.transaction((quick) => publish(quick, 2, 'first'));
    await publish(slow, 2, 'second');
  });
  await startWorker();
  await until(() => arrivals(2)).toEqual(['first', 'second']);
});

it('from many writers to two processes, with failures in between', { timeout: 60_000 }, async () => {
  const users = [11, 12, 13];
  const each = 25;
  for (const user of users) {
    await app.db.execute(sql`INSERT INTO written VALUES (${user}, 0)`);
    troubles.add(`${user} n3`);
    troubles.add(`${user} n17`);
  }
  await Promise.all([startWorker(), startWorker()]);
  await Promise.all(
    users.flatMap((user) =>
      Array.from({ length: each }, () =>
        app.db.transaction(async (tx) => {
          const { rows } = await tx.execute<{ n: number }>(
            sql`UPDATE written SET n = n + 1 WHERE user_id = ${user} RETURNING n`,
          );
          const n = rows[0]?.n ?? 0;
          await (n % 3 === 0 ? publish(tx, user, `n${n}`) : publishChange(tx, user, `n${n}`, n));
        }),
      ),
    ),
  );
  const expected = Array.from({ length: each }, (_, n) => `n${n + 1}`);
  for (const user of users) await until(() => arrivals(user)).toEqual(expected);
  expect(troubles.size).toBe(0);
});

it('an event that is given up makes way for the next, and somebody is told', async () => {
  await app.db.transaction(async (tx) => {
    await publish(tx, 20, 'poison');
    await publish(tx, 20, 'after');
    // Its last try.
    await tx.execute(sql`UPDATE pgboss.job SET retry_limit = 0 WHERE data->'payload'->>'username' = 'poison'`);
  });
  await startWorker();
  await until(() => arrivals(20)).toEqual(['after']);
  const [letter] = await app.platform.jobs.deadLetters.list(app.db, { queue: 'listener/events', limit: 5 });
  expect(letter).toMatchObject({ error: 'poison fails', payload: { name: 'member.registered', entity: 'user/20' } });
  await until(async () => (await app.fetch('/metrics')).text()).toContain(
    'job_dead_letters{queue="listener/events"} 1',
  );
});

it('an event that nobody knows, or of an older version, is given up at once', async () => {
  const deliver = (name: string, payload: object, id: string) =>
    app.db.execute(sql`
      INSERT INTO pgboss.job (id, name, data, retry_limit, dead_letter, singleton_key)
      VALUES (${id}, 'listener/events', ${JSON.stringify({
        event_id: id,
        name,
        entity: 'user/30',
        published_at: new Date().toISOString(),
        payload,
      })}::jsonb, 20, 'dead-letters', 'user/30')`);
  await deliver('member.renamed', { user_id: 30 }, '00000000-0001-8000-a000-000000000001');
  await deliver('member.registered', { id: 30 }, '00000000-0001-8000-a000-000000000002');
  await startWorker();
  const errors = async () =>
    (await app.platform.jobs.deadLetters.list(app.db, { queue: 'listener/events', limit: 5 })).map(
      ({ error }) => error,
    );
  await until(errors).toEqual(
    expect.arrayContaining([
      'listener does not subscribe to member.renamed in this version.',
      expect.stringMatching(/^The payload is not of this version: Event member.registered: /),
    ]),
  );
});
