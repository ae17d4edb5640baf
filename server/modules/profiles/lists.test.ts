import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { adaProfile, namesOf, student } from './test-students.ts';

let app: TestApp;
let reader: TestMember;
const PEOPLE = 20_000;

/** Listed people with every filter's values spread, straight into the tables. */
const fill = () =>
  app.db.transaction(async (tx) => {
    await tx.execute(sql`
      INSERT INTO profiles.profiles (user_id, username, is_active, is_demo, member_version, first_name, last_name, college,
        badge_college, major, year, bio, visibility, skill_ids, filled_at)
      SELECT 1000000 + n, 'bulk_' || n, n % 100 <> 0, false, 1, 'Bulk' || n % 977, 'Person' || n, 'College ' || n % 40,
        CASE WHEN n % 3 = 0 THEN 'College ' || n % 40 END, 'Major ' || n % 60, 1 + n % 6, repeat('about me ', 20),
        (ARRAY['public', 'public', 'public', 'members', 'college', 'private'])[1 + n % 6],
        ARRAY[1 + n % 50, 60 + n % 47], now()
      FROM generate_series(1, ${PEOPLE}) AS n`);
    await tx.execute(sql`
      INSERT INTO profiles.profile_skills (user_id, skill_id, position, level)
      SELECT user_id, skill_id, position, 1 + user_id % 4
      FROM profiles.profiles, unnest(skill_ids) WITH ORDINALITY AS skill (skill_id, position)
      WHERE username LIKE 'bulk%'`);
  });

beforeAll(async () => {
  app = await startTestApp();
  await fill();
  await app.db.execute(sql`VACUUM ANALYZE profiles.profiles`);
  await app.db.execute(sql`VACUUM ANALYZE profiles.profile_skills`);
  reader = await student(app, { ...adaProfile, first_name: 'Reader', college: 'College 4' });
  await app.settled();
});
afterAll(() => app.close());

/** The statements that read or write this module's tables meanwhile. */
async function statementsOf(act: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  const seen: { text: string; values: unknown[] }[] = [];
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config, values] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const text = typeof config === 'string' ? config : config.text;
    const parameters = values ?? (typeof config === 'string' ? [] : config.values) ?? [];
    // The queue names its jobs after modules.
    if (/\bprofiles\.\w/.test(text) && !text.includes('pgboss'))
      seen.push({ text, values: Array.isArray(parameters) ? parameters : [] });
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await act();
  } finally {
    pg.Client.prototype.query = query;
  }
  return seen;
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}
const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];

const hotPaths = [
  '/profiles',
  '/profiles?page=50&size=100',
  '/profiles?college=College%204',
  '/profiles?college=college%204&year=3',
  '/profiles?major=Major%2011',
  '/profiles?year=2',
  '/profiles?skill=js',
  '/profiles?skill=C&min_level=3',
  '/profiles?skill=Python&college=College%207&year=2',
  '/profiles/search/Person123',
  '/profiles/search/JavaScript',
  '/profiles/skills/popular',
  '/profiles/colleges',
  '/profiles/majors',
];

/** Without its own index a filter would fall back to reading the whole listed one. */
const indexOf: Record<string, string[]> = {
  '/profiles': ['profiles_listed'],
  '/profiles?college=college%204&year=3': ['profiles_college'],
  '/profiles?major=Major%2011': ['profiles_major'],
  '/profiles?skill=js': ['profiles_skills'],
};

describe.each([
  ['anonymous', () => ({})],
  ['a member', () => ({ authorization: `Bearer ${reader.token}` })],
])('for %s', (_who, headers) => {
  test.each(hotPaths)('%s is one statement that never scans all profiles', async (path) => {
    let status = 0;
    const statements = await statementsOf(async () => {
      const answer = await app.fetch(`/api/v1${path}`, { headers: headers() });
      await answer.text();
      status = answer.status;
    });
    expect(status).toBe(200);
    expect(statements).toHaveLength(1);

    const client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
    try {
      for (const { text, values } of statements) {
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          `EXPLAIN (FORMAT JSON) ${text}`,
          values,
        );
        const nodes = rows.flatMap((row) => walk(row['QUERY PLAN'][0].Plan));
        const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
        expect(scans.filter((table) => table !== 'skills' && table !== 'skill_synonyms')).toEqual([]);
        expect(nodes.map((node) => node['Index Name'])).toEqual(expect.arrayContaining(indexOf[path] ?? []));
      }
    } finally {
      await client.end();
    }
  });
});

