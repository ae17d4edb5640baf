import type { ProjectSketch } from '@collabthon/contracts/discovery';
import type { ProfileUpdate } from '@collabthon/contracts/profiles';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let owner: TestMember;

const student = async (first_name: string, skills: ProfileUpdate['skills'] = [], more: ProfileUpdate = {}) => {
  const member = await app.member();
  const body = { first_name, last_name: 'Tester', college: 'Northfield', major: 'Physics', year: 3 as const, ...more };
  expect((await app.request('PUT /users/me/profile', { as: member, body: { ...body, skills } })).status).toBe(200);
  return member;
};

const preview = async (body: ProjectSketch & { limit?: number }, as = owner) => {
  const answer = await app.request('POST /search-advanced/recommendations/preview', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const names = async (body: ProjectSketch & { limit?: number }, as = owner) =>
  (await preview(body, as)).items.map(({ first_name }) => first_name);

beforeAll(async () => {
  app = await startTestApp();
  owner = await student('Olga', ['Weaving']);
  await student('Both', [{ name: 'Weaving', level: 4 }, 'Python'], {
    availability: { hours_per_week: 12, zone: 'UTC', slots: [] },
    open_to: ['paid_work'],
  });
  await student('Beginner', [{ name: 'Weaving', level: 1 }], {
    availability: { hours_per_week: 2, zone: 'UTC', slots: [] },
    open_to: ['friends'],
  });
  await student('Private', ['Weaving'], { visibility: 'private' });
  await student('Elsewhere', ['Weaving'], { visibility: 'college', college: 'Lakeside' });
  await student('Other', ['Pottery']);
  await app.settled();
}, 120_000);
afterAll(() => app.close());

describe('people for a project that is being written', () => {
  it('are those that the posted project is recommended, with the same scores and reasons', async () => {
    const sketch: ProjectSketch & { skills: string[] } = {
      skills: ['weaving', 'Python'],
      hours_per_week: 10,
      budget_max: 200,
      roles: [
        { skill: 'WEAVING', level: 3, seats: 2 },
        { skill: null, level: null },
        { skill: 'Pottery', level: 1 },
      ],
    };
    const { items, total_considered } = await preview(sketch);
    expect(items.map(({ first_name }) => first_name)).toEqual(['Both', 'Other', 'Beginner']);
    expect(total_considered).toBe(3);

    const { skills, roles = [], ...rest } = sketch;
    const body = {
      title: 'Loom',
      description: 'It weaves.',
      required_skills: skills,
      roles: roles.map((role, at) => ({ name: `Role ${at}`, ...role })),
      ...rest,
    };
    const { body: project } = await app.request('POST /projects', { as: owner, body });
    const posted = await app.request('GET /search-advanced/recommendations/profiles', {
      as: owner,
      query: { project_id: project.id, limit: 10 },
    });
    expect(items).toEqual(posted.body);
  });

  it('are none while it asks for nothing that anybody has', async () => {
    for (const empty of [{}, { skills: [], roles: [] }, { hours_per_week: 5 }, { skills: ['', '!!', 'Unheard of'] }]) {
      expect(await preview(empty)).toMatchObject({ items: [], total_considered: 0 });
    }
    expect((await preview({ skills: ['Unheard of', 'Pottery'] })).unknown_skills).toEqual(['Unheard of']);
    expect(await names({ roles: [{ skill: 'Unheard of', level: 2 }, { skill: 'Pottery' }] })).toEqual(['Other']);
    const { rows } = await app.db.execute(sql`SELECT FROM profiles.skills WHERE key = 'unheardof'`);
    expect(rows).toEqual([]);
  });

  it('are whom the writer may see, never the writer, and nobody who is asked already', async () => {
    const lakeside = await student('Lake', ['Weaving'], { college: 'Lakeside' });
    await app.settled();
    expect((await names({ skills: ['Weaving'] }, lakeside)).toSorted()).toEqual([
      'Beginner',
      'Both',
      'Elsewhere',
      'Olga',
    ]);
    const asked = (await preview({ skills: ['Weaving'] }, lakeside)).items.find(
      ({ first_name }) => first_name === 'Both',
    );
    const request = { receiver_id: asked?.user_id ?? 0, message: 'Hello' };
    expect((await app.request('POST /collaborations', { as: lakeside, body: request })).status).toBe(201);
    expect(await names({ skills: ['Weaving'] }, lakeside)).not.toContain('Both');
  });

  it('are at most as many as asked for, best first', async () => {
    const all = await names({ skills: ['Weaving', 'Python'] });
    expect(all.length).toBeGreaterThan(2);
    expect(await names({ skills: ['Weaving', 'Python'], limit: 1 })).toEqual(all.slice(0, 1));
    for (const limit of [0, 11]) {
      const body = { skills: ['Weaving'], limit };
      expect((await app.request('POST /search-advanced/recommendations/preview', { as: owner, body })).status).toBe(
        422,
      );
    }
  });
});
