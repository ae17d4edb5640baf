/** What a server does that has too much to do: it turns away what is new, and in which order. */
import { defineRoutes } from '@collabthon/contracts/contract';
import { Shape } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testConfig } from '../config/test-config.ts';
import { defineModule, handleRoutes } from '../module.ts';
import { readStream, type StreamReader } from '../testing/stream-reader.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const answer = { access: 'public', summary: 'Answers', response: Shape({ done: Type.Boolean() }) } as const;
const routes = defineRoutes({
  'GET /plain': answer,
  'GET /locked': answer,
  'POST /enter': { ...answer, limit: 'sign_in', ignoresCredentials: true },
});
/** Any number that nobody else locks. */
const LOCK = 4711;
const done = async () => ({ done: true });
const sample = defineModule({
  name: 'sample',
  mount: ({ db }) => ({
    routes: handleRoutes(routes, {
      'GET /plain': done,
      'GET /locked': async () => {
        await db.execute(sql`SELECT pg_advisory_lock_shared(${LOCK}), pg_advisory_unlock_shared(${LOCK})`);
        return { done: true };
      },
      'POST /enter': done,
    }),
    calls: { 'accounts.resolveSession': async () => null },
  }),
});

const CONNECTIONS = 4;
const QUEUE = 8;
let app: TestApp;
let stream: StreamReader;
beforeAll(async () => {
  app = await startTestApp({
    modules: [sample],
    config: { http: { ...testConfig().http, sheds: true } },
    poolLimits: { kept: 0, burst: CONNECTIONS, queue: QUEUE },
  });
  const principal = { user_id: 1, username: 'ada', role: 'student', session_id: 7, is_verified: true } as const;
  stream = await readStream(app.url, { token: await app.platform.auth.issueAccessToken(principal) });
});
afterAll(async () => {
  stream.leave();
  await app.close();
});

const ask = (path: string, method = 'GET') => app.fetch(path, { method });
/** As `/metrics` says it, which would also ask the database. */
const shed = async (reason: string) => {
  const text = await app.platform.metrics.registry.getSingleMetricAsString('requests_shed_total');
  return Number(new RegExp(`^requests_shed_total{reason="${reason}"} (\\d+)$`, 'm').exec(text)?.[1]);
};

it('refuses what is new while many wait for the database; who signs in goes on, and probes are answered', async () => {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  const waiting = Array.from({ length: CONNECTIONS + QUEUE - 1 }, () => ask('/api/v1/locked'));

  await expect.poll(async () => (await ask('/api/v1/plain')).status).toBe(503);
  const refused = await ask('/api/v1/plain');
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ code: 'overloaded' });
  expect((await ask('/api/v1/enter', 'POST')).status).toBe(200);
  expect((await ask('/health/live')).status).toBe(200);
  expect(await shed('database')).toBeGreaterThanOrEqual(2);

  await client.end();
  // All that was let in is answered, and then everybody is let in again.
  expect((await Promise.all(waiting)).filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  await expect.poll(async () => (await ask('/api/v1/plain')).status).toBe(200);
});

it('refuses what is new while the event loop is late, and keeps streams', async () => {
  // As a handler that does not let go: a turn of the loop takes longer than anybody should wait.
  const busy = setInterval(() => {
    const end = performance.now() + 320;
    while (performance.now() < end);
  }, 1);
  try {
    await expect.poll(async () => (await ask('/api/v1/plain')).status, { timeout: 30_000 }).toBe(503);
    expect((await ask('/health/live')).status).toBe(200);
    expect(await shed('event_loop')).toBeGreaterThan(0);
  } finally {
    clearInterval(busy);
  }
  await expect.poll(async () => (await ask('/api/v1/plain')).status, { timeout: 30_000 }).toBe(200);

  await app.db.transaction((tx) =>
    app.platform.realtime.send(tx, [1], 'collaboration.changed', { collaboration_id: 5, project_id: null }),
  );
  await expect.poll(() => stream.said.map(({ type }) => type)).toContain('collaboration.changed');
}, 60_000);
