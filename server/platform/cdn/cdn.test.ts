/** What caches outside may keep of us, and how a CDN that keeps it learns that it is old. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../testing/test-app.ts';

interface Told {
  headers: IncomingHttpHeaders;
  keys: string[];
}

/** Where a CDN is told. It answers as it is set to. */
let listener: Server;
const told: Told[] = [];
let status = 204;

let app: TestApp;
let plain: TestApp;
let ada: TestMember;
beforeAll(async () => {
  listener = createServer(async (request, response) => {
    const { surrogate_keys: keys } = JSON.parse(await text(request)) as { surrogate_keys: string[] };
    told.push({ headers: request.headers, keys });
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const purgeUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/purge`;
  [app, plain] = await Promise.all([
    startTestApp({ config: { cdn: { baseUrl: null, purgeUrl, purgeToken: 'let me' } } }),
    startTestApp(),
  ]);
  ada = await app.member();
}, 120_000);
afterAll(async () => {
  await Promise.all([app.close(), plain.close()]);
  listener.close();
});

const postProject = async (at: TestApp, as: TestMember) =>
  (await at.request('POST /projects', { as, body: { title: 'Tide tables', description: 'For those who row.' } })).body;
const allTold = () => told.flatMap(({ keys }) => keys);
const waiting = async (at: TestApp) =>
  (await at.db.execute<{ key: string }>(sql`SELECT surrogate_key AS key FROM platform.cdn_purges`)).rows;

describe('an answer to who has not signed in', () => {
  it('may be kept by a CDN that is told, under its keys, and by browsers that ask again', async () => {
    const { id } = await postProject(app, ada);
    const headersOf = async (path: string) => Object.fromEntries((await app.fetch(`/api/v1${path}`)).headers);
    const one = await headersOf(`/projects/${id}`);
    expect(one).toMatchObject({
      'cache-control': 'public, no-cache',
      'cdn-cache-control': expect.stringMatching(/^max-age=\d+, stale-while-revalidate=\d+/),
      'surrogate-key': `project/${id}`,
      'cache-tag': `project/${id}`,
      etag: expect.any(String),
    });
    expect(one.vary?.split(', ')).toEqual(expect.arrayContaining(['authorization', 'cookie']));
    expect((await headersOf('/projects?limit=20'))['surrogate-key']).toBe('projects');
  });

  it('is kept by nobody without asking where no CDN is told', async () => {
    const { headers } = await plain.fetch('/api/v1/projects');
    expect(headers.get('cache-control')).toBe('public, no-cache');
    for (const name of ['cdn-cache-control', 'surrogate-control', 'surrogate-key', 'cache-tag'])
      expect(headers.get(name)).toBeNull();
  });
});

it('an answer to who has signed in, one that is a problem, and one of a private route is kept by no cache of many', async () => {
  for (const [path, headers, expected] of [
    ['/projects', { authorization: `Bearer ${ada.token}` }, 'private, no-cache'],
    ['/projects/my/projects', { authorization: `Bearer ${ada.token}` }, 'private, no-cache'],
    ['/projects/999999', {}, 'no-store'],
  ] as const) {
    const answer = await app.fetch(`/api/v1${path}`, { headers });
    expect(answer.headers.get('cache-control'), path).toBe(expected);
    expect(answer.headers.get('surrogate-key'), path).toBeNull();
  }
});

describe('a change', () => {
  it('is told once in a batch, with the token, and once more when replicas and read models have it', async () => {
    const { id } = await postProject(app, ada);
    const change = { as: ada, params: { id }, body: { title: 'Tides' } };
    await Promise.all([app.request('PUT /projects/{id}', change), app.request('PUT /projects/{id}', change)]);
    await expect.poll(allTold, { timeout: 20_000 }).toEqual(expect.arrayContaining(['projects', `project/${id}`]));
    for (const { keys, headers } of told) {
      expect(headers.authorization).toBe('Bearer let me');
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeLessThanOrEqual(256);
    }
    expect(await waiting(app)).toContainEqual({ key: `project/${id}` });
  });

  it('is told again until it was heard', async () => {
    status = 503;
    const { id } = await postProject(app, ada);
    const times = () => allTold().filter((key) => key === `project/${id}`).length;
    await expect.poll(times, { timeout: 20_000 }).toBeGreaterThan(1);
    expect((await waiting(app)).filter(({ key }) => key === `project/${id}`)).toHaveLength(2);
    status = 204;
    await expect
      .poll(async () => (await waiting(app)).filter(({ key }) => key === `project/${id}`).length, { timeout: 20_000 })
      .toBeLessThan(2);
  });

  it('is neither noted nor told where nobody wants to be told', async () => {
    const before = told.length;
    await postProject(plain, await plain.member());
    await plain.settled();
    expect(await waiting(plain)).toEqual([]);
    const { rows } = await plain.db.execute(sql`SELECT 1 FROM pgboss.job WHERE name = 'platform.purge_cdn'`);
    expect(rows).toEqual([]);
    expect(told.slice(before).flatMap(({ headers }) => headers.host)).not.toContain(new URL(plain.url).host);
  });
});
