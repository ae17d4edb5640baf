import type { ProjectCreate } from '@collabthon/contracts/projects';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let owner: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.member();
}, 120_000);
afterAll(() => app.close());

const post = async (more: Partial<ProjectCreate>) => {
  const body = { title: 'Tide clock', description: 'A clock that shows the tide.', ...more };
  return (await app.request('POST /projects', { as: owner, body })).body;
};

const fits = async (as: TestMember, id: number) => {
  const answer = await app.request('GET /projects/{id}/match', { as, params: { id } });
  expect(answer.status).toBe(200);
  return answer.body.roles.map(({ role_id: _, ...fit }) => fit);
};

it('says of each role, in their order, whether its skill and level fit', async () => {
  const project = await post({
    roles: [
      { name: 'Firmware', skill: 'C', level: 3 },
      { name: 'Case', skill: 'Blender', level: 2 },
      { name: 'Website', skill: 'JavaScript', level: 2 },
      { name: 'Poster', skill: 'Photoshop', level: null },
      { name: 'Helping hand' },
    ],
  });
  const skills = [
    { name: 'C', level: 2 },
    { name: 'JS', level: 4 },
    { name: 'Photoshop', level: 1 },
  ];
  const seeker = await app.member();
  const unknown = [1, 2, 3, 4].map(() => ({ fits: null, reason: 'unknown_skills', my_level: null }));
  const anybody = { fits: null, reason: 'asks_no_skill', my_level: null };
  expect(await fits(seeker, project.id)).toEqual([...unknown, anybody]);

  await app.request('PUT /users/me/profile', { as: seeker, body: { first_name: 'Sam', skills } });
  expect(await fits(seeker, project.id)).toEqual([
    { fits: false, reason: 'below_level', my_level: 2 },
    { fits: false, reason: 'lacks_skill', my_level: null },
    { fits: true, reason: 'has_skill', my_level: 4 },
    { fits: true, reason: 'has_skill', my_level: 1 },
    anybody,
  ]);
  const { body } = await app.request('GET /projects/{id}/match', { as: seeker, params: { id: project.id } });
  expect(body.roles.map(({ role_id }) => role_id)).toEqual(project.roles.map(({ id }) => id));
});

it('is there for the team, wherever its members study', async () => {
  await app.request('PUT /users/me/profile', { as: owner, body: { first_name: 'Olga', college: 'Northfield' } });
  await app.settled();
  const project = await post({ visibility: 'members', roles: [{ name: 'Firmware', skill: 'C' }] });
  const [guest, stranger] = [await app.member(), await app.member()];
  await app.settled();
  const { body: request } = await app.request('POST /collaborations', {
    as: owner,
    body: { receiver_id: guest.id, project_id: project.id },
  });
  const accepted = await app.request('PUT /collaborations/{id}/accept', { as: guest, params: { id: request.id } });
  expect(accepted.status).toBe(200);
  const narrowed = await app.request('PUT /projects/{id}', {
    as: owner,
    params: { id: project.id },
    body: { visibility: 'college' },
  });
  expect(narrowed.status).toBe(200);
  await app.settled();
  const opened = async (as: TestMember) => [
    (await app.request('GET /projects/{id}', { as, params: { id: project.id } })).status,
    (await app.request('GET /projects/{id}/match', { as, params: { id: project.id } })).status,
  ];
  expect(await opened(guest)).toEqual([200, 200]);
  expect(await opened(stranger)).toEqual([404, 404]);
});
