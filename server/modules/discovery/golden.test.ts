import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { goldenProjects, goldenQueries } from './golden-corpus.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  const owner = await app.member();
  const posted = await Promise.all(
    goldenProjects.map(([title, description, required_skills]) =>
      app.request('POST /projects', { as: owner, body: { title, description, required_skills } }),
    ),
  );
  expect(new Set(posted.map(({ status }) => status))).toEqual(new Set([201]));
  await app.settled();
}, 180_000);
afterAll(() => app.close());

const search = async (q: string) =>
  (await app.request('GET /search-advanced/projects', { query: { q, size: 50 } })).body;
const titles = async (q: string) => (await search(q)).items.map(({ title }) => title);

describe('search', () => {
  it('has what was meant among the first three for at least nine queries in ten', async () => {
    const missed: string[] = [];
    for (const [query, ...expected] of goldenQueries) {
      const top = (await titles(query)).slice(0, 3);
      if (!expected.some((title) => top.includes(title))) missed.push(`${query}: ${top.join(' | ')}`);
    }
    expect(goldenQueries.length).toBeGreaterThanOrEqual(50);
    expect(missed.length / goldenQueries.length, missed.join('\n')).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['pyhton', 'Python tutor bot', 'python'],
    ['kubernetse', 'Kubernetes homelab for the lab', 'kubernetes'],
    ['reactt', null, 'react'],
  ])('reads %s as it was meant, and says so', async (q, title, to) => {
    const { items, corrected } = await search(q);
    expect(corrected).toEqual({ from: q, to });
    if (title) expect(items[0]?.title).toBe(title);
    else expect(items[0]?.required_skills.join()).toContain('React');
  });

  it('corrects nothing that somebody wrote, nor what has the same stem', async () => {
    expect((await search('kubernets')).corrected).toBeNull();
    expect((await search('python')).corrected).toBeNull();
    expect((await search('telemetry')).corrected).toBeNull();
  });

  it('puts the whole title before all, then title and skills, then the text, then other forms and beginnings', async () => {
    expect((await titles('Video game music orchestra'))[0]).toBe('Video game music orchestra');
    const music = await titles('music');
    expect(music.slice(0, 2).toSorted()).toEqual(['Music recommendation engine', 'Video game music orchestra']);
    const weather = await titles('weather');
    expect(weather).toEqual(['Open source weather station', 'Satellite ground station']);
    const comp = await titles('comp');
    expect(comp).toContain('Compiler for a toy language');
    expect(comp).toContain('Quantum computing study group');
  });

  it('keeps C, C++, C# and CSS apart', async () => {
    expect(await titles('C')).toEqual(['Solar car telemetry']);
    expect((await titles('C++')).toSorted()).toEqual(['Concert lighting controller', 'Library seat finder']);
    expect((await titles('C#')).toSorted()).toEqual(['Indie platformer game', 'Microservice payment gateway']);
    expect(await titles('R')).toEqual(['Statistics helper for theses']);
  });

  it('knows skills by their other names', async () => {
    expect((await titles('js')).toSorted()).toEqual((await titles('JavaScript')).toSorted());
    expect((await titles('golang'))[0]).toBe('Distributed key value store');
  });

  it('falls back to some of the words when nothing has them all', async () => {
    expect((await titles('underwater chess'))[0]).toBe('Chess engine in Rust');
    expect(await titles('xylophagous zzzzzz')).toEqual([]);
  });

  it('finds people in the same ways', async () => {
    const ada = await app.member({ username: 'ada_lovelace' });
    const body = {
      first_name: 'Ada',
      last_name: 'Lovelace',
      college: 'Trinity',
      major: 'Mathematics',
      year: 2 as const,
      skills: ['Python', { name: 'Haskell', level: 4 }],
      visibility: 'public' as const,
    };
    expect((await app.request('POST /users/me/profile', { as: ada, body })).status).toBe(201);
    await app.settled();
    for (const q of ['lovelace', 'lovelcae', 'haskell', 'haskel', 'mathematics', 'trinity', 'ada lovelace', 'love']) {
      const { body: page } = await app.request('GET /search-advanced/profiles', { query: { q } });
      expect(
        page.items.map(({ user_id }) => user_id),
        q,
      ).toContain(ada.id);
    }
  });
});
