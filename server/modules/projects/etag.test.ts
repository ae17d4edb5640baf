import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { postProject, refusal } from './test-projects.ts';

let app: TestApp;
let ada: TestMember;
let bob: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob] = await Promise.all([app.member(), app.member()]);
});
afterAll(() => app.close());

const get = (id: number, headers?: Record<string, string>) =>
  app.request('GET /projects/{id}', { params: { id }, ...(headers && { headers }) });
const put = (id: number, title: string, match: string) =>
  app.request('PUT /projects/{id}', { as: ada, params: { id }, body: { title }, headers: { 'if-match': match } });
const tagOf = ({ headers }: { headers: Headers }) => headers.get('etag') ?? '';

test('the tag that a read or a change gave guards the next change', async () => {
  const { id } = await postProject(app, ada);
  const first = tagOf(await get(id));
  expect(first).toMatch(/^"1\.[\w-]{16}"$/);
  const changed = await put(id, 'One', first);
  expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
  expect(tagOf(changed)).toBe(tagOf(await get(id)));
  expect(refusal(await put(id, 'Two', first))).toEqual({ status: 412, code: 'version_conflict' });
  expect((await put(id, 'Two', tagOf(changed))).body.version).toBe(3);
});

test('a bare version, a weak tag and any project are accepted; what carries no version is not', async () => {
  const { id } = await postProject(app, ada);
  expect((await put(id, 'One', '"1"')).status).toBe(200);
  expect((await put(id, 'Two', `W/${tagOf(await get(id))}`)).status).toBe(200);
  expect((await put(id, 'Three', '*')).status).toBe(200);
  expect(refusal(await put(id, 'Four', 'W/"1"'))).toEqual({ status: 412, code: 'version_conflict' });
  for (const match of ['"x"', '4', '"4', '"4x"', '".4"', '""']) {
    expect(refusal(await put(id, 'Four', match)), match).toEqual({ status: 412, code: 'malformed_if_match' });
  }
});

test('an unchanged project is 304; one whose team has grown is sent again, under the same version', async () => {
  const { id, roles } = await postProject(app, ada, { roles: [{ name: 'Maker' }] });
  await app.settled();
  const tag = tagOf(await get(id));
  expect((await get(id, { 'if-none-match': tag })).status).toBe(304);
  const request = await app.request('POST /collaborations', {
    as: bob,
    body: { receiver_id: ada.id, project_id: id, role_id: roles[0]?.id ?? 0 },
  });
  await app.request('PUT /collaborations/{id}/accept', { as: ada, params: { id: request.body.id } });
  await app.settled();
  const again = await get(id, { 'if-none-match': tag });
  expect(again).toMatchObject({ status: 200, body: { version: 1, roles: [{ taken: 1 }] } });
  expect((await put(id, 'Still mine', tag)).status).toBe(200);
});
