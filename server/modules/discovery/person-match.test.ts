import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let viewer: TestMember;
let other: TestMember;
let project: number;

const fill = async (as: TestMember, skills: string[]) => {
  const { status } = await app.request('PUT /users/me/profile', {
    as,
    body: { first_name: 'Ada', college: 'Northfield', major: 'Physics', skills, open_to: ['projects'] },
  });
  expect(status).toBe(200);
};
const match = (as: TestMember, id: number, project_id?: number) =>
  app.request('GET /users/{id}/match', { as, params: { id }, query: project_id ? { project_id } : {} });

beforeAll(async () => {
  app = await startTestApp();
  viewer = await app.member();
  other = await app.member();
  await fill(viewer, ['Python', 'React']);
  await fill(other, ['Python', 'Blender']);
  const posted = await app.request('POST /projects', {
    as: viewer,
    body: { title: 'Tide clock', description: 'Shows the tide.', required_skills: ['Python', 'Go'] },
  });
  project = posted.body.id;
  await app.settled();
}, 120_000);
afterAll(() => app.close());

it('says the same of a person as the list of people who fit me, or my project', async () => {
  for (const project_id of [undefined, project]) {
    const listed = await app.request('GET /search-advanced/recommendations/profiles', {
      as: viewer,
      query: { project_id },
    });
    const [first] = listed.body;
    expect(first?.user_id).toBe(other.id);
    const { status, body } = await match(viewer, other.id, project_id);
    expect(status).toBe(200);
    expect(body).toEqual({ score: first?.score, factors: first?.reasons });
  }
});

it('says the same of several people at once, to the owner alone', async () => {
  const fits = (as: TestMember, user_ids: string) =>
    app.request('GET /projects/{id}/fits', { as, params: { id: project }, query: { user_ids } });
  const { body } = await match(viewer, other.id, project);
  expect((await fits(viewer, `${other.id},999999`)).body).toEqual([{ user_id: other.id, ...body }]);
  expect((await fits(other, `${other.id}`)).status).toBe(404);
  for (const wrong of ['', '0', '1,', 'x', Array.from({ length: 101 }, () => '1').join(',')])
    expect((await fits(viewer, wrong)).status).toBe(422);
});

it("answers 404 for somebody else's project, nobody, and a profile that I may not see", async () => {
  expect((await match(other, viewer.id, project)).status).toBe(404);
  expect((await match(viewer, 999_999)).status).toBe(404);
  await app.request('PUT /users/me/profile', { as: other, body: { visibility: 'private' } });
  await app.settled();
  expect((await match(viewer, other.id)).status).toBe(404);
  expect((await match(other, other.id)).status).toBe(200);
});