describe('walking the list', () => {
  const college = 'Walked College';
  let people: TestMember[];
  beforeAll(async () => {
    people = [];
    for (let nth = 0; nth < 7; nth++)
      people.push(await student(app, { ...adaProfile, college, first_name: `W${nth}` }));
  });
  const newestFirst = ['W6', 'W5', 'W4', 'W3', 'W2', 'W1', 'W0'];

  test('by cursor shows each once, newest first, also when somebody comes in between', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(10);
      const { status, body } = await app.request('GET /profiles', {
        query: { college, size: 3, ...(cursor && { cursor }) },
      });
      expect(status).toBe(200);
      seen.push(...namesOf(body.items));
      cursor = body.next_cursor;
      if (pages === 0) {
        expect(body).toMatchObject({ total: 7, page: 1, size: 3, pages: 3 });
        people.push(await student(app, { ...adaProfile, college, first_name: 'Newcomer', visibility: 'members' }));
      }
    }
    expect(seen).toEqual(newestFirst);
  });

  test('by page and size, and by skip and limit', async () => {
    const names = async (query: { page?: number; size?: number; skip?: number; limit?: number }) => {
      const { body } = await app.request('GET /profiles', { query: { college, ...query } });
      expect(body.total).toBe(7);
      return namesOf(body.items);
    };
    expect(await names({ page: 2, size: 3 })).toEqual(['W3', 'W2', 'W1']);
    expect(await names({ skip: 5, limit: 5 })).toEqual(['W1', 'W0']);
    expect(await names({ page: 9, size: 3 })).toEqual([]);
  });

  test('the total is exact up to 10,000 and capped there', async () => {
    // A sixth is private and one in a hundred suspended; the reader and the walkers come on top.
    const all = await app.request('GET /profiles', { as: reader });
    expect(all.body).toMatchObject({ total: 10_000, size: 20, pages: 500 });
    const year = await app.request('GET /profiles', { query: { year: 2, major: 'Major 1' } });
    const { rows } = await app.db.execute<{ count: number }>(sql`
      SELECT count(*) AS count FROM profiles.profiles
      WHERE year = 2 AND major = 'Major 1' AND visibility = 'public' AND is_active`);
    expect(year.body.total).toBe(rows[0]?.count);
    expect(year.body.total).toBeGreaterThan(0);
  });
});

describe('filters', () => {
  const college = 'Filter College';
  beforeAll(async () => {
    const base = { ...adaProfile, college, last_name: 'Filtered' };
    await student(app, { ...base, first_name: 'Cee', major: 'Compilers', skills: [{ name: 'C', level: 3 }], year: 1 });
    await student(app, {
      ...base,
      first_name: 'Plus',
      skills: [
        { name: 'cpp', level: 4 },
        { name: 'C', level: 1 },
      ],
    });
    await student(app, { ...base, first_name: 'Style', skills: [{ name: 'CSS', level: 4 }] });
    await student(app, { ...base, first_name: 'Script', skills: ['js'] });
  });
  const names = async (query: { skill?: string; min_level?: number; major?: string; year?: number }) => {
    const { body } = await app.request('GET /profiles', { query: { college: 'filter COLLEGE ', ...query } });
    expect(body.total).toBe(body.items.length);
    return namesOf(body.items);
  };

  test('a skill is found by any of its names, and by no other skill', async () => {
    expect(await names({ skill: 'C' })).toEqual(['Plus', 'Cee']);
    expect(await names({ skill: 'C++' })).toEqual(['Plus']);
    expect(await names({ skill: 'c plus plus' })).toEqual(['Plus']);
    expect(await names({ skill: 'css3' })).toEqual(['Style']);
    expect(await names({ skill: 'JavaScript' })).toEqual(['Script']);
    expect(await names({ skill: 'no such skill' })).toEqual([]);
  });

  test('at a level or above it', async () => {
    expect(await names({ skill: 'C', min_level: 1 })).toEqual(['Plus', 'Cee']);
    expect(await names({ skill: 'C', min_level: 2 })).toEqual(['Cee']);
    expect(await names({ skill: 'C', min_level: 4 })).toEqual([]);
    expect(await names({ min_level: 4 })).toEqual(['Style', 'Plus']);
  });

  test('major and year, in any case', async () => {
    expect(await names({ major: 'COMPILERS' })).toEqual(['Cee']);
    expect(await names({ year: 1 })).toEqual(['Cee']);
    expect(await names({ major: 'Compilers', year: 2 })).toEqual([]);
  });

  test('the search knows names, beginnings, several words, skills and slips', async () => {
    const search = async (query: string) =>
      namesOf((await app.request('GET /profiles/search/{query}', { params: { query }, query: { limit: 3 } })).body);
    expect((await search('Cee Filtered'))[0]).toBe('Cee');
    expect((await search('filt cee'))[0]).toBe('Cee');
    expect((await search('compil'))[0]).toBe('Cee');
    expect((await search('Filter Colege cee'))[0]).toBe('Cee');
    expect((await search('c plus plus'))[0]).toBe('Plus');
  });
});

