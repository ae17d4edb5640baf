/** The HTTP rules that every route follows, on a running service with a module made for the purpose. */

import { connect } from 'node:net';
import { defineRoutes } from '@collabthon/contracts/contract';
import { IdParams, Shape, text } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../auth/auth.ts';
import { hashSessionToken } from '../auth/session-cookie.ts';
import { testConfig } from '../config/test-config.ts';
import { defineModule, handleRoutes } from '../module.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const ada: Principal = { user_id: 1, username: 'ada', role: 'student', session_id: 7, is_verified: true };
const grace: Principal = { ...ada, user_id: 2, username: 'grace', role: 'admin', session_id: 8 };
const COOKIE = 'browser-of-ada';

const routes = defineRoutes({
  'GET /open': { summary: 'Anybody', access: 'public', response: Shape({ who: Type.String() }) },
  'GET /mine': { summary: 'Members', access: 'member', response: Shape({ who: Type.String() }) },
  'GET /ours': { summary: 'Admins', access: 'admin', response: Shape({ who: Type.String() }) },
  'GET /things/{id}': { summary: 'An id', access: 'public', params: IdParams, response: Shape({ id: Type.Integer() }) },
  'GET /old': {
    summary: 'Old clients',
    access: 'public',
    ignoresUnknownQuery: true,
    response: Shape({ who: Type.String() }),
  },
  'POST /things': {
    summary: 'A body',
    access: 'member',
    body: Shape({ name: text(10, 1), size: Type.Integer({ minimum: 1 }) }),
    response: Shape({ name: Type.String() }),
    status: 201,
  },
  'POST /sign-in': {
    summary: 'Old credentials do not matter',
    access: 'public',
    ignoresCredentials: true,
    status: 204,
  },
  'PUT /done': { summary: 'No body either way', access: 'member', status: 204 },
  'GET /slow': { summary: 'Waits to be let go', access: 'public', response: Shape({ who: Type.String() }) },
  'GET /counted': { summary: 'Asks the database', access: 'public', response: Shape({ who: Type.String() }) },
  'GET /broken': { summary: 'A mistake of ours', access: 'public', response: Shape({ who: Type.String() }) },
});

let arrived = Promise.withResolvers<void>();
let letGo = Promise.withResolvers<void>();

const sample = defineModule({
  name: 'sample',
  mount: ({ db }) => ({
    routes: handleRoutes(routes, {
      'GET /open': async ({ principal }) => ({ who: principal?.username ?? 'nobody' }),
      'GET /mine': async ({ principal }) => ({ who: principal.username }),
      'GET /ours': async ({ principal }) => ({ who: principal.username }),
      'GET /things/{id}': async ({ params }) => ({ id: params.id }),
      'GET /old': async () => ({ who: 'old' }),
      'POST /things': async ({ body }) => ({ name: body.name, secret: 'not in the contract' }),
      'POST /sign-in': async () => undefined,
      'PUT /done': async () => undefined,
      'GET /slow': async () => {
        arrived.resolve();
        await letGo.promise;
        return { who: 'slow' };
      },
      'GET /counted': async () => {
        await db.execute(sql`SELECT 1`);
        return { who: 'counted' };
      },
      'GET /broken': async () => {
        throw new Error('SELECT secret FROM nowhere');
      },
    }),
    calls: {
      'accounts.resolveSession': async ({ token_hash }) => (token_hash === hashSessionToken(COOKIE) ? ada : null),
    },
  }),
});

const start = (http: Partial<ReturnType<typeof testConfig>['http']> = {}) =>
  startTestApp({ modules: [sample], config: { http: { ...testConfig().http, ...http } } });

