import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { createIndexing } from './indexing.ts';
import { rebuildIndex } from './rebuild.ts';
import { createIndexStore } from './store-index.ts';

let app: TestApp;
let owner: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.member();
});
afterAll(() => app.close());

const post = async (title: string) => {
  const body = { title, description: 'A description of some words.', required_skills: ['Python'] };
  const posted = await app.request('POST /projects', { as: owner, body });
  expect(posted.status).toBe(201);
  return posted.body.id;
};
const find = async (q: string) => {
  const { body } = await app.request('GET /search-advanced/projects', { query: { q } });
  return body.items.map(({ id }) => id);
};
const countOf = async (word: string) => {
  const { rows } = await app.db.execute<{ documents: number }>(
    sql`SELECT documents FROM discovery.words WHERE kind = 'project' AND word = ${word}`,
  );
  return rows[0]?.documents ?? 0;
};

describe('a search document', () => {
  it('follows its project from posting over editing to deletion, and so does the vocabulary', async () => {
    const id = await post('Zebrafish tracker');
    await app.settled();
    expect(await find('zebrafish')).toEqual([id]);
    expect(await countOf('zebrafish')).toBe(1);

    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { title: 'Octopus tracker' } });
    await app.settled();
    expect(await find('zebrafish')).toEqual([]);
    expect(await find('octopus')).toEqual([id]);
    expect(await countOf('zebrafish')).toBe(0);

    await app.request('DELETE /projects/{id}', { as: owner, params: { id } });
    await app.settled();
    expect(await find('octopus')).toEqual([]);
    expect(await countOf('octopus')).toBe(0);
  });

  it('shows the new name of its owner', async () => {
    const id = await post('Walrus atlas');
    await app.request('PUT /users/me/profile', {
      as: owner,
      body: { first_name: 'Grace', last_name: 'Hopper', college: 'Yale' },
    });
    await app.settled();
    const { body } = await app.request('GET /search-advanced/projects', {
      query: { q: 'walrus hopper', college: ' yale' },
    });
    expect(body.items.map((project) => [project.id, project.owner.name])).toEqual([[id, 'Grace Hopper']]);
  });

  it('is not brought back by a run that began before the deletion', async () => {
    const store = createIndexStore(app.db, app.platform.cache);
    const indexing = createIndexing(app.platform, store);
    const id = await post('Narwhal census');
    await app.settled();
    const late = await store.drawTicket();
    const asItWas = await app.platform.calls('projects.getProject', { project_id: id });
    await app.request('DELETE /projects/{id}', { as: owner, params: { id } });
    await app.settled();
    if (asItWas) await indexing.writeProject(late, asItWas);
    expect(await find('narwhal')).toEqual([]);
  });

  it('is not taken back to an older state by a late run, nor counted twice by a repeated one', async () => {
    const store = createIndexStore(app.db, app.platform.cache);
    const indexing = createIndexing(app.platform, store);
    const id = await post('Pelican survey');
    await app.settled();
    const late = await store.drawTicket();
    const asItWas = await app.platform.calls('projects.getProject', { project_id: id });
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { title: 'Flamingo survey' } });
    await app.settled();
    if (asItWas) await indexing.writeProject(late, asItWas);
    await Promise.all([indexing.indexProject(id), indexing.indexProject(id), indexing.indexProject(id)]);
    expect(await find('flamingo')).toEqual([id]);
    expect(await find('pelican')).toEqual([]);
    expect(await countOf('flamingo')).toBe(1);
  });

  it('of a draft is its owner’s alone, and teaches nobody its words', async () => {
    const body = { title: 'Axolotl secret', description: 'Not yet.', status: 'draft' as const };
    const { body: draft } = await app.request('POST /projects', { as: owner, body });
    await app.settled();
    const mine = await app.request('GET /search-advanced/projects', {
      as: owner,
      query: { q: 'axolotl', status: 'draft' },
    });
    expect(mine.body.items.map(({ id }) => id)).toEqual([draft.id]);
    const theirs = await app.request('GET /search-advanced/projects', {
      as: await app.member(),
      query: { q: 'axolotl', status: 'draft' },
    });
    expect(theirs.body.items).toEqual([]);
    expect(await countOf('axolotl')).toBe(0);
  });
});

describe('rebuilding the index', () => {
  it('makes what is missing, keeps what is right, and removes what is gone, while search goes on', async () => {
    const [kept, lost] = [await post('Heron kept'), await post('Heron lost')];
    await app.settled();
    await app.db.execute(sql`DELETE FROM discovery.project_documents WHERE project_id = ${lost}`);
    await copyAsGhost(kept);
    expect((await find('heron')).toSorted()).toEqual([kept, 999_999].toSorted());

    const meanwhile: Promise<number[]>[] = [];
    const written = { profile: 0, project: 0 };
    await rebuildIndex(app.platform, (progress) => {
      written[progress.kind] = progress.written;
      meanwhile.push(find('heron'));
    });
    for (const found of await Promise.all(meanwhile)) expect(found).toContain(kept);
    expect(written.project).toBeGreaterThanOrEqual(2);
    expect(written.profile).toBeGreaterThanOrEqual(1);
    await app.settled();
    expect((await find('heron')).toSorted()).toEqual([kept, lost].toSorted());
    expect(await countOf('heron')).toBe(2);
  });
});

const copyAsGhost = (id: number) =>
  app.db.execute(sql`
    INSERT INTO discovery.project_documents (project_id, owner_id, owner_is_active, search, skill_ids, skill_levels, levels, college,
      college_key, status, visibility, is_remote, is_full, title_key, is_counted, created_at, updated_at, card)
    SELECT 999999, owner_id, owner_is_active, search, skill_ids, skill_levels, levels, college, college_key, status, visibility,
      is_remote, is_full, title_key, false, created_at, updated_at, jsonb_set(card, '{id}', '999999')
    FROM discovery.project_documents WHERE project_id = ${id}`);
