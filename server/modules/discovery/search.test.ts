import type { ProjectSearchQuery } from '@collabthon/contracts/discovery';
import type { ProjectCreate } from '@collabthon/contracts/projects';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let ada: TestMember;
let bob: TestMember;
let eve: TestMember;

const student = async (
  name: string,
  college: string,
  visibility: 'public' | 'members' | 'college' | 'private',
  hours: number,
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
      skills: [
        { name: 'C', level: 3 },
        { name: 'Python', level: 1 },
      ],
      availability: { hours_per_week: hours, zone: 'UTC', slots: [] },
      open_to: ['research'],
    },
  });
  expect(answer.status).toBe(201);
  return member;
};

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
const titles = async (query: ProjectSearchQuery, as?: TestMember) =>
  (await search({ size: 100, ...query }, as)).items.map(({ title }) => title);

beforeAll(async () => {
  app = await startTestApp({ config: { cache: { megabytes: 0 } } });
  ada = await student('Ada', 'Northfield', 'public', 10);
  bob = await student('Bob', 'northfield ', 'college', 4);
  eve = await student('Eve', 'Lakeside', 'private', 20);
  const role = { name: 'Firmware', skill: 'C', level: 3, seats: 2 };
  await post(ada, 'Lamp one', {
    required_skills: ['C'],
    budget_min: 100,
    budget_max: 300,
    is_remote: true,
    hours_per_week: 5,
    roles: [role],
  });
  await post(ada, 'Lamp two', { required_skills: ['CSS'], budget_min: 500, is_remote: false, hours_per_week: 15 });
  await post(ada, 'Lamp three', { required_skills: ['C++'], budget_max: 50, visibility: 'members' });
  await post(ada, 'Lamp four', { visibility: 'college', hours_per_week: 30 });
  await post(eve, 'Lamp five', { required_skills: ['C', 'Python'], budget_min: 0, budget_max: 0 });
  const done = await post(eve, 'Lamp six');
  await app.request('PUT /projects/{id}', { as: eve, params: { id: done }, body: { status: 'cancelled' } });
  await app.settled();
}, 120_000);
afterAll(() => app.close());

describe('filters', () => {
  it('take a skill for itself and by its other names, never for one that is spelt alike', async () => {
    expect((await titles({ skills: 'c' })).toSorted()).toEqual(['Lamp five', 'Lamp one']);
    expect(await titles({ skills: 'CSS' })).toEqual(['Lamp two']);
    expect((await titles({ skills: 'css, py' })).toSorted()).toEqual(['Lamp five', 'Lamp two']);
    expect(await titles({ skills: 'no such skill' })).toEqual([]);
    expect(await titles({ skills: 'C', min_level: 2 })).toEqual(['Lamp one']);
    expect(await titles({ skills: 'C', min_level: 4 })).toEqual([]);
    expect(await titles({ skills: 'python', min_level: 1 })).toEqual([]);
    expect(await titles({ min_level: 3 })).toEqual(['Lamp one']);
  });

  it('match budgets by overlap, and never a project that names none', async () => {
    expect(await titles({ min_budget: 200, max_budget: 400 })).toEqual(['Lamp one']);
    expect((await titles({ min_budget: 300 })).toSorted()).toEqual(['Lamp one', 'Lamp two']);
    expect((await titles({ max_budget: 60 }, ada)).toSorted()).toEqual(['Lamp five', 'Lamp three']);
    expect(await titles({ max_budget: 0 })).toEqual(['Lamp five']);
  });

  it('take place, hours, college and state as asked', async () => {
    expect(await titles({ is_remote: false })).toEqual(['Lamp two']);
    expect(await titles({ max_hours: 15 })).toEqual(['Lamp two', 'Lamp one']);
    expect((await titles({ college: 'NORTHFIELD' })).toSorted()).toEqual(['Lamp one', 'Lamp two']);
    expect(await titles({ status: 'cancelled' })).toEqual(['Lamp six']);
    expect(await titles({ status: 'completed' })).toEqual([]);
  });

  it('work on people', async () => {
    const people = async (query: object, as?: TestMember) =>
      (await app.request('GET /search-advanced/profiles', { query, as: as ?? null })).body.items
        .map(({ first_name }) => first_name)
        .toSorted();
    expect(await people({ skills: 'C', min_level: 3 })).toEqual(['Ada']);
    expect(await people({ skills: 'Python', min_level: 2 })).toEqual([]);
    expect(await people({ min_hours: 5, major: 'physics', year: 3, open_to: 'research' })).toEqual(['Ada']);
    expect(await people({ year: 2100 })).toEqual([]);
    expect(await people({ open_to: 'paid_work' })).toEqual([]);
    // The other choices are counted without the one that is set.
    for (const query of [{}, { open_to: 'paid_work' }]) {
      const { body } = await app.request('GET /search-advanced/profiles', { query });
      expect(body.facets.open_to).toEqual([{ value: 'research', count: (await people({})).length }]);
    }
    expect(await people({ q: 'tester' }, ada)).toEqual(['Ada', 'Bob']);
  });
});

