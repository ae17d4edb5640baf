import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { mountForCrawlers } from './crawlers.ts';

const origin = 'http://localhost:8000';
let app: TestApp;
let owner: TestMember;
let shown: { id: number; updated_at: string };
let far: number;

const post = async (more: object) =>
  (await app.request('POST /projects', { as: owner, body: { title: 'Kite', description: 'It flies.', ...more } })).body;

beforeAll(async () => {
  app = await startTestApp({ extend: async (server, platform) => mountForCrawlers(server, platform) });
  owner = await app.member();
  await app.request('PUT /users/me/profile', { as: owner, body: { first_name: 'Ada', visibility: 'public' } });
  const hider = await app.member();
  await app.request('PUT /users/me/profile', { as: hider, body: { first_name: 'Bo', visibility: 'private' } });
  shown = await post({});
  for (const hidden of [{ status: 'draft' }, { visibility: 'members' }, { visibility: 'college' }]) await post(hidden);
  await app.db.execute(sql`SELECT setval(pg_get_serial_sequence('projects.projects', 'id'), 30000)`);
  far = (await post({})).id;
  await app.settled();
}, 120_000);
afterAll(() => app.close());

/** The addresses in a file, which is XML and whole. */
async function locationsIn(path: string): Promise<string[]> {
  const answer = await app.fetch(path);
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
    path,
    200,
    'application/xml; charset=utf-8',
  ]);
  const text = await answer.text();
  const root = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<(\w+) xmlns="[^"]+">(.*)<\/\1>\n$/.exec(text);
  expect(root).not.toBeNull();
  expect(
    (root?.[2] ?? '').replaceAll(/<(url|sitemap)><loc>[^<&]+<\/loc>(<lastmod>[\dT:.Z-]+<\/lastmod>)?<\/\1>/g, ''),
  ).toBe('');
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location = '']) => location);
}

it('robots may read every page, also those that say that they are not for them, and find the map of the others', async () => {
  const answer = await app.fetch('/robots.txt');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const lines = (await answer.text()).split('\n');
  expect(lines).toContain('User-agent: *');
  expect(lines).toContain(`Sitemap: ${origin}/sitemap.xml`);
  const closed = lines.flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? []);
  const isOpen = (path: string) => !closed.some((prefix) => path.startsWith(prefix));
  const shownOnes = ['/', '/explore/people', '/projects/1', '/people/1', '/og/home.png', '/assets/a.js'];
  const unindexed = ['/settings/security', '/work', '/admin', '/welcome', '/dev/mail', '/sign-in'];
  expect([...shownOnes, ...unindexed].filter((path) => !isOpen(path))).toEqual([]);
  expect(isOpen('/api/v1/projects')).toBe(false);
});

it('the map leads to every public page by files of id ranges, past those that are empty', async () => {
  const files = await locationsIn('/sitemap.xml');
  expect(files).toEqual(
    ['pages', 'projects-1', 'projects-4', 'people-1'].map((name) => `${origin}/sitemaps/${name}.xml`),
  );
  const pages = await Promise.all(files.map((file) => locationsIn(file.replace(origin, ''))));
  expect(pages.flat()).toEqual(
    [
      '/',
      '/explore/projects',
      '/explore/people',
      `/projects/${shown.id}`,
      `/projects/${far}`,
      `/people/${owner.id}`,
    ].map((path) => `${origin}${path}`),
  );
});

it('says since when a page is as it is', async () => {
  const text = await (await app.fetch('/sitemaps/projects-1.xml')).text();
  expect(text).toContain(`/projects/${shown.id}</loc><lastmod>${shown.updated_at}</lastmod>`);
});

it('has no other files', async () => {
  for (const name of ['projects-2', 'projects-0', 'projects-99999999999', 'people-x', 'index', 'teams-1'])
    expect([name, (await app.fetch(`/sitemaps/${name}.xml`)).status]).toEqual([name, 404]);
});
