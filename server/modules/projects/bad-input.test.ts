import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { post, postProject } from './test-projects.ts';

let app: TestApp;
let ada: TestMember;
let id: number;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.member();
  ({ id } = await postProject(app, ada));
});
afterAll(() => app.close());

const count = async () =>
  (await app.db.execute<{ n: number }>(sql`SELECT count(*) AS n FROM projects.projects`)).rows[0]?.n;
const send = async (method: string, path: string, body: string) => {
  const headers = { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' };
  return (await app.fetch(`/api/v1${path}`, { method, headers, body })).status;
};

describe('what no project can be made of is refused, and nothing is written', () => {
  const long = (length: number) => 'x'.repeat(length);
  test.each<[string, unknown]>([
    ['no title', { description: 'Text' }],
    ['an unknown field', { ...post(), owner_id: 1 }],
    ['a long title', post({ title: long(141) })],
    ['a long description', post({ description: long(10_001) })],
    ['too many skills', post({ required_skills: Array.from({ length: 31 }, (_, at) => `Skill ${at}`) })],
    ['skills in one string', { ...post(), required_skills: 'Go,Rust' }],
    ['too many roles', post({ roles: Array.from({ length: 21 }, () => ({ name: 'Role' })) })],
    ['no seat', post({ roles: [{ name: 'Role', seats: 0 }] })],
    ['half a seat', post({ roles: [{ name: 'Role', seats: 1.5 }] })],
    ['level 5', post({ roles: [{ name: 'Role', level: 5 }] })],
    ['a negative budget', post({ budget_min: -1 })],
    ['a budget beyond all', post({ budget_max: 1e10 })],
    ['a budget as text', { ...post(), budget_min: '10' }],
    ['a day that is none', post({ deadline: '2027-02-30' })],
    ['a time that is none', post({ expires_at: 'tomorrow' })],
    ['a leap second', post({ expires_at: '2027-06-30T23:59:60Z' })],
    ['a wrong state', { ...post(), status: 'completed' }],
    ['a wrong visibility', { ...post(), visibility: 'private' }],
    ['NUL', post({ title: 'a\0b' })],
    ['half a character', post({ title: '\ud800' })],
    ['a list', []],
    ['nothing', null],
  ])('%s', async (_name, body) => {
    const before = await count();
    expect(await send('POST', '/projects', JSON.stringify(body))).toBe(422);
    expect(await count()).toBe(before);
  });

  test('a body that is no JSON is 400, one that is too large 413', async () => {
    expect(await send('POST', '/projects', '{"title":')).toBe(400);
    expect(await send('POST', '/projects', JSON.stringify(post({ description: long(70_000) })))).toBe(413);
  });

  test.each(['0', '-1', 'abc', '1.5', '9007199254740993', '%00'])('id %s', async (wrong) => {
    const answer = await app.fetch(`/api/v1/projects/${wrong}`);
    expect([400, 404, 422]).toContain(answer.status);
  });
});

test('whatever is sent, the answer is never a failure of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.constantFrom(
          'title',
          'description',
          'roles',
          'budget_min',
          'budget_max',
          'currency',
          'deadline',
          'expires_at',
          'status',
          'version',
          'required_skills',
          'place',
          '__proto__',
        ),
        fc.oneof(
          fc.jsonValue(),
          fc.date({ noInvalidDate: true }).map(String),
          fc.constantFrom('USD', 'XXX', 'open', '9999-12-31', '9999-12-31T23:59:59Z', 1e-7, 1e308),
        ),
      ),
      async (body) => {
        expect(await send('PUT', `/projects/${id}`, JSON.stringify(body))).toBeLessThan(500);
        expect(await send('POST', '/projects', JSON.stringify({ ...post(), ...body }))).toBeLessThan(500);
      },
    ),
    { numRuns: 60 },
  );
});
