import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let ada: TestMember;
let bob: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  ada = await app.member();
  bob = await app.member();
});
afterAll(() => app.close());

const keep = (key: string, content: Record<string, unknown>, version?: number, as = ada) =>
  app.request('PUT /drafts/{key}', {
    as,
    params: { key },
    body: { content, ...(version !== undefined && { version }) },
  });
/** Content that a client of JavaScript could not write. */
const keepText = (key: string, content: string) =>
  app.fetch(`/api/v1/drafts/${key}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: `{"content": ${content}}`,
  });
const read = (key: string, as = ada) => app.request('GET /drafts/{key}', { as, params: { key } });
const list = (prefix?: string, as = ada) =>
  app.request('GET /drafts', { as, query: { ...(prefix !== undefined && { prefix }) } });
const discard = (key: string, as = ada) => app.request('DELETE /drafts/{key}', { as, params: { key } });

describe('a draft', () => {
  it('is kept as it is written, whatever it holds', async () => {
    const content = {
      title: 'Tide “clock” <b>',
      roles: [{ name: 'Maker', seats: 2 }, null],
      budget: 0.1,
      'a key\nof two lines': { deep: [[1, 2], []] },
      دور: 'तट',
      empty: '',
    };
    const kept = await keep('project:new', content);
    expect(kept.status).toBe(200);
    expect(kept.body).toEqual({ key: 'project:new', version: expect.any(Number), updated_at: expect.any(String) });
    expect((await read('project:new')).body).toEqual({ ...kept.body, content });
  });

  it('is its writer’s alone', async () => {
    await keep('project:mine', { title: 'Ada’s' });
    expect((await read('project:mine', bob)).status).toBe(404);
    expect((await read('project:mine', bob)).body).toMatchObject({ code: 'not_found', params: { what: 'draft' } });
    expect((await list(undefined, bob)).body.items).toEqual([]);
    await discard('project:mine', bob);
    await keep('project:mine', { title: 'Bob’s' }, undefined, bob);
    expect((await read('project:mine')).body.content).toEqual({ title: 'Ada’s' });
    const admin = await app.member({ role: 'admin' });
    expect((await read('project:mine', admin)).status).toBe(404);
  });

  it('is gone once it is discarded, however often', async () => {
    await keep('project:gone', { title: 'x' });
    expect((await discard('project:gone')).status).toBe(204);
    expect((await discard('project:gone')).status).toBe(204);
    expect((await read('project:gone')).status).toBe(404);
  });

  it('is listed by kind, last changed first', async () => {
    const carol = await app.member();
    for (const key of ['project:1', 'message:7', 'project:2']) await keep(key, { key }, undefined, carol);
    await keep('project:1', { changed: true }, undefined, carol);
    const keys = async (prefix?: string) => (await list(prefix, carol)).body.items.map(({ key }) => key);
    expect(await keys('project:')).toEqual(['project:1', 'project:2']);
    expect(await keys()).toEqual(['project:1', 'project:2', 'message:7']);
    expect(await keys('proj')).toEqual(['project:1', 'project:2']);
    expect(await keys('none:')).toEqual([]);
    expect((await list('project:', carol)).body.items[0]?.content).toEqual({ changed: true });
  });
});

describe('two tabs', () => {
  it('do not overwrite each other: the slower one is told, and may choose', async () => {
    const first = (await keep('project:tabs', { title: 'One' }, 0)).body.version;
    const second = (await keep('project:tabs', { title: 'Two' }, first)).body.version;
    expect(second).toBeGreaterThan(first);

    const late = await keep('project:tabs', { title: 'Late' }, first);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'draft_changed', params: { version: second } });
    expect((await read('project:tabs')).body).toMatchObject({ version: second, content: { title: 'Two' } });

    expect((await keep('project:tabs', { title: 'Late' }, second)).status).toBe(200);
    expect((await keep('project:tabs', { title: 'Mine' })).status).toBe(200);
    expect((await read('project:tabs')).body.content).toEqual({ title: 'Mine' });
  });

  it('begin the same draft at once: one wins', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => keep('project:race', { title: `Tab ${n}` }, 0)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('save on the same version at once: one wins', async () => {
    const { version } = (await keep('project:both', { title: 'Start' })).body;
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => keep('project:both', { title: `Tab ${n}` }, version)),
    );
    const winners = answers.flatMap((answer, n) => (answer.status === 200 ? [n] : []));
    expect(winners).toHaveLength(1);
    expect((await read('project:both')).body.content).toEqual({ title: `Tab ${winners[0]}` });
  });

  it('sending the same again is no conflict, and no change', async () => {
    const { version } = (await keep('project:again', { title: 'Start', n: 1 })).body;
    const saved = await keep('project:again', { title: 'Next', n: 2 }, version);
    const repeated = await keep('project:again', { n: 2, title: 'Next' }, version);
    expect(repeated).toMatchObject({ status: 200, body: saved.body });
  });

  it('a draft that was discarded elsewhere does not come back by itself, nor by a version that came before', async () => {
    const { version } = (await keep('project:ended', { title: 'One' })).body;
    await discard('project:ended');
    const late = await keep('project:ended', { title: 'Late' }, version);
    expect(late.body).toMatchObject({ status: 409, code: 'draft_changed', params: { version: 0 } });
    await keep('project:ended', { title: 'Anew' }, 0);
    expect((await keep('project:ended', { title: 'Late' }, version)).status).toBe(409);
  });
});

describe('what is refused', () => {
  it.each(['project', 'Project:1', ':1', 'project:', 'project:a b', `project:${'x'.repeat(81)}`, 'project:a.b'])(
    'the key %s',
    async (key) => {
      expect((await keep(key, {})).status).toBe(422);
    },
  );

  it.each(['null', '[]', '"text"', '1'])('%s as content', async (content) => {
    expect((await keepText('project:bad', content)).status).toBe(422);
  });

  it('more than 32 kB, counted in bytes', async () => {
    const fits = { text: 'x'.repeat(32 * 1024 - '{"text":""}'.length) };
    expect((await keep('project:large', fits)).status).toBe(200);
    for (const text of [`${fits.text}x`, 'त'.repeat(11_000)]) {
      expect((await keep('project:large', { text })).body).toMatchObject({
        status: 422,
        errors: [{ path: '/content', code: 'too_large', params: { limit: 32_768 } }],
      });
    }
    expect((await read('project:large')).body.content).toEqual(fits);
  });

  it('what is nested too deeply to be parsed', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect((await keepText('project:deep', nested(32))).status).toBe(200);
    for (const content of [nested(33), nested(5000), `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`]) {
      const answer = await keepText('project:deep', content);
      expect(await answer.json()).toMatchObject({ status: 422, errors: [{ path: '/content', code: 'too_deep' }] });
    }
  });

  it('a fifty-first draft, also when several are begun at once', async () => {
    const many = await app.member();
    await Promise.all(Array.from({ length: 48 }, (_, n) => keep(`project:${n}`, {}, 0, many)));
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => keep(`project:more${n}`, {}, 0, many)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'too_many_drafts',
      params: { limit: 50 },
    });
    expect((await keep('project:0', { still: 'saved' }, undefined, many)).status).toBe(200);
    expect((await list(undefined, many)).body.items).toHaveLength(50);
    await discard('project:1', many);
    expect((await keep('project:room', {}, 0, many)).status).toBe(200);
  });
});

it('goes after 90 days without a change, and with its account', async () => {
  const dora = await app.member();
  await keep('project:old', {}, undefined, dora);
  await keep('project:new', {}, undefined, dora);
  await app.db.execute(sql`
    UPDATE accounts.drafts SET updated_at = now() - interval '91 days' WHERE user_id = ${dora.id} AND key = 'project:old'`);
  await app.db.transaction((tx) => app.platform.jobs.send(tx, 'accounts.clean_up', {}));
  await app.settled();
  expect((await list(undefined, dora)).body.items.map(({ key }) => key)).toEqual(['project:new']);

  await app.db.execute(sql`DELETE FROM accounts.users WHERE id = ${dora.id}`);
  const { rows } = await app.db.execute(sql`SELECT FROM accounts.drafts WHERE user_id = ${dora.id}`);
  expect(rows).toEqual([]);
  expect((await keep('project:new', {}, undefined, dora)).status).toBe(404);
});