describe('visibility', () => {
  it('shows each project to those it is meant for', async () => {
    const all = ['Lamp five', 'Lamp four', 'Lamp one', 'Lamp three', 'Lamp two'];
    expect((await titles({ q: 'lamp' })).toSorted()).toEqual(['Lamp five', 'Lamp one', 'Lamp two']);
    expect((await titles({ q: 'lamp' }, ada)).toSorted()).toEqual(all);
    expect((await titles({ q: 'lamp' }, bob)).toSorted()).toEqual(all);
    expect((await titles({ q: 'lamp' }, eve)).toSorted()).toEqual(all.filter((title) => title !== 'Lamp four'));
  });

  it('shows a private profile to nobody but its owner', async () => {
    const find = async (as?: TestMember) =>
      (await app.request('GET /search-advanced/profiles', { query: { q: 'eve' }, as: as ?? null })).body.items.map(
        ({ user_id }) => user_id,
      );
    expect(await find()).toEqual([]);
    expect(await find(ada)).toEqual([]);
    expect(await find(eve)).toEqual([eve.id]);
  });

  it('hides suspended members and their projects at once, and shows them again after', async () => {
    const gus = await student('Gus', 'Northfield', 'public', 8);
    const admin = await app.member({ role: 'admin' });
    await post(gus, 'Giraffe feeder');
    await app.settled();
    const seen = async () => [
      ...(await titles({ q: 'giraffe' })),
      ...(await app.request('GET /search-advanced/profiles', { query: { q: 'gus' } })).body.items.map(
        ({ first_name }) => first_name,
      ),
    ];
    expect(await seen()).toEqual(['Giraffe feeder', 'Gus']);
    const toggle = () =>
      app.request('PUT /admin/users/{id}/toggle-active', {
        as: admin,
        params: { id: gus.id },
        body: { reason: 'test' },
      } as never);
    expect((await toggle()).status).toBe(200);
    await app.settled();
    expect(await seen()).toEqual([]);
    expect((await toggle()).status).toBe(200);
    await app.settled();
    expect(await seen()).toEqual(['Giraffe feeder', 'Gus']);
  });
});

describe('paging', () => {
  const walk = async (query: ProjectSearchQuery) => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await search({ ...query, size: 2, ...(cursor === null ? {} : { cursor }) }, ada);
      found.push(...page.items.map(({ title }) => title));
      cursor = page.next_cursor;
    } while (cursor !== null);
    return found;
  };

  it('by cursor gives each row exactly once, in the order of one large page, for every order', async () => {
    const orders = ['relevance', 'created_at', 'updated_at', 'budget_min', 'budget_max', 'title'] as const;
    for (const q of ['lamp', undefined]) {
      for (const sort_by of orders) {
        for (const sort_order of ['asc', 'desc'] as const) {
          const query = { ...(q && { q }), sort_by, sort_order };
          expect(await walk(query), JSON.stringify(query)).toEqual(await titles(query, ada));
        }
      }
    }
  });

  it('by page gives the same', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => search({ q: 'lamp', page, size: 2 }, ada)));
    expect(pages.flatMap(({ items }) => items.map(({ title }) => title))).toEqual(await titles({ q: 'lamp' }, ada));
    expect(pages.map(({ page, pages: count, total }) => [page, count, total])).toEqual([
      [1, 3, 5],
      [2, 3, 5],
      [3, 3, 5],
      [4, 3, 5],
    ]);
  });

  it('refuses years that no column holds', async () => {
    for (const year of ['9223372036854775808', '2147483648', '2101', '-1', '1e400']) {
      const answer = await app.fetch(`/api/v1/search-advanced/profiles?year=${year}`);
      expect(answer.status, year).toBe(422);
    }
  });

  it('refuses sizes and cursors that make no sense', async () => {
    for (const query of [
      'size=0',
      'size=101',
      'page=0',
      'size=-1',
      'cursor=abc',
      `cursor=${Buffer.from('["x",1]').toString('base64url')}`,
      'min_budget=-1',
      'min_budget=1e10',
      'max_budget=1e400',
      `q=${'a'.repeat(201)}`,
    ]) {
      const answer = await app.fetch(`/api/v1/search-advanced/projects?${query}`);
      expect(answer.status, query).toBe(422);
    }
  });
});

describe('a page of results', () => {
  it('is one statement, after one that reads the words of a query', async () => {
    await search({ q: 'lamp', skills: 'C' });
    // What follows events in the background sends statements of its own.
    await app.settled();
    const query = vi.spyOn(pg.Client.prototype, 'query');
    try {
      const sent = async (ask: ProjectSearchQuery) => {
        query.mockClear();
        await search(ask);
        return query.mock.calls
          .map(([statement]) =>
            typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? ''),
          )
          .filter((text) => text.includes('discovery.'))
          .map((text) => (/similar_words/.test(text) ? 'spelling' : /discovery\.words/.test(text) ? 'words' : 'page'));
      };
      expect(await sent({})).toEqual(['page']);
      expect(await sent({ skills: 'C', max_hours: 10 })).toEqual(['page']);
      expect(await sent({ q: 'lamp', skills: 'C' })).toEqual(['words', 'page']);
      expect(await sent({ q: 'lapm' })).toEqual(['words', 'spelling', 'page']);
    } finally {
      query.mockRestore();
    }
  });
});
