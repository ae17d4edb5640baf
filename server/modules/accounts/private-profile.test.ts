/** An account whose owner made their profile private. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let hidden: TestMember;
let stranger: TestMember;
let moderator: TestMember;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  hidden = await app.member({ username: 'veiled_vera' });
  await app.member({ username: 'veiled_vic' });
  await app.member({ username: 'veiled_vera_too' });
  stranger = await app.member();
  moderator = await app.member({ role: 'moderator' });
  admin = await app.member({ role: 'admin' });
});
afterAll(() => app.close());

const setVisibility = (visibility: 'private' | 'members') =>
  app.request('PUT /users/me/profile', { as: hidden, body: { visibility } });
const open = async (as: TestMember | null) =>
  (await app.request('GET /users/{id}', { as, params: { id: hidden.id } })).status;
const search = async (as: TestMember) =>
  (await app.request('GET /users/search/{query}', { as, params: { query: 'veiled' } })).body.map(
    ({ username }) => username,
  );

it('takes nobody else’s place in a search', async () => {
  await setVisibility('private');
  const found = await app.request('GET /users/search/{query}', {
    as: stranger,
    params: { query: 'vera' },
    query: { limit: 1 },
  });
  expect(found.body.map(({ username }) => username)).toEqual(['veiled_vera_too']);
});

it('is there for its owner, moderators and admins only, from the moment of the change', async () => {
  await setVisibility('private');
  for (const viewer of [null, stranger]) expect(await open(viewer)).toBe(404);
  expect(await search(stranger)).toEqual(['veiled_vic', 'veiled_vera_too']);
  for (const viewer of [hidden, moderator, admin]) {
    expect(await open(viewer)).toBe(200);
    expect(await search(viewer)).toEqual(['veiled_vic', 'veiled_vera', 'veiled_vera_too']);
  }

  await setVisibility('members');
  for (const viewer of [null, stranger]) expect(await open(viewer)).toBe(200);
  expect(await search(stranger)).toEqual(['veiled_vic', 'veiled_vera', 'veiled_vera_too']);
});
