import type { ProjectSearchQuery } from '@collabthon/contracts/discovery';
import type { Project, ProjectCreate } from '@collabthon/contracts/projects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let ada: TestMember;

const post = async (as: TestMember, title: string, more: Partial<ProjectCreate> = {}) => {
  const answer = await app.request('POST /projects', {
    as,
    body: { title, description: 'Something to build together.', ...more },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};

const search = async (query: ProjectSearchQuery, as?: TestMember) => {
  const answer = await app.request('GET /search-advanced/projects', { query, as: as ?? null });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const studentOf = async (college: string) => {
  const member = await app.member();
  const body = { first_name: 'Some', last_name: 'Body', college, major: 'Physics', year: 3 as const };
  expect((await app.request('POST /users/me/profile', { as: member, body })).status).toBe(201);
  return member;
};

beforeAll(async () => {
  app = await startTestApp();
  ada = await studentOf('Northfield');
  const bob = await studentOf('NORTHFIELD');
  const eve = await app.member();
  await post(ada, 'Lamp one', {
    required_skills: ['C'],
    budget_min: 100,
    budget_max: 300,
    is_remote: true,
    hours_per_week: 5,
    roles: [{ name: 'Firmware', skill: 'C', level: 3, seats: 2 }],
  });
  await post(bob, 'Lamp two', { required_skills: ['CSS'], budget_min: 500, is_remote: false, hours_per_week: 15 });
  await post(ada, 'Lamp three', {
    required_skills: ['C++'],
    budget_max: 50,
    visibility: 'members',
    hours_per_week: 30,
    roles: [
      { name: 'Guide', skill: 'C++', level: 4, seats: 1 },
      { name: 'Learner', skill: 'C', level: 1, seats: 1 },
    ],
  });
  await post(eve, 'Lamp five', { required_skills: ['C', 'Python'], budget_min: 0, budget_max: 0 });
  const done = await post(eve, 'Lamp six');
  await app.request('PUT /projects/{id}', { as: eve, params: { id: done }, body: { status: 'cancelled' } });
  await app.settled();
}, 120_000);
afterAll(() => app.close());

describe('a currency', () => {
  it('finds and counts the budgets that are in it, and orders them by amount', async () => {
    const titles = async (query: ProjectSearchQuery) =>
      (await search({ q: 'raft', ...query })).items.map(({ title }) => title);
    await post(ada, 'Raft of reeds', { budget_max: 90_000, currency: 'JPY' });
    await post(ada, 'Raft of logs', { budget_min: 100, currency: 'EUR' });
    await post(ada, 'Raft of cans', { budget_min: 200, budget_max: 700, currency: 'EUR' });
    await post(ada, 'Raft of hope', { budget_min: 0, budget_max: 0, currency: 'EUR' });
    await app.settled();

    const chosen = { currency: 'EUR', sort_by: 'budget_max' } as const;
    expect(await titles(chosen)).toEqual(['Raft of cans', 'Raft of logs']);
    const { facets } = await search({ q: 'raft', ...chosen });
    expect(facets.currencies).toEqual([
      { value: 'EUR', count: 2 },
      { value: 'JPY', count: 1 },
    ]);
    const refused = await app.request('GET /search-advanced/projects', { query: { currency: 'euro' } });
    expect(refused.status).toBe(422);
  });
});

describe('facets', () => {
  it('count what the matches have', async () => {
    const { facets, total } = await search({ q: 'lamp' });
    expect(total).toBe(3);
    expect(facets.skills).toEqual([
      { value: 'C', count: 2 },
      { value: 'CSS', count: 1 },
      { value: 'Python', count: 1 },
    ]);
    expect(facets.remote.toSorted((one, other) => one.value.localeCompare(other.value))).toEqual([
      { value: 'false', count: 1 },
      { value: 'true', count: 2 },
    ]);
    expect(facets.levels).toEqual(['1', '2', '3'].map((value) => ({ value, count: 1 })));
    expect(facets.status).toEqual([
      { value: 'open', count: 3 },
      { value: 'cancelled', count: 1 },
    ]);
    expect(facets.colleges).toEqual([{ value: 'NORTHFIELD', count: 2 }]);
    expect(facets.hours).toEqual([
      { value: '1-5', count: 1 },
      { value: '11-20', count: 1 },
    ]);
    expect(facets.budget).toEqual([
      { value: 'none', count: 1 },
      { value: '1-100', count: 1 },
      { value: '101-500', count: 2 },
      { value: '501-2000', count: 1 },
      { value: '2001+', count: 1 },
    ]);
  });

  it('have what was chosen, however rare it is', async () => {
    const common = Array.from({ length: 25 }, (_, at) => `Common skill ${at}`);
    for (const at of [1, 2]) await post(ada, `Kite ${at}`, { required_skills: common });
    await post(ada, 'Kite 3', { required_skills: ['Kite making'] });
    await app.settled();
    const count = async (skills?: string) =>
      (await search({ q: 'kite', ...(skills && { skills }) })).facets.skills.find(
        ({ value }) => value === 'Kite making',
      )?.count;
    expect(await count()).toBeUndefined();
    expect(await count('kite making,common skill 1')).toBe(1);
  });

  it('keep the other values beside a chosen one, of projects and of people', async () => {
    const remote = (await search({ q: 'lamp', is_remote: true })).facets.remote;
    expect(remote.map(({ value }) => value).toSorted()).toEqual(['false', 'true']);
    await studentOf('Lakeside');
    await app.settled();
    const colleges = async (query: object) =>
      (await app.request('GET /search-advanced/profiles', { query })).body.facets.colleges;
    const all = [
      { value: 'NORTHFIELD', count: 2 },
      { value: 'Lakeside', count: 1 },
    ];
    expect(await colleges({})).toEqual(all);
    expect(await colleges({ college: 'lakeside' })).toEqual(all);
    expect(await colleges({ college: 'lakeside', year: 1 })).toEqual([]);
  });

  it('are spared when nobody reads them, and the rest of the answer is the same', async () => {
    for (const asked of [{ q: 'lamp' }, { q: 'lapm' }, { skills: 'C' }, {}] as ProjectSearchQuery[]) {
      const { facets, ...rest } = await search({ ...asked, limit: 2 });
      const { facets: spared, ...same } = await search({ ...asked, limit: 2, facets: false });
      expect(same).toEqual(rest);
      expect(rest.items).toHaveLength(2);
      expect(Object.keys(spared)).toEqual(Object.keys(facets));
      expect(Object.values(spared).flat()).toEqual([]);
    }
    const people = await app.request('GET /search-advanced/profiles', {
      query: { q: 'body', facets: false, limit: 1 },
    });
    expect(people.body.items).toHaveLength(1);
    expect(people.body.total).toBe(3);
    expect(Object.values(people.body.facets).flat()).toEqual([]);
  });

  type Choice = [count: number, query: ProjectSearchQuery];

  it('say how many there are after choosing each value', async () => {
    const ranges: Record<string, ProjectSearchQuery> = {
      '1-100': { min_budget: 1, max_budget: 100 },
      '101-500': { min_budget: 101, max_budget: 500 },
      '501-2000': { min_budget: 501, max_budget: 2000 },
      '2001+': { min_budget: 2001 },
    };
    const asks: ProjectSearchQuery[] = [
      {},
      { q: 'lamp' },
      { skills: 'C' },
      { skills: 'C', min_level: 3 },
      { min_level: 2 },
      { college: 'northfield', is_remote: true },
      { max_hours: 10, min_budget: 101, max_budget: 500 },
      { q: 'lamp', is_remote: true, min_level: 1, max_hours: 30 },
    ];
    for (const asked of asks) {
      const { facets } = await search(asked, ada);
      const hours = facets.hours.toSorted(
        (one, other) => Number.parseInt(one.value, 10) - Number.parseInt(other.value, 10),
      );
      const choices: Choice[] = [
        ...facets.skills.map(({ value, count }): Choice => [count, { skills: value }]),
        ...facets.colleges.map(({ value, count }): Choice => [count, { college: value }]),
        ...facets.remote.map(({ value, count }): Choice => [count, { is_remote: value === 'true' }]),
        ...facets.status.map(({ value, count }): Choice => [count, { status: value as Project['status'] }]),
        ...facets.levels.map(({ value, count }): Choice => [count, { min_level: Number(value) }]),
        ...hours.map(
          ({ value }, index): Choice => [
            hours.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0),
            { max_hours: Number(value.split('-')[1] ?? 80) },
          ],
        ),
        ...facets.budget
          .filter(({ value }) => value !== 'none')
          .map(({ value, count }): Choice => [count, ranges[value] ?? {}]),
      ];
      expect(choices.length).toBeGreaterThan(5);
      for (const [count, choice] of choices) {
        const { min_budget: _min, max_budget: _max, ...others } = asked;
        const query = { ...('min_budget' in choice ? others : asked), ...choice };
        expect((await search(query, ada)).total, JSON.stringify(query)).toBe(count);
      }
    }
  });
});

describe('the facet of states', () => {
  const states = async (query: ProjectSearchQuery, as?: TestMember) =>
    (await search(query, as)).facets.status.toSorted((one, other) => one.value.localeCompare(other.value));

  it('has the others beside the chosen one, whichever is chosen', async () => {
    const open = await states({ q: 'lamp' });
    expect(await states({ q: 'lamp', status: 'cancelled' })).toEqual(open);
    expect(await states({ q: 'lamp', status: 'completed' })).toEqual(open);
    expect(await states({ q: 'lamp', skills: 'CSS' })).toEqual([{ value: 'open', count: 1 }]);
    expect(await states({ q: '&|!' })).toEqual([]);
  });

  it('has drafts for their owner alone', async () => {
    const zoe = await app.member();
    await post(zoe, 'Zither tuner', { status: 'draft' });
    await app.settled();
    expect(await states({ q: 'zither' })).toEqual([]);
    expect(await states({ q: 'zither' }, ada)).toEqual([]);
    expect(await states({ q: 'zither' }, zoe)).toEqual([{ value: 'draft', count: 1 }]);
    expect((await search({ q: 'zither', status: 'draft' }, zoe)).total).toBe(1);
  });
});