describe('names', () => {
  test('of colleges and majors are sorted and each there once', async () => {
    const { body } = await app.request('GET /profiles/colleges');
    expect(body).toContain('College 4');
    expect(new Set(body.map((name) => name.toLowerCase())).size).toBe(body.length);
    expect(body).toEqual([...body].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect((await app.request('GET /profiles/majors')).body).toContain('Major 1');
  });

  test('are 500 at most', async () => {
    await app.db.execute(sql`
      INSERT INTO profiles.profiles (user_id, username, is_active, is_demo, member_version, first_name, major)
      SELECT 2000000 + n, 'many_' || n, true, false, 1, 'Many', 'Zoology ' || n FROM generate_series(1, 600) AS n`);
    expect((await app.request('GET /profiles/majors', { as: reader })).body).toHaveLength(500);
    await app.db.execute(sql`DELETE FROM profiles.profiles WHERE username LIKE 'many%'`);
  });

  test('popular skills count the profiles that the reader may see', async () => {
    const { body } = await app.request('GET /profiles/skills/popular', { query: { limit: 1 } });
    const { rows } = await app.db.execute<{ count: number }>(sql`
      SELECT count(*) AS count FROM profiles.profiles p JOIN profiles.skills s ON s.id = ANY(p.skill_ids)
      WHERE p.is_listed AND p.visibility = 'public' AND s.name = ${body[0]?.skill}`);
    expect(body).toEqual([{ skill: body[0]?.skill, count: rows[0]?.count }]);
  });
});

describe('calls', () => {
  test('candidates come by rising user id, all of them, and whole', async () => {
    const seen: number[] = [];
    for (let after = 0; ; ) {
      const page = await app.platform.calls('profiles.listCandidates', { after_user_id: after, limit: 500 });
      seen.push(...page.map((candidate) => candidate.person.user_id));
      after = seen.at(-1) ?? 0;
      if (page.length < 500) break;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(PEOPLE);
    const candidate = await app.platform.calls('profiles.getCandidate', { user_id: reader.id });
    const { body: profile } = await app.request('GET /users/me/profile', { as: reader });
    expect(candidate).toMatchObject({
      person: { name: 'Reader Lovelace' },
      is_listed: true,
      visibility: 'public',
      profile,
    });
    expect(await app.platform.calls('profiles.getCandidate', { user_id: 2 ** 53 - 1 })).toBeNull();
  });

  test('cards of 500 people are one statement', async () => {
    const user_ids = Array.from({ length: 500 }, (_, at) => 1_000_001 + at);
    const statements = await statementsOf(async () => {
      expect(await app.platform.calls('profiles.getCards', { user_ids })).toHaveLength(500);
    });
    expect(statements).toHaveLength(1);
  });

  test('resolving 100 known skills is one statement, new ones two more', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `Rare craft ${at}`);
    const resolve = () => app.platform.calls('profiles.resolveSkills', { names });
    expect(await statementsOf(resolve)).toHaveLength(3);
    expect(await statementsOf(resolve)).toHaveLength(1);
  });
});
