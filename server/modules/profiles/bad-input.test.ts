import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { adaProfile, student } from './test-students.ts';

let app: TestApp;
let ada: TestMember;
let before: unknown;
beforeAll(async () => {
  app = await startTestApp();
  ada = await student(app, { ...adaProfile, skills: ['Python'] });
  before = (await app.request('GET /users/me/profile', { as: ada })).body;
});
afterAll(() => app.close());

const put = async (body: unknown) => {
  const answer = await app.fetch('/api/v1/users/me/profile', {
    method: 'PUT',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { errors?: { path: string }[] } };
};

describe('what a profile cannot be', () => {
  const slot = (from: number, to: number, day = 1) => ({ hours_per_week: 5, zone: 'UTC', slots: [{ day, from, to }] });
  const cases: [string, unknown, string][] = [
    ['an unknown field', { surname: 'x' }, '/surname'],
    ['an account field', { is_verified_student: true }, '/is_verified_student'],
    ['a script as a link', { github_url: 'javascript:alert(1)' }, '/github_url'],
    ['a data link', { portfolio_url: 'data:text/html,<script>' }, '/portfolio_url'],
    [
      'a script as evidence',
      { skills: [{ name: 'Go', evidence_url: 'javascript:alert(1)' }] },
      '/skills/0/evidence_url',
    ],
    ['NUL', { bio: 'a\0b' }, '/bio'],
    ['a lone surrogate', { bio: 'a\ud800' }, '/bio'],
    ['a lone surrogate in a skill', { skills: ['Go', '\udc00'] }, '/skills/1'],
    ['a bio that is too long', { bio: 'x'.repeat(2001) }, '/bio'],
    ['a number as a name', { first_name: 5 }, '/first_name'],
    ['a year between study and graduation', { year: 12 }, '/year'],
    ['half a year', { year: 2.5 }, '/year'],
    ['a level that is not there', { skills: [{ name: 'Go', level: 5 }] }, '/skills/0/level'],
    ['an empty skill', { skills: [''] }, '/skills/0'],
    ['a skill of signs', { skills: ['Go', '***'] }, '/skills/1'],
    ['too many skills', { skills: Array.from({ length: 41 }, (_, at) => `skill ${at}`) }, '/skills'],
    ['an unknown visibility', { visibility: 'friends' }, '/visibility'],
    ['an unknown wish', { open_to: ['fame'] }, '/open_to/0'],
    ['the same wish twice', { open_to: ['projects', 'projects'] }, '/open_to'],
    ['a slot that ends first', { availability: slot(12, 9) }, '/availability/slots/0/to'],
    ['a slot of no length', { availability: slot(9, 9) }, '/availability/slots/0/to'],
    ['a 25th hour', { availability: slot(9, 25) }, '/availability/slots/0/to'],
    ['an 8th day', { availability: slot(9, 10, 8) }, '/availability/slots/0/day'],
    ['an unknown zone', { availability: { hours_per_week: 5, zone: 'Mars/Olympus', slots: [] } }, '/availability/zone'],
    [
      'more hours than a week has',
      { availability: { hours_per_week: 169, zone: null, slots: [] } },
      '/availability/hours_per_week',
    ],
  ];
  test.each(cases)('%s: 422 with its place', async (_what, body, path) => {
    const answer = await put(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.path)).toContain(path);
  });

  test('malformed, oversize and deeply nested bodies are 4xx', async () => {
    expect((await put('{"bio": ')).status).toBe(400);
    expect((await put({ bio: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await put(`{"bio": ${'['.repeat(5000)}${']'.repeat(5000)}}`)).status).toBe(422);
    expect((await put('{"__proto__": {"is_public": false}}')).status).toBeGreaterThanOrEqual(400);
    expect((await put('{"__proto__": {"is_public": false}}')).status).toBeLessThan(500);
    expect((await put([])).status).toBe(422);
  });

  test('POST needs names', async () => {
    const fresh = await student(app);
    const answer = await app.fetch('/api/v1/users/me/profile', {
      method: 'POST',
      headers: { authorization: `Bearer ${fresh.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { path: string }[] };
    expect(errors.map((error) => error.path).sort()).toEqual([
      '/college',
      '/first_name',
      '/last_name',
      '/major',
      '/year',
    ]);
  });

  test('nothing of all that was written', async () => {
    expect((await app.request('GET /users/me/profile', { as: ada })).body).toEqual(before);
  });
});

test('text stays as it was given', async () => {
  const texts = [
    '<img src=x onerror=alert(1)>',
    '"; DROP TABLE profiles; --',
    "O'Brien & Söhne",
    '{{7*7}}',
    '😀 مرحبا',
    ' spaced ',
  ];
  for (const text of texts) {
    const { body } = await app.request('PUT /users/me/profile', {
      as: ada,
      body: { bio: text, last_name: text, college: text },
    });
    expect(body).toMatchObject({ bio: text, last_name: text, college: text });
    const search = await app.request('GET /profiles/search/{query}', { params: { query: text } });
    expect(search.status).toBe(200);
    const list = await app.request('GET /profiles', { query: { college: text } });
    expect(list.body.total).toBe(1);
  }
});

describe('what a list cannot be asked', () => {
  const refused = [
    '/profiles?size=0',
    '/profiles?size=101',
    '/profiles?size=-1',
    '/profiles?size=abc',
    '/profiles?limit=0',
    '/profiles?skip=-1',
    '/profiles?skip=10001',
    '/profiles?page=0',
    '/profiles?page=10000',
    '/profiles?page=1e300',
    '/profiles?year=1e300',
    '/profiles?year=x',
    '/profiles?cursor=',
    '/profiles?cursor=abc',
    '/profiles?cursor=WzFd.',
    '/profiles?cursor=WyIxIl0',
    '/profiles?cursor=WzkwMDcxOTkyNTQ3NDA5OTNd',
    '/profiles?min_level=9',
    '/profiles?college=%00',
    `/profiles?skill=${'x'.repeat(61)}`,
    '/profiles/0',
    '/profiles/-1',
    '/profiles/abc',
    '/profiles/9007199254740993',
    '/users/9007199254740993/profile',
    '/users/0/profile',
    '/profiles/search/%00',
    `/profiles/search/${'x'.repeat(201)}`,
    '/profiles/search/a?limit=0',
    '/profiles/skills/popular?limit=1000',
    '/skills?limit=0',
    '/skills?unknown=1',
  ];
  test.each(refused)('%s is refused', async (path) => {
    const { status } = await app.fetch(`/api/v1${path}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  const odd = [
    '/profiles?skill=%25',
    '/profiles?skill=!!',
    "/profiles?skill='",
    '/profiles?college=%25',
    '/profiles?unknown=filter&order=x',
    '/profiles/search/%25',
    '/profiles/search/_',
    "/profiles/search/'",
    '/profiles/search/%3A*',
    '/profiles/search/a%20%26%20%7C%20!b',
    '/profiles/search/%5C',
    '/profiles/search/%F0%9F%8E%B8',
    '/profiles/search/%20',
    '/skills?q=%5C',
    '/skills?q=%25',
    "/skills?q='",
  ];
  test.each(odd)('%s is answered', async (path) => {
    const answer = await app.fetch(`/api/v1${path}`);
    expect(answer.status).toBe(200);
  });

  test('signs are no wildcards', async () => {
    for (const path of ['/profiles?skill=%25', '/profiles?college=%25']) {
      expect(((await (await app.fetch(`/api/v1${path}`)).json()) as { total: number }).total).toBe(0);
    }
    for (const query of ['%', '_', '%25']) {
      expect((await app.request('GET /profiles/search/{query}', { params: { query } })).body).toEqual([]);
    }
  });
});
