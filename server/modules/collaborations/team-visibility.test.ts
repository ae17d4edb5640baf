import { afterAll, beforeAll, expect, test } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { accept, project, sent } from './test-teams.ts';

let app: TestApp;
let people: Awaited<ReturnType<typeof crew>>;

beforeAll(async () => {
  // No event is ever delivered: what a project has become is known from the project alone.
  app = await startTestApp({ work: false });
  people = await crew(app);
});
afterAll(() => app.close());

test('a team is hidden, shown and gone with its project, before any event of it arrives', async () => {
  const { owner, ada, eve } = people;
  const { id } = await project(app, owner);
  const see = async (as: Person | null) =>
    (await app.request('GET /projects/{id}/team', { as, params: { id } })).status;
  const change = (body: { visibility: 'public' | 'members' | 'college' }) =>
    app.request('PUT /projects/{id}', { as: owner, params: { id }, body });
  const all = async () => Promise.all([null, eve, ada, owner].map(see));
  await accept(app, ada, await sent(app, owner, { receiver_id: ada.id, project_id: id }));
  expect(await all()).toEqual([200, 200, 200, 200]);
  await change({ visibility: 'members' });
  expect(await all()).toEqual([404, 200, 200, 200]);
  await change({ visibility: 'college' });
  expect(await all()).toEqual([404, 404, 200, 200]);
  await change({ visibility: 'public' });
  expect(await all()).toEqual([200, 200, 200, 200]);
  await app.request('DELETE /projects/{id}', { as: owner, params: { id } });
  expect(await all()).toEqual([404, 404, 404, 404]);
});

test('the teams that somebody joined are shown as their projects are, and not for a private profile', async () => {
  const { owner, ada, eve } = people;
  const { id, roles } = await project(app, owner, { title: 'Kite', roles: [{ name: 'Sewer' }] });
  await accept(app, ada, await sent(app, owner, { receiver_id: ada.id, project_id: id, role_id: roles[0]?.id }));
  const teams = async (as: Person | null, of = ada) =>
    (await app.request('GET /users/{id}/teams', { as, params: { id: of.id } })).body.items.map(
      ({ project: { title }, role }) => `${title} ${role?.name}`,
    );
  for (const as of [null, eve, ada, owner]) expect(await teams(as)).toContain('Kite Sewer');
  expect(await teams(null, owner)).toEqual([]);
  await app.request('PUT /users/me/profile', { as: ada, body: { visibility: 'private' } });
  expect((await app.request('GET /users/{id}/teams', { as: eve, params: { id: ada.id } })).status).toBe(404);
  expect(await teams(ada)).toContain('Kite Sewer');
});
