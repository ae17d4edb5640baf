import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let seeker: TestMember;
let owner: TestMember;

const student = async (first_name: string, skills: string[]) => {
  const member = await app.member();
  await app.request('PUT /users/me/profile', { as: member, body: { first_name, skills, visibility: 'public' } });
  return member;
};
const post = (as: TestMember, title: string, required_skills: string[], is_remote = true) =>
  app.request('POST /projects', { as, body: { title, description: 'To build.', required_skills, is_remote } });

beforeAll(async () => {
  app = await startTestApp();
  owner = await student('Olga', ['Go', 'Python']);
  seeker = await student('Sam', ['Python', 'React']);
  await post(owner, 'Half fit', ['Python', 'Blender']);
  await post(owner, 'Full fit', ['Python', 'React']);
  await post(owner, 'Third fit', ['Python', 'Welding', 'Pottery'], false);
  await post(owner, 'No fit', ['Welding']);
  await post(seeker, 'Mine', ['Python', 'React']);
  await app.settled();
}, 120_000);
afterAll(() => app.close());

const search = async (query: Record<string, unknown>, as: TestMember | undefined = seeker) => {
  const answer = await app.request('GET /search-advanced/projects', { ...(as && { as }), query });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const titles = (page: Awaited<ReturnType<typeof search>>) => page.items.map(({ title }) => title);

it('lists what is recommended, best fit first, within the filters and page by page', async () => {
  const all = await search({ sort_by: 'fit' });
  expect([titles(all), all.total]).toEqual([['Full fit', 'Half fit', 'Third fit'], 3]);
  expect(titles(await search({ sort_by: 'fit', is_remote: true }))).toEqual(['Full fit', 'Half fit']);
  expect(titles(await search({ sort_by: 'fit', q: 'third' }))).toEqual(['Third fit']);
  expect(all.facets.remote).toEqual([
    { value: 'true', count: 2 },
    { value: 'false', count: 1 },
  ]);

  const first = await search({ sort_by: 'fit', size: 2 });
  const rest = await search({ sort_by: 'fit', size: 2, cursor: first.next_cursor });
  expect([...titles(first), ...titles(rest)]).toEqual(titles(all));
  expect(rest.next_cursor).toBeNull();
});

it('is the usual order for a visitor', async () => {
  const visitor = await app.request('GET /search-advanced/projects', { query: { sort_by: 'fit', matches: true } });
  expect(visitor.body.total).toBe(5);
  expect(visitor.body.matches).toEqual([]);
});

it('tells a member on request how each result fits, as the project itself does, and leaves their own out', async () => {
  expect((await search({})).matches).toEqual([]);
  const { items, matches } = await search({ matches: true });
  expect(matches.map(({ id }) => id)).toEqual(items.filter(({ title }) => title !== 'Mine').map(({ id }) => id));
  for (const { id, ...match } of matches) {
    const { body } = await app.request('GET /projects/{id}/match', { as: seeker, params: { id } });
    expect({ score: body.score, factors: body.factors }).toEqual(match);
  }
});

it('does the same for people', async () => {
  const answer = await app.request('GET /search-advanced/profiles', {
    as: seeker,
    query: { sort_by: 'fit', matches: true },
  });
  const { items, matches } = answer.body;
  expect(items.map(({ first_name }) => first_name)).toEqual(['Olga']);
  expect(matches.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(matches[0]?.score).toBeGreaterThan(0);
  const everybody = await app.request('GET /search-advanced/profiles', { as: seeker, query: { matches: true } });
  expect(everybody.body.items.length).toBe(everybody.body.matches.length + 1);
});
