import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { post, postProject, refusal } from './test-projects.ts';

let app: TestApp;
let ada: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.member();
});
afterAll(() => app.close());

test('a name that is no skill is told at the field that carries it', async () => {
  const body = {
    required_skills: ['Go', '!!!'],
    roles: [{ name: 'Writer' }, { name: 'Maker', skill: '???' }, { name: 'Tester', skill: 'Rust' }],
  };
  const wanted = { status: 422, code: 'invalid_request', paths: ['/required_skills/1', '/roles/1/skill'] };
  expect(refusal(await app.request('POST /projects', { as: ada, body: post(body) }))).toEqual(wanted);
  const { id } = await postProject(app, ada);
  expect(refusal(await app.request('PUT /projects/{id}', { as: ada, params: { id }, body }))).toEqual(wanted);
  const roles = { roles: body.roles };
  expect(refusal(await app.request('PUT /projects/{id}', { as: ada, params: { id }, body: roles }))).toMatchObject({
    paths: ['/roles/1/skill'],
  });
});
