import { type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { insertProjectsInBulk } from './bulk.ts';
import { listStatement } from './store-read.ts';
import { searchStatement } from './store-search.ts';
import { fillProfile, postProject, refusal } from './test-projects.ts';

let app: TestApp;
let ada: TestMember;
let bob: TestMember;

type Query = NonNullable<NonNullable<Parameters<typeof app.request<'GET /projects'>>[1]>['query']>;

const titles = async (query: Query) =>
  (await app.request('GET /projects', { query })).body.items.map((project) => project.title).sort();

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob] = await Promise.all([app.member(), app.member()]);
  await fillProfile(app, ada, 'IIT Delhi');
  await postProject(app, ada, { title: 'css', required_skills: ['CSS', 'HTML'], budget_min: 100, budget_max: 200 });
  await postProject(app, ada, { title: 'c', required_skills: ['C'], budget_min: 300, currency: 'JPY' });
  await postProject(app, bob, {
    title: 'role',
    roles: [{ name: 'Coder', skill: 'C++' }],
    budget_max: 50,
    is_remote: false,
  });
  await postProject(app, bob, { title: 'free', budget_min: 0, budget_max: 0, is_remote: false });
  await postProject(app, bob, { title: 'unknown' });
  const { id } = await postProject(app, bob, { title: 'going' });
  await app.request('PUT /projects/{id}', { as: bob, params: { id }, body: { status: 'in_progress' } });
});
afterAll(() => app.close());

describe('filters', () => {
  test.each([
    [{}, ['c', 'css', 'free', 'role', 'unknown']],
    [{ status: 'in_progress' as const }, ['going']],
    [{ status: 'completed' as const }, []],
    [{ skill: 'C' }, ['c']],
    [{ skill: 'css' }, ['css']],
    [{ skill: 'C++' }, ['role']],
    [{ skill: 'No such skill' }, []],
    [{ min_budget: 150 }, ['c', 'css']],
    [{ max_budget: 100 }, ['css', 'free', 'role']],
    [{ min_budget: 200, max_budget: 300 }, ['c', 'css']],
    [{ min_budget: 201, max_budget: 299 }, []],
    [{ max_budget: 0 }, ['free', 'role']],
    [{ min_budget: 5, max_budget: 4 }, []],
    [{ remote_only: true }, ['c', 'css', 'unknown']],
    [{ college: 'iit delhi' }, ['c', 'css']],
  ])('%j gives %j', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test('by owner', async () => {
    expect(await titles({ owner_id: ada.id })).toEqual(['c', 'css']);
  });

  test('filters of the predecessor that mean nothing here are ignored', async () => {
    const answer = await app.fetch('/api/v1/projects/?limit=20&sort=hot');
    expect(answer.status).toBe(200);
  });

  test.each([
    'size=0',
    'limit=0',
    'limit=-1',
    'limit=1000',
    'page=0',
    'skip=-1',
    'skip=99999',
    'status=OPEN',
    'min_budget=-1',
    'cursor=abc',
    'owner_id=9007199254740993',
  ])('%s is refused', async (query) => {
    const answer = await app.fetch(`/api/v1/projects?${query}`);
    expect(answer.status).toBe(422);
  });

  test.each([
    [-8.64e15, 1],
    [9e15, 9e15],
    [0, -1],
  ])('a made-up cursor of %j does no harm', async (...keys) => {
    const cursor = Buffer.from(JSON.stringify(keys)).toString('base64url');
    const answer = await app.request('GET /projects', { query: { cursor } });
    expect(answer.status).toBe(200);
  });
});

describe('pages', () => {
  test('cursors walk every project once, newest first, also when times are equal', async () => {
    await app.db.execute(sql`
      INSERT INTO projects.projects (owner_id, title, description, status, visibility, created_at)
      SELECT ${ada.id}, 'Same ' || n, 'Text', 'completed', 'public', now() - (n / 10) * interval '1 hour' FROM generate_series(1, 55) n`);
    const seen: { id: number; created_at: string }[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await app.request('GET /projects', {
        query: { status: 'completed', limit: 10, ...(cursor && { cursor }) },
      });
      expect(body.total).toBe(55);
      seen.push(...body.items);
      cursor = body.next_cursor ?? undefined;
    } while (cursor);
    expect(new Set(seen.map((item) => item.id)).size).toBe(55);
    expect(seen).toEqual(seen.toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id));
    const second = await app.request('GET /projects', { query: { status: 'completed', page: 2, size: 10 } });
    expect(second.body.items.map((item) => item.id)).toEqual(seen.slice(10, 20).map((item) => item.id));
    expect(second.body).toMatchObject({ page: 2, size: 10, pages: 6 });
    const skipped = await app.request('GET /projects', { query: { status: 'completed', skip: 20, limit: 10 } });
    expect(skipped.body.items.map((item) => item.id)).toEqual(seen.slice(20, 30).map((item) => item.id));
  });

  test('a page of projects with owners, roles and total is one statement', async () => {
    await app.settled();
    const statements: string[] = [];
    const query = pg.Client.prototype.query;
    const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...args: unknown[]
    ) {
      const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
      if (text.includes('projects.')) statements.push(text);
      return query.apply(this, args as never) as never;
    });
    const answer = await app.request('GET /projects', { query: { limit: 20, min_budget: 1 } });
    spy.mockRestore();
    expect(answer.body.items.length).toBeGreaterThan(1);
    expect(statements).toHaveLength(1);
  });
});

