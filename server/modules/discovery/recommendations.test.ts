import type { MatchFactor } from '@collabthon/contracts/discovery';
import type { ProjectCreate } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let owner: TestMember;
let seeker: TestMember;

const student = async (
  name: string,
  skills: string[],
  visibility: 'public' | 'private' = 'public',
  college = 'Northfield',
) => {
  const member = await app.member();
  const answer = await app.request('POST /users/me/profile', {
    as: member,
    body: {
      first_name: name,
      last_name: 'Tester',
      college,
      major: 'Physics',
      year: 3,
      visibility,
      skills,
      availability: { hours_per_week: 10, zone: 'UTC', slots: [] },
      open_to: ['projects'],
    },
  });
  expect(answer.status).toBe(201);
  return member;
};

const post = async (as: TestMember, title: string, more: Partial<ProjectCreate> = {}) => {
  const answer = await app.request('POST /projects', {
    as,
    body: { title, description: 'Something to build.', hours_per_week: 10, ...more },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};

const recommended = async (as: TestMember) =>
  (await app.request('GET /search-advanced/recommendations/projects', { as })).body;
const people = async (as: TestMember, project_id?: number) =>
  app.request('GET /search-advanced/recommendations/profiles', {
    as,
    query: project_id === undefined ? {} : { project_id },
  });

const expectSum = (score: number | null, factors: MatchFactor[]) =>
  expect(factors.reduce((total, { points }) => total + (points ?? 0), 0)).toBe(score ?? 0);

beforeAll(async () => {
  app = await startTestApp();
  owner = await student('Olga', ['Go']);
  seeker = await student('Sam', ['Python', 'React']);
}, 120_000);
afterAll(() => app.close());

describe('recommended projects', () => {
  it('are the open ones of others that ask for my skills, best fit first, with reasons that sum to the score', async () => {
    await post(owner, 'Half fit', { required_skills: ['Python', 'Blender'] });
    await post(owner, 'Full fit', { required_skills: ['Python', 'React'] });
    await post(owner, 'No fit', { required_skills: ['Welding'] });
    await post(owner, 'Draft', { required_skills: ['Python'], status: 'draft' });
    await post(seeker, 'Mine', { required_skills: ['Python'] });
    await app.settled();
    const projects = await recommended(seeker);
    expect(projects.map(({ title }) => title)).toEqual(['Full fit', 'Half fit']);
    const [full, half] = projects;
    expect(full?.score).toBe(100);
    expect(half?.score).toBeLessThan(100);
    for (const { score, reasons } of projects) expectSum(score, reasons);
    expect(half?.reasons.find(({ factor }) => factor === 'skills')?.facts).toEqual({
      matched: ['Python'],
      missing: ['Blender'],
    });
    // No role names a level: unknown, neither for nor against.
    expect(full?.reasons.find(({ factor }) => factor === 'level')?.points).toBeNull();
  });

  it('leave out what is full, what I asked to join, and what I am in', async () => {
    const role = { name: 'Coder', skill: 'Python', seats: 1 };
    const full = await post(owner, 'Soon full', { roles: [role] });
    const asked = await post(owner, 'Asked', { required_skills: ['Python'] });
    const joined = await post(owner, 'Joined', { required_skills: ['Python'] });
    await app.settled();
    const other = await student('Pat', ['Python']);
    const titles = async (as: TestMember) => (await recommended(as)).map(({ title }) => title);
    expect(await titles(seeker)).toEqual(expect.arrayContaining(['Soon full', 'Asked', 'Joined']));

    const apply = async (as: TestMember, project_id: number, role_id?: number) => {
      const answer = await app.request('POST /collaborations', {
        as,
        body: { receiver_id: owner.id, project_id, ...(role_id && { role_id }) },
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body.id;
    };
    const accept = async (id: number) =>
      expect((await app.request('PUT /collaborations/{id}/accept', { as: owner, params: { id } })).status).toBe(200);
    await apply(seeker, asked.id);
    await accept(await apply(seeker, joined.id));
    await accept(await apply(other, full.id, full.roles[0]?.id));
    await app.settled();
    const left = await titles(seeker);
    for (const title of ['Soon full', 'Asked', 'Joined']) expect(left).not.toContain(title);
  });

  it('are simply the newest, without a score, for somebody without skills', async () => {
    const fresh = await app.member();
    const projects = await recommended(fresh);
    expect(projects.length).toBeGreaterThan(0);
    expect(new Set(projects.map(({ score }) => score))).toEqual(new Set([null]));
    expect(
      projects.flatMap(({ reasons }) => reasons.map(({ points }) => points)).every((points) => points === null),
    ).toBe(true);
    const times = projects.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
  });
});

describe('the match with one project', () => {
  it('is there for a skill that I added a moment ago', async () => {
    const project = await post(owner, 'Pottery', { required_skills: ['Ceramics'] });
    const learner = await student('Lee', ['Python']);
    const match = async () =>
      (await app.request('GET /projects/{id}/match', { as: learner, params: { id: project.id } })).body;
    const points = async () => (await match()).factors.find(({ factor }) => factor === 'skills')?.points;
    expect(await points()).toBe(0);
    await app.request('PUT /users/me/profile', { as: learner, body: { skills: ['Python', 'Ceramics'] } });
    expect(await points()).toBeGreaterThan(0);
    const { score, factors } = await match();
    expectSum(score, factors);
  });

  it('is 404 for a project that is not there or that I may not see, and 401 for a visitor', async () => {
    const draft = await post(owner, 'Secret', { status: 'draft' });
    const college = await post(owner, 'Ours', { visibility: 'college' });
    await app.settled();
    const stranger = await student('Sid', ['Go'], 'public', 'Lakeside');
    const status = async (id: number, as: TestMember | null) =>
      (await app.request('GET /projects/{id}/match', { as, params: { id } })).status;
    expect(await status(999_999, seeker)).toBe(404);
    expect(await status(draft.id, seeker)).toBe(404);
    expect(await status(draft.id, owner)).toBe(200);
    expect(await status(college.id, stranger)).toBe(404);
    expect(await status(college.id, seeker)).toBe(200);
    expect(await status(college.id, null)).toBe(401);
  });
});

describe('recommended people', () => {
  it('for a project of mine have its skills, are not in its team, and are not private', async () => {
    const project = await post(owner, 'Loom', { required_skills: ['Weaving', 'Python'] });
    const [weaver, hidden, member] = [
      await student('Wil', ['Weaving', 'Python']),
      await student('Hid', ['Weaving'], 'private'),
      await student('Mem', ['Weaving']),
    ];
    const { body: invitation } = await app.request('POST /collaborations', {
      as: owner,
      body: { receiver_id: member.id, project_id: project.id },
    });
    expect(
      (await app.request('PUT /collaborations/{id}/accept', { as: member, params: { id: invitation.id } })).status,
    ).toBe(200);
    await app.settled();
    const { body } = await people(owner, project.id);
    const ids = body.map(({ user_id }) => user_id);
    expect(ids[0]).toBe(weaver.id);
    for (const absent of [hidden, member, owner]) expect(ids).not.toContain(absent.id);
    for (const { score, reasons } of body) expectSum(score, reasons);
    const scores = body.map(({ score }) => score ?? -1);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  });

  it('for a project are for its owner only', async () => {
    const project = await post(owner, 'Kiln', { required_skills: ['Python'] });
    expect((await people(seeker, project.id)).status).toBe(404);
    expect((await people(owner, 999_999)).status).toBe(404);
  });

  it('without a project share skills with me', async () => {
    await app.settled();
    const { body } = await people(seeker);
    expect(body.length).toBeGreaterThan(0);
    expect(body.map(({ user_id }) => user_id)).not.toContain(seeker.id);
    expect(body.every(({ skills }) => skills.includes('Python') || skills.includes('React'))).toBe(true);
    for (const { score, reasons } of body) expectSum(score, reasons);
  });

  it('never show an address', async () => {
    const { body } = await people(seeker);
    expect(JSON.stringify(body)).not.toContain('@example.org');
  });
});

describe('trending', () => {
  it('ranks open projects of the last days by requests, then newest', async () => {
    const host = await student('Tom', ['Go']);
    const [quiet, wanted, old] = [await post(host, 'Quiet'), await post(host, 'Wanted'), await post(host, 'Old')];
    for (const as of [await app.member(), await app.member(), await app.member()]) {
      for (const project of [wanted, old]) {
        expect(
          (await app.request('POST /collaborations', { as, body: { receiver_id: host.id, project_id: project.id } }))
            .status,
        ).toBe(201);
      }
    }
    await app.settled();
    await app.db.execute(
      sql`UPDATE discovery.project_documents SET created_at = now() - interval '8 days' WHERE project_id = ${old.id}`,
    );
    const trending = async (days?: number) =>
      (await app.request('GET /projects/trending', { query: days === undefined ? {} : { days } })).body.items.map(
        ({ title, collaboration_count }) => [title, collaboration_count],
      );
    const lastWeek = await trending();
    expect(lastWeek[0]).toEqual(['Wanted', 3]);
    expect(lastWeek).not.toContainEqual(['Old', 3]);
    expect((await trending(30)).slice(0, 2)).toEqual([
      ['Wanted', 3],
      ['Old', 3],
    ]);
    await app.request('PUT /projects/{id}', { as: host, params: { id: wanted.id }, body: { status: 'cancelled' } });
    await app.settled();
    expect((await trending()).map(([title]) => title)).not.toContain('Wanted');
    expect(lastWeek.length).toBeLessThanOrEqual(10);
    expect(quiet.id).toBeGreaterThan(0);
  });

  it('compares the skills of these days with those of the days before', async () => {
    const host = await student('Tia', ['Go']);
    const [, before] = [
      await post(host, 'New one', { required_skills: ['Falconry'] }),
      await post(host, 'Older one', { required_skills: ['Falconry'] }),
    ];
    await post(host, 'Hidden one', { required_skills: ['Falconry'], visibility: 'members' });
    await app.settled();
    await app.db.execute(
      sql`UPDATE discovery.project_documents SET created_at = now() - interval '10 days' WHERE project_id = ${before.id}`,
    );
    const { body } = await app.request('GET /search-advanced/trending-skills', { query: { days: 7, limit: 100 } });
    expect(body.find(({ skill }) => skill === 'Falconry')).toEqual({ skill: 'Falconry', count: 1, previous_count: 1 });
  });
});
