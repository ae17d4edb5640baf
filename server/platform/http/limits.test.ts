/** Limits as callers meet them, on a running service with a module made for the purpose. */
import { randomUUID } from 'node:crypto';
import { defineRoutes } from '@collabthon/contracts/contract';
import { Shape } from '@collabthon/contracts/shapes';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testConfig } from '../config/test-config.ts';
import { defineModule, handleRoutes } from '../module.ts';
import { createService } from '../service.ts';
import { startRedisServer } from '../testing/redis-server.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { TEST_POOL } from '../testing/test-database.ts';
import { networkOf } from './address.ts';
import { createPasses } from './visitor-pass.ts';

const answer = { access: 'public', summary: 'Answers', response: Shape({ who: Type.String() }) } as const;
const routes = defineRoutes({
  'GET /plain': answer,
  'GET /listed': { ...answer, limit: 'list' },
  'GET /sought': { ...answer, limit: 'search' },
  'GET /person': { ...answer, limit: 'person' },
  'POST /enter': { ...answer, limit: 'sign_in', ignoresCredentials: true },
});
const sample = defineModule({
  name: 'sample',
  mount: () => {
    const handle = async ({ principal }: { principal: { username: string } | null }) => ({
      who: principal?.username ?? 'nobody',
    });
    return {
      routes: handleRoutes(routes, {
        'GET /plain': handle,
        'GET /listed': handle,
        'GET /sought': handle,
        'GET /person': handle,
        'POST /enter': handle,
      }),
      calls: { 'accounts.resolveSession': async () => null },
    };
  },
});

const config = testConfig();
let app: TestApp;
let last = 0;
beforeAll(async () => {
  app = await startTestApp({
    modules: [sample],
    config: { secrets: config.secrets, http: { ...config.http, rateLimits: true, trustedProxyHops: 1 } },
    extend: async (server) => {
      server.get('/page', async (request, reply) => ({ pass: await server.limits?.welcome(request, reply) }));
    },
  });
});
afterAll(() => app.close());

/** An address that nobody has come from yet. */
const fresh = () => {
  last += 1;
  return `198.51.100.${last}`;
};
const from = (address: string, more: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...more });
const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  app.fetch(path === '/page' ? path : `/api/v1${path}`, { method, headers });
const storm = async (path: string, times: number, headers: () => Record<string, string>, method = 'GET') => {
  const answers = await Promise.all(Array.from({ length: times }, () => ask(path, headers(), method)));
  return answers.filter(({ status }) => status === 200).length;
};
const bearer = async (user_id: number) => ({
  authorization: `Bearer ${await app.platform.auth.issueAccessToken({
    user_id,
    username: `user_${user_id}`,
    role: 'student',
    session_id: user_id,
    is_verified: true,
  })}`,
});
/** A limit a minute, and what drained since `begun`. */
const fits = (limit: number, begun: number) => ({
  asymmetricMatch: (n: number) => n >= limit && n <= limit * (1 + (performance.now() - begun) / 60_000) + 1,
});
let begun = 0;
beforeEach(() => {
  begun = performance.now();
});

describe('an answer', () => {
  it('says what is left', async () => {
    const address = fresh();
    const first = await ask('/listed', from(address));
    expect(first.headers.get('ratelimit-policy')).toBe('"lists";q=100;w=60, "requests";q=600;w=60');
    expect(first.headers.get('ratelimit')).toBe('"lists";r=99;t=1, "requests";r=599;t=1');
    expect(first.headers.get('retry-after')).toBeNull();
    await ask('/sought', from(address));
    expect((await ask('/plain', from(address))).headers.get('ratelimit')).toMatch(/^"requests";r=59\d;t=1$/);
  });

  it('says what to do when it is too much, and keeps its word', async () => {
    const address = fresh();
    expect(await storm('/person', 10, () => from(address))).toBe(10);
    let refused = await ask('/person', from(address));
    while (refused.status === 200) refused = await ask('/person', from(address));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(refused.headers.get('ratelimit')).toMatch(/^"people";r=0;t=\d+, /);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(6);
    expect(await refused.json()).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      params: { seconds },
      detail: `That was too much at once. Try again in ${seconds} s.`,
    });
    // What is refused is not counted, and holds nothing else up.
    expect((await ask('/listed', from(address))).status).toBe(200);
  });
});