describe('my projects, all projects, counts', () => {
  test('mine include drafts, newest first, and nobody else’s', async () => {
    const carol = await app.member();
    const first = await postProject(app, carol, { title: 'First' });
    const draft = await postProject(app, carol, { title: 'Draft', status: 'draft', description: '' });
    const { body } = await app.request('GET /projects/my/projects', { as: carol });
    expect(body.map((project) => project.id)).toEqual([draft.id, first.id]);
    expect((await app.request('GET /projects/my/projects')).status).toBe(401);
  });

  test('an admin lists all, by state if asked', async () => {
    const admin = await app.member({ role: 'admin' });
    const { body } = await app.request('GET /admin/projects', { as: admin, query: { status_filter: 'draft' } });
    expect(body.map((project) => project.title)).toEqual(['Draft']);
    const all = await app.request('GET /admin/projects', { as: admin, query: { limit: 3 } });
    expect(all.body).toHaveLength(3);
    const named = async (q: string) =>
      (await app.request('GET /admin/projects', { as: admin, query: { q } })).body.map(({ title }) => title);
    expect(await named('raf')).toEqual(['Draft']);
    expect(await named('%%%')).toEqual([]);
  });

  test('stats count what is out, and the skills that open projects ask for', async () => {
    await postProject(app, ada, { title: 'For members alone', visibility: 'members' });
    const { body } = await app.request('GET /projects/stats');
    expect(body).toMatchObject({
      open_projects: 6,
      in_progress_projects: 1,
      completed_projects: 55,
      total_projects: 62,
    });
    expect(body.popular_skills.map(({ skill }) => skill).sort()).toEqual(['C', 'CSS', 'HTML']);
    expect(await app.platform.calls('projects.count', {})).toEqual({ total: 64, open: 7 });
  });
});

describe('search by words', () => {
  const search = async (query: string) =>
    (await app.request('GET /projects/search/{query}', { params: { query } })).body.map((project) => project.title);

  test('finds stems, skills, parts of words and typing errors; exact above fuzzy', async () => {
    await postProject(app, ada, { title: 'Kubernetes at home', description: 'Clusters of old phones.' });
    await postProject(app, ada, {
      title: 'Garden sensors',
      description: 'Measuring soil.',
      required_skills: ['Kubernetes'],
    });
    expect(await search('cluster')).toEqual(['Kubernetes at home']);
    expect(await search('measure soils')).toEqual(['Garden sensors']);
    expect((await search('kubernetes')).sort()).toEqual(['Garden sensors', 'Kubernetes at home']);
    expect(await search('arden sen')).toEqual(['Garden sensors']);
    expect((await search('kubernets')).sort()).toEqual(['Garden sensors', 'Kubernetes at home']);
  });

  test('signs of patterns and queries are only signs', async () => {
    await postProject(app, ada, { title: '100%_sure' });
    expect(await search('100%_')).toEqual(['100%_sure']);
    expect(await search('%%%')).toEqual([]);
    expect(await search('___')).toEqual([]);
    for (const query of ['a & | !', '"open', "it's:*", '\\', '-', 'c++']) {
      expect((await app.request('GET /projects/search/{query}', { params: { query } })).status, query).toBe(200);
    }
  });

  test('a limit of nothing is refused', async () => {
    const answer = await app.request('GET /projects/search/{query}', { params: { query: 'x' }, query: { limit: 0 } });
    expect(refusal(answer)).toMatchObject({ status: 422 });
  });
});

