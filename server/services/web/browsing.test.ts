/** People who browse without an account, and programs that do not, on one address with limits. */
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { mountWeb } from './pages.ts';

const folder = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

let app: TestApp;
let person: string;
beforeAll(async () => {
  const { http } = testConfig();
  app = await startTestApp({
    config: { http: { ...http, rateLimits: true, trustedProxyHops: 1 } },
    extend: (server, platform) => mountWeb(server, { folder, platform }),
  });
  const member = await app.member();
  const names = { first_name: 'Ada', last_name: 'Byron', college: 'Tide', major: 'Looms', year: 2 };
  const { status } = await app.request('POST /users/me/profile', {
    as: member,
    body: { ...names, visibility: 'public' },
  });
  expect(status).toBe(201);
  person = String(member.id);
}, 60_000);
afterAll(() => app.close());

const CAMPUS = { 'x-forwarded-for': '198.51.100.9' };
const profile = (headers: Record<string, string> = {}) =>
  app.fetch(`/api/v1/users/${person}/profile`, { headers: { ...CAMPUS, ...headers } });
const page = (headers: Record<string, string> = {}) =>
  app.fetch(`/people/${person}`, { headers: { ...CAMPUS, accept: 'text/html', ...headers } });
const passOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('visitor='))
    ?.split(';')[0] ?? '';

it('a program is held to 10 profiles, and people at its address see as many as they like', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => profile()));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(15);

  // Twenty people come by links, each to a page with a profile on it.
  for (let n = 0; n < 20; n += 1) expect(await (await page()).text()).toContain('Byron');

  // One of them opens thirty more, half of them in tabs of their own, faster than anybody reads.
  const cookie = passOf(await page());
  expect(cookie).not.toBe('');
  for (let n = 0; n < 15; n += 1) {
    const tab = await page({ cookie });
    expect(await tab.text()).toContain('Byron');
    expect(passOf(tab)).toBe('');
    expect((await profile({ cookie })).status).toBe(200);
  }
}, 60_000);

it('a page whose limit is reached says so, when to go on, and in which language one reads', async () => {
  const cookie = passOf(await page());
  const readAfterLimit = async () => {
    for (let status = 200; status === 200; ) ({ status } = await profile({ cookie }));
    return (await page({ cookie, 'accept-language': 'es' })).text();
  };
  await expect
    .poll(readAfterLimit, { timeout: 50_000 })
    .toMatch(/Demasiado a la vez. Inténtalo otra vez en \d+ segundos?/);
}, 60_000);

it('a page comes unrendered while there is too much to do', async () => {
  const [lock, connections, queue] = [4712, 2, 4];
  const { http } = testConfig();
  const busy = await startTestApp({
    modules: [],
    config: { http: { ...http, sheds: true } },
    poolLimits: { kept: 0, burst: connections, queue },
    extend: (server, platform) => mountWeb(server, { folder, platform }),
  });
  const look = () => busy.fetch('/sign-up', { headers: { accept: 'text/html' } });
  const client = new pg.Client({ connectionString: busy.databaseUrl });
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [lock]);
  const waiting = Promise.all(
    Array.from({ length: connections + queue }, () =>
      busy.db.execute(sql`SELECT pg_advisory_lock_shared(${lock}), pg_advisory_unlock_shared(${lock})`),
    ),
  );
  const answer = await look().finally(() => client.end());
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  const text = await answer.text();
  expect(text).toContain('<div id="root"></div>');
  expect(text).toContain('"data":null');
  await waiting;
  await expect.poll(async () => (await look()).status, { timeout: 30_000 }).toBe(200);
  await busy.close();
}, 60_000);
