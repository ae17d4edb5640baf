/** People who browse without an account, and programs that do not, on one address with limits. */
import { fileURLToPath } from 'node:url';
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
    extend: (server) => mountWeb(server, { folder, isDemo: false, publicUrl: http.publicUrl }),
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
