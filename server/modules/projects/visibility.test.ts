import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { fillProfile, postProject } from './test-projects.ts';

let app: TestApp;
let viewers: Record<'visitor' | 'stranger' | 'classmate' | 'owner' | 'admin', TestMember | null>;
let ids: Record<'public' | 'members' | 'college' | 'draft', number>;

const seen: Record<keyof typeof viewers, (keyof typeof ids)[]> = {
  visitor: ['public'],
  stranger: ['public', 'members'],
  classmate: ['public', 'members', 'college'],
  owner: ['public', 'members', 'college', 'draft'],
  admin: ['public', 'members', 'college', 'draft'],
};

beforeAll(async () => {
  app = await startTestApp();
  const [owner, classmate, stranger, admin] = await Promise.all([
    app.member(),
    app.member(),
    app.member(),
    app.member({ role: 'admin' }),
  ]);
  viewers = { visitor: null, stranger, classmate, owner, admin };
  await fillProfile(app, owner, 'IIT Delhi');
  await fillProfile(app, classmate, ' iit delhi');
  await fillProfile(app, stranger, 'MIT');
  const post = async (fields: Parameters<typeof postProject>[2]) => (await postProject(app, owner, fields)).id;
  ids = {
    public: await post({ title: 'Glasshouse public' }),
    members: await post({ title: 'Glasshouse members', visibility: 'members' }),
    college: await post({ title: 'Glasshouse college', visibility: 'college' }),
    draft: await post({ title: 'Glasshouse draft', description: '', status: 'draft' }),
  };
});
afterAll(() => app.close());

for (const [name, allowed] of Object.entries(seen) as [keyof typeof seen, (keyof typeof ids)[]][]) {
  test(`${name} sees ${allowed.join(', ')}: one by one, in lists and in search`, async () => {
    const as = viewers[name];
    for (const [kind, id] of Object.entries(ids) as [keyof typeof ids, number][]) {
      const { status } = await app.request('GET /projects/{id}', { as, params: { id } });
      expect(status, kind).toBe(allowed.includes(kind) ? 200 : 404);
    }
    const open = allowed
      .filter((kind) => kind !== 'draft')
      .map((kind) => ids[kind])
      .sort();
    const list = await app.request('GET /projects', { as });
    expect(list.body.items.map((project) => project.id).sort()).toEqual(open);
    expect(list.body.total).toBe(open.length);
    const drafts = await app.request('GET /projects', { as, query: { status: 'draft' } });
    expect(drafts.body.items.map((project) => project.id)).toEqual(allowed.includes('draft') ? [ids.draft] : []);
    const found = await app.request('GET /projects/search/{query}', { as, params: { query: 'glasshouse' } });
    expect(found.body.map((project) => project.id).sort()).toEqual(open);
  });
}

test('what one cannot see, one cannot change', async () => {
  const { stranger: as } = viewers;
  const answers = await Promise.all([
    app.request('PUT /projects/{id}', { as, params: { id: ids.draft }, body: { title: 'Mine' } }),
    app.request('DELETE /projects/{id}', { as, params: { id: ids.college } }),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([404, 404]);
});