describe('with 20,000 projects', () => {
  beforeAll(async () => {
    const skills = ['Go', 'Rust', 'SQL', 'Figma', 'Writing'];
    const rows = Array.from({ length: 20_000 }, (_, at) => ({
      owner_id: at % 2 ? ada.id : bob.id,
      title: `Project ${at} ${['solar', 'lunar', 'river', 'forest'][at % 4]} ${(at * 7919).toString(36)}`,
      description: 'A text of some words that says what this is about.',
      required_skills: [skills[at % 5] ?? 'Go', ...(at % 500 === 0 ? ['Haskell'] : [])],
      roles: [{ name: 'Maker', seats: 2 }],
      ...(at % 3 === 0 && { budget_min: at % 1000, budget_max: (at % 1000) + 10 }),
      status: (['open', 'completed', 'cancelled', 'open'] as const)[at % 4] ?? 'open',
      created_at: new Date(Date.now() - at * 60_000).toISOString(),
    }));
    const inserted = await insertProjectsInBulk(app.platform, rows, { announce: false });
    expect(inserted).toHaveLength(20_000);
    await app.db.execute(sql`ANALYZE projects.projects`);
    await app.db.execute(sql`ANALYZE projects.roles`);
  });

  /** Tables that the plan of a statement reads whole. */
  const sequentialScans = async (statement: SQL): Promise<string[]> => {
    const { rows } = await app.db.execute(sql`EXPLAIN (FORMAT JSON) ${statement}`);
    const plan = JSON.stringify(rows);
    return [...plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map((match) => match[1] ?? '');
  };

  const paging = { size: 20, offset: 0, cursor: null };
  const member = () => ({ user_id: ada.id, role: 'student' as const });
  const late = Buffer.from(JSON.stringify([Date.now() - 6e8, 5])).toString('base64url');
  const haskell = async () => (await app.platform.calls('profiles.findSkills', { names: ['Haskell'] }))[0]?.id;

  test.each<[string, () => Promise<ReturnType<typeof listStatement>>]>([
    ['the open ones, for visitors', async () => listStatement({ status: 'open' }, null, paging)],
    ['the open ones, for members', async () => listStatement({ status: 'open' }, member(), paging)],
    ['further on', async () => listStatement({ status: 'open' }, member(), { ...paging, cursor: late })],
    ['by a skill', async () => listStatement({ status: 'open', skill_id: await haskell() }, member(), paging)],
    ['by budget', async () => listStatement({ status: 'open', min_budget: 990, max_budget: 992 }, member(), paging)],
    ['by owner', async () => listStatement({ status: 'open', owner_id: 999_999 }, member(), paging)],
    ['by words', async () => searchStatement('5xyz solar', member(), 20)],
  ])('%s: no sequential scan', async (_name, statement) => {
    // A table of a handful of people is rightly read whole.
    expect((await sequentialScans(await statement())).filter((table) => table !== 'people')).toEqual([]);
  });

  test('a question without an index is noticed', async () => {
    expect(await sequentialScans(sql`SELECT FROM projects.projects WHERE timeline = 'soon'`)).toEqual(['projects']);
  });

  test('a total beyond 10,000 stops there, and the last pages are reached by cursor', async () => {
    const { body } = await app.request('GET /projects', { query: { limit: 20 } });
    expect(body).toMatchObject({ total: 10_000, pages: 500 });
    const call = await app.platform.calls('projects.listProjects', { after_id: 0, limit: 500 });
    expect(call).toHaveLength(500);
  });
});