describe('who counts', () => {
  it('is the address for who is not signed in, and the account for who is', async () => {
    const address = fresh();
    expect(await storm('/listed', 130, () => from(address))).toEqual(fits(100, begun));
    const [ada, grace] = [await bearer(1), await bearer(2)];
    expect(await storm('/listed', 130, () => from(address, ada))).toEqual(fits(100, begun));
    expect((await storm('/listed', 130, () => from(fresh(), ada))) + 100).toEqual(fits(100, begun));
    expect(await storm('/listed', 50, () => from(address, grace))).toBe(50);
  });

  it('is one subscriber for all of their IPv6 addresses', async () => {
    const host = () => from(`2001:db8:7:1::${Math.ceil(Math.random() * 60_000).toString(16)}`);
    expect(await storm('/person', 30, host)).toEqual(fits(10, begun));
    expect((await ask('/person', from('2001:db8:7:2::1'))).status).toBe(200);
  });

  it('is not chosen by what a client says of itself', async () => {
    const address = fresh();
    const forged = createPasses(testConfig()).make();
    const lies = [
      () => from(`203.0.113.${Math.ceil(Math.random() * 250)}, ${address}`),
      () => from(address, { cookie: `visitor=${forged}` }),
      () => from(address, { cookie: `visitor=${randomUUID()}` }),
      () => from(address, { authorization: 'Bearer stale' }),
    ];
    let admitted = 0;
    for (const lie of lies) admitted += await storm('/person', 20, lie);
    expect(admitted).toEqual(fits(10, begun));
    expect((await ask('/person', from(fresh(), { authorization: 'Bearer stale' }))).status).toBe(401);
  });

  it('is the browser that has been on a page, within what its address may see of people', async () => {
    const address = fresh();
    const arrive = async () => {
      const page = await ask('/page', from(address));
      expect(page.headers.get('set-cookie')).toMatch(/^visitor=[^;]+; .*HttpOnly; SameSite=Lax/);
      return from(address, { cookie: ((await page.json()) as { pass: string }).pass });
    };
    const [one, other] = [await arrive(), await arrive()];
    expect(await storm('/person', 80, () => one)).toEqual(fits(60, begun));
    expect(await storm('/person', 40, () => other)).toBe(40);
    // It already has one, and those beside it without one are held as before.
    expect((await ask('/page', one)).headers.get('set-cookie')).toBeNull();
    expect(await storm('/person', 30, () => from(address))).toEqual(fits(10, begun));
    const many = await Promise.all(Array.from({ length: 8 }, arrive));
    const more = await Promise.all(many.map((headers) => storm('/person', 40, () => headers)));
    const passed = 60 + 40 + more.reduce((sum, n) => sum + n, 0);
    expect(passed).toBeLessThanOrEqual(240 * (1 + (performance.now() - begun) / 60_000) + 1);
    expect(passed).toBeGreaterThan(200);
  });
});

it('counts what costs more as more, and signing in not at all by account or address', async () => {
  const address = fresh();
  expect(await storm('/sought', 150, () => from(address))).toEqual(fits(120, begun));
  expect(await storm('/enter', 50, () => from(address), 'POST')).toBe(50);
});

it('has figures', async () => {
  await storm('/person', 12, () => from('198.51.100.250'));
  const figures = await (await app.fetch('/metrics')).text();
  for (const outcome of ['admitted', 'refused'])
    expect(figures).toMatch(new RegExp(`^rate_limit_decisions_total{class="person",outcome="${outcome}"} \\d+$`, 'm'));
});

it('counts the same in every process on a Redis', async () => {
  const redis = await startRedisServer();
  const http = { ...config.http, rateLimits: true, trustedProxyHops: 1 };
  const one = await startTestApp({
    modules: [sample],
    config: { secrets: config.secrets, redis: { url: redis.url }, http },
  });
  const other = await createService({
    config: one.platform.config,
    databaseUrl: one.databaseUrl,
    modules: [sample],
    poolLimits: TEST_POOL,
    work: false,
  });
  try {
    const urls = [one.url, await other.listen()];
    const address = fresh();
    const ask = (n: number) => fetch(`${urls[n % 2]}/api/v1/person`, { headers: from(address) });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n)));
    expect(answers.filter(({ status }) => status === 200).length).toEqual(fits(10, begun));
  } finally {
    await other.stop();
    await one.close();
    await redis.close();
  }
}, 60_000);

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s belongs to %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