let app: TestApp;
beforeAll(async () => {
  app = await start({ corsOrigins: ['https://partner.example'] });
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) => app.fetch(`/api/v1${path}`, { headers });
const bearer = async (principal: Principal) => ({
  authorization: `Bearer ${await app.platform.auth.issueAccessToken(principal)}`,
});
const post = async (body: string, headers: Record<string, string> = {}) =>
  app.fetch('/api/v1/things', {
    method: 'POST',
    body,
    headers: { ...(await bearer(ada)), 'content-type': 'application/json', ...headers },
  });
const problemOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>;

describe('health', () => {
  it.each(['/health', '/health/live', '/health/ready', '/api/v1/health'])('%s answers', async (path) => {
    const answer = await app.fetch(path);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('status');
  });
});

describe('access', () => {
  it('lets anybody into what says that it is public', async () => {
    expect(await problemOf(await get('/open'))).toEqual({ who: 'nobody' });
  });
  it('asks nobody to sign in', async () => {
    const answer = await get('/mine');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
  it('knows the holder of a token', async () => {
    expect(await problemOf(await get('/mine', await bearer(ada)))).toEqual({ who: 'ada' });
  });
  it('refuses a role that is too small', async () => {
    expect((await get('/ours', await bearer(ada))).status).toBe(403);
    expect((await get('/ours', await bearer(grace))).status).toBe(200);
  });
  it('refuses a token that was tampered with, also where nobody needs one', async () => {
    const { authorization } = await bearer(ada);
    const [head, payload = '', signature] = authorization.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), role: 'admin' };
    const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    expect((await get('/open', { authorization: forged })).status).toBe(401);
  });
  it('minds no stale token where one comes to sign in', async () => {
    const answer = await app.fetch('/api/v1/sign-in', { method: 'POST', headers: { authorization: 'Bearer stale' } });
    expect(answer.status).toBe(204);
  });
  it('refuses a token without a signature', async () => {
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from('{"sub":"1","role":"admin","sid":1,"exp":9999999999,"iss":"collabthon","aud":"collabthon"}').toString('base64url')}.`;
    expect((await get('/mine', { authorization: `Bearer ${unsigned}` })).status).toBe(401);
  });
  it('ends with the session, at once', async () => {
    const headers = await bearer({ ...ada, session_id: 99 });
    expect((await get('/mine', headers)).status).toBe(200);
    await app.db.transaction((tx) => app.platform.auth.revocations.add(tx, [99]));
    await expect.poll(async () => (await get('/mine', headers)).status).toBe(401);
  });
});

describe('a browser', () => {
  const cookie = { cookie: `session=${COOKIE}` };
  const put = (headers: Record<string, string>) =>
    app.fetch('/api/v1/done', { method: 'PUT', headers: { ...cookie, ...headers } });

  it('is known by its cookie', async () => {
    expect(await problemOf(await get('/mine', cookie))).toEqual({ who: 'ada' });
  });
  it('with a cookie that no longer counts is nobody', async () => {
    expect(await problemOf(await get('/open', { cookie: 'session=stale' }))).toEqual({ who: 'nobody' });
  });
  it('may change things from our own pages', async () => {
    expect((await put({ 'sec-fetch-site': 'same-origin' })).status).toBe(204);
    expect((await put({ origin: app.url })).status).toBe(204);
  });
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('may not change things from another site: %o', async (headers) => {
    expect((await put(headers as unknown as Record<string, string>)).status).toBe(403);
  });
});

describe('validation', () => {
  it('names every field that is wrong', async () => {
    const answer = await post('{"name": "", "size": "3", "colour": "red"}');
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { path: string; code: string; params?: object }[] };
    expect(errors.sort((a, b) => a.path.localeCompare(b.path))).toMatchObject([
      { path: '/colour', code: 'unknown_field' },
      { path: '/name', code: 'too_short', params: { limit: 1 } },
      { path: '/size', code: 'type', params: { type: 'integer' } },
    ]);
  });
  it.each([
    ['malformed JSON', '{"name": ', 400],
    ['a poisoned prototype', '{"__proto__": {"role": "admin"}, "name": "a", "size": 1}', 400],
    ['NUL', '{"name": "a\\u0000", "size": 1}', 422],
    ['half a character', '{"name": "\\ud800", "size": 1}', 422],
    ['nesting without end', `{"name": ${'['.repeat(5000)}${']'.repeat(5000)}, "size": 1}`, 422],
    ['too much', `{"name": "${'x'.repeat(70_000)}", "size": 1}`, 413],
    ['no body at all', '', 422],
  ])('refuses %s', async (_name, body, status) => {
    expect((await post(body)).status).toBe(status);
  });
  it.each(['0', '-1', 'abc', '1.5', '9007199254740992', '01', '1e3', '%201'])('refuses the id %s', async (id) => {
    const answer = await get(`/things/${id}`);
    expect(answer.status).toBe(422);
    expect(await problemOf(answer)).toMatchObject({ errors: [{ path: '/params/id' }] });
  });
  it('refuses an unknown query parameter, but not from old clients', async () => {
    expect((await get('/open?colour=red')).status).toBe(422);
    expect((await get('/old?colour=red')).status).toBe(200);
  });
  it('takes an empty body with a content type as no body', async () => {
    const answer = await app.fetch('/api/v1/done', {
      method: 'PUT',
      headers: { ...(await bearer(ada)), 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(204);
  });
});

describe('answers', () => {
  it('hold what the contract names and nothing else', async () => {
    const answer = await post('{"name": "boat", "size": 1}');
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ name: 'boat' });
  });
  it('do not mind a slash at the end', async () => {
    expect((await get('/open/')).status).toBe(200);
  });
  it('are not sent again when they did not change', async () => {
    const first = await get('/open');
    const again = await get('/open', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });
  it('carry a policy that allows nothing inline', async () => {
    const { headers } = await get('/open');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });
  it('are readable for configured origins only', async () => {
    const known = await get('/open', { origin: 'https://partner.example' });
    expect(known.headers.get('access-control-allow-origin')).toBe('https://partner.example');
    const other = await get('/open', { origin: 'https://evil.example' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('errors', () => {
  it('of an unknown address are problems with a reference', async () => {
    const answer = await get('/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await problemOf(answer)).toMatchObject({
      code: 'not_found',
      request_id: answer.headers.get('x-request-id'),
    });
  });
  it('of ours tell nothing but the reference', async () => {
    const answer = await get('/broken');
    expect(answer.status).toBe(500);
    const body = await answer.text();
    expect(body).not.toContain('SELECT');
    expect(JSON.parse(body)).toMatchObject({ code: 'internal_error', request_id: expect.any(String) });
  });
});

describe('too much at once', () => {
  it('is 503 with a time to come back, also where a query was to be made', async () => {
    const small = await startTestApp({ modules: [sample], poolLimits: { kept: 0, burst: 1, queue: 0 } });
    arrived = Promise.withResolvers();
    letGo = Promise.withResolvers();
    const held = small.db.transaction(async () => {
      arrived.resolve();
      await letGo.promise;
    });
    await arrived.promise;
    const answer = await small.fetch('/api/v1/counted');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    letGo.resolve();
    await held;
    await small.close();
  });
  it('of mistakes is not answered at length', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, 1])));
    const text = await (await post(body)).text();
    expect(text.length).toBeLessThan(10_000);
  });
});

describe('metrics', () => {
  it('count by route template and status', async () => {
    await get('/things/41');
    await get('/things/42');
    await get('/nowhere/4711');
    const metrics = await (await app.fetch('/metrics')).text();
    expect(metrics).toMatch(/http_requests_total\{method="GET",endpoint="\/api\/v1\/things\/:id",status="200"\} 2/);
    expect(metrics).toMatch(/http_request_duration_seconds_count\{method="GET",endpoint="\/api\/v1\/things\/:id"\}/);
    expect(metrics).toMatch(/^active_users \d/m);
    expect(metrics).not.toContain('nowhere');
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 with every route', async () => {
    const document = (await (await get('/openapi.json')).json()) as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/things/{id}');
  });
  it('has a page', async () => {
    expect((await app.fetch('/docs')).status).toBe(200);
  });
});

describe('stopping', () => {
  it('finishes what is in flight and takes nothing new', async () => {
    const other = await start();
    arrived = Promise.withResolvers();
    letGo = Promise.withResolvers();
    const inFlight = other.fetch('/api/v1/slow');
    await arrived.promise;
    const stopped = other.close();
    letGo.resolve();
    expect((await inFlight).status).toBe(200);
    await stopped;
    await expect(other.fetch('/health/live')).rejects.toThrow();
  });

  it('does not wait for a connection on which nobody ever asked', async () => {
    const other = await start();
    const { hostname, port } = new URL(other.url);
    const silent = connect(Number(port), hostname);
    await new Promise((resolve) => silent.once('connect', resolve));
    const ended = new Promise((resolve) => silent.once('close', resolve));
    silent.on('error', () => {});
    await other.close();
    await ended;
  });
});
