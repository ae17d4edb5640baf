/** Answers that are kept for visitors, over HTTP. */

import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBeside, startTestApp, type TestApp, type TestMember } from '../testing/test-app.ts';

let app: TestApp;
let owner: TestMember;
let id: number;

beforeAll(async () => {
  app = await startTestApp({
    async extend(server) {
      // As pages ask the API, in process.
      server.get('/inside', async () => (await server.inject({ url: '/api/v1/projects' })).json());
    },
  });
  owner = await app.member();
  await app.request('PUT /users/me/profile', { as: owner, body: { first_name: 'Ada', skills: ['Rust'] } });
  const { body } = await app.request('POST /projects', {
    as: owner,
    body: {
      title: 'A kept project',
      description: 'Long enough to be compressed. '.repeat(100),
      required_skills: ['Rust'],
    },
  });
  id = body.id;
  await app.settled();
});
afterAll(() => app.close());
/** Whatever was kept before is not any more. */
beforeEach(() => app.db.transaction((tx) => app.platform.cache.invalidate(tx, ['projects', `project/${id}`])));

/** Bytes as they come. */
const raw = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    request(`${app.url}/api/v1${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

const loads = async () => {
  const { values } = (await app.platform.metrics.registry.getSingleMetric('cache_loads_total')?.get()) ?? {
    values: [],
  };
  return values[0]?.value ?? 0;
};
const hide = () => app.db.execute(sql`UPDATE projects.projects SET title = title || '!' WHERE id = ${id}`);

describe('an answer for visitors', () => {
  it('is made once, and sent in each coding with its tag and all headers of an answer that is made anew', async () => {
    const before = await loads();
    const made = await raw('/projects');
    const kept = await raw('/projects');
    expect(kept.body).toEqual(made.body);
    const { date: _date, 'x-request-id': one, ...headers } = kept.headers;
    const { date: _before, 'x-request-id': other, ...first } = made.headers;
    expect(headers).toEqual(first);
    expect(one).not.toBe(other);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding, authorization, cookie',
    });
    for (const accepted of ['br', 'gzip, deflate, br', 'gzip, deflate, br, zstd']) {
      const { body, headers } = await raw('/projects', { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('br');
      expect(headers['content-length']).toBe(String(body.length));
      expect(brotliDecompressSync(body)).toEqual(made.body);
    }
    const zipped = await raw('/projects', { 'accept-encoding': 'br;q=0, gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body)).toEqual(made.body);
    expect(await loads()).toBe(before + 1);
  });

  it('is given in process as well', async () => {
    const { items } = JSON.parse((await raw('/projects')).body.toString());
    for (let again = 0; again < 2; again += 1) {
      expect(await (await app.fetch('/inside')).json()).toMatchObject({ items: [{ id: items[0].id }] });
    }
  });

  it('is not sent again to who has it', async () => {
    for (const path of ['/projects', `/projects/${id}`]) {
      const { headers } = await raw(path);
      const again = await raw(path, { 'if-none-match': String(headers.etag) });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
      expect((await raw(path, { 'if-none-match': '"another"' })).status).toBe(200);
    }
  });

  it('is neither given to members nor made of theirs', async () => {
    const draft = { title: 'Mine alone', description: 'Nobody sees it.', status: 'draft' } as const;
    const { body: mine } = await app.request('POST /projects', { as: owner, body: draft });
    const seenBy = (as: TestMember | null) =>
      app
        .request('GET /projects', { as, query: { owner_id: owner.id, status: 'draft' } })
        .then(({ body }) => body.total);
    expect(await seenBy(owner)).toBe(1);
    expect(await seenBy(null)).toBe(0);
    expect(await seenBy(owner)).toBe(1);
    expect(await seenBy(null)).toBe(0);
    const pageFor = (as: TestMember | null) =>
      app.request('GET /projects/{id}', { as, params: { id: mine.id } }).then(({ status }) => status);
    expect([await pageFor(owner), await pageFor(null), await pageFor(owner), await pageFor(null)]).toEqual([
      200, 404, 200, 404,
    ]);
  });

  it('is kept for each query, but not for what no route knows', async () => {
    const before = await loads();
    await raw('/projects?limit=1');
    await raw('/projects?limit=1');
    expect(await loads()).toBe(before + 1);
    await hide();
    const odd = await raw('/projects?limit=1&utm=1');
    expect(odd.body.toString()).toContain('A kept project!');
    expect(await loads()).toBe(before + 1);
  });

  it('is over as soon as the change that it shows is answered', async () => {
    const titleIn = async (path: string) => JSON.stringify(await app.fetch(`/api/v1${path}`).then((it) => it.json()));
    const shown = [`/projects/${id}`, '/projects', '/projects?skill=rust', '/projects/search/kept'];
    for (const path of shown) await titleIn(path);
    await app.request('PUT /projects/{id}', {
      as: owner,
      params: { id },
      body: { title: 'A kept and changed project' },
    });
    for (const path of shown) expect(await titleIn(path)).toContain('A kept and changed project');

    await app.request('PUT /users/me/profile', { as: owner, body: { first_name: 'Augusta' } });
    expect(await titleIn(`/users/${owner.id}/profile`)).toContain('Augusta');
    await app.settled();
    for (const path of [`/projects/${id}`, '/projects', '/search-advanced/projects?q=kept', '/projects/trending']) {
      expect(await titleIn(path)).toContain('Augusta');
    }

    await app.request('PUT /users/me/profile', { as: owner, body: { visibility: 'private' } });
    expect((await raw(`/users/${owner.id}/profile`)).status).toBe(404);
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { visibility: 'members' } });
    expect((await raw(`/projects/${id}`)).status).toBe(404);
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { visibility: 'public' } });
    expect((await raw(`/projects/${id}`)).status).toBe(200);
  });

  it('is over in other processes, too', async () => {
    const other = await startBeside(app);
    try {
      const title = async () =>
        ((await (await fetch(`${other.url}/api/v1/projects/${id}`)).json()) as { title: string }).title;
      await title();
      await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { title: 'Changed elsewhere' } });
      await vi.waitFor(async () => expect(await title()).toBe('Changed elsewhere'), { interval: 5, timeout: 20_000 });
    } finally {
      await other.stop();
    }
  });
});
