import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { mountForCrawlers } from './crawlers.ts';

let app: TestApp;
let owner: TestMember;
beforeAll(async () => {
  app = await startTestApp({ extend: async (server, platform) => mountForCrawlers(server, platform) });
  owner = await app.member();
  await app.request('PUT /users/me/profile', {
    as: owner,
    body: { first_name: 'Ada', last_name: 'Lovelace', college: 'Analytical College', visibility: 'public' },
  });
}, 120_000);
afterAll(() => app.close());

const post = async (more: object) =>
  (await app.request('POST /projects', { as: owner, body: { title: 'Kite', description: 'It flies.', ...more } })).body;

async function pictureAt(path: string) {
  const answer = await app.fetch(path);
  expect([path, answer.status]).toEqual([path, 200]);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  // Far below what sites that show links take.
  expect(bytes.length).toBeLessThan(120_000);
  return { bytes, headers: answer.headers, tag: answer.headers.get('etag') ?? '' };
}

it('the home has a picture in every language', async () => {
  const pictures = await Promise.all(['en', 'es', 'hi', 'ar'].map((lang) => pictureAt(`/og/home.png?lang=${lang}`)));
  expect(new Set(pictures.map(({ tag }) => tag)).size).toBe(4);
  const [english] = pictures;
  expect(english?.headers.get('content-type')).toBe('image/png');
  expect(english?.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(english?.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  for (const other of ['', '?lang=xx', '?lang=en&lang=ar']) {
    expect((await pictureAt(`/og/home.png${other}`)).bytes.equals(english?.bytes ?? Buffer.of())).toBe(true);
  }
});

describe('the picture of a project', () => {
  it('is sent again only when it shows something else', async () => {
    const { id, version } = await post({ roles: [{ name: 'Pilot', seats: 2 }] });
    const path = `/og/projects/${id}.png`;
    const first = await pictureAt(path);
    const again = await app.fetch(path, { headers: { 'if-none-match': first.tag } });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, first.tag, '']);

    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { title: 'Another kite', version } });
    const changed = await app.fetch(path, { headers: { 'if-none-match': first.tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(first.tag);
  });

  it('is there for what everybody may see, and for nothing else', async () => {
    for (const hidden of [{ status: 'draft' }, { visibility: 'members' }, { visibility: 'college' }]) {
      const { id } = await post(hidden);
      const answer = await app.fetch(`/og/projects/${id}.png`, { headers: { authorization: `Bearer ${owner.token}` } });
      expect([hidden, answer.status]).toEqual([hidden, 404]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({ code: 'not_found' });
    }
    for (const path of ['projects/999999', 'projects/0', 'projects/1.5', 'projects/1/../2', 'owners/1', 'home.jpg']) {
      expect([path, (await app.fetch(`/og/${path}.png`)).status]).toEqual([path, 404]);
    }
  });

  it.each([
    '<script>alert("x")</script> & ]]> <!-- \' -->',
    '🚀 👩‍👩‍👧‍👦 🇪🇸',
    `${'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘'.repeat(2)}`,
    '日本語のプロジェクト',
    '\u202Egnp.exe\u2066 &#0; &bogus;',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  ])('is drawn with the title %s', async (title) => {
    const { id } = await post({ title, roles: [{ name: 'Pilot', seats: 40 }] });
    await pictureAt(`/og/projects/${id}.png?lang=ar`);
  });

  it('is drawn once for all who ask at the same time', async () => {
    const { id } = await post({ title: 'Asked for by a whole lecture hall' });
    const answers = await Promise.all(Array.from({ length: 60 }, () => app.fetch(`/og/projects/${id}.png`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('the picture of a person', () => {
  it('is there while the profile is public', async () => {
    const path = `/og/people/${owner.id}.png`;
    await pictureAt(path);
    for (const visibility of ['members', 'college', 'private'] as const) {
      await app.request('PUT /users/me/profile', { as: owner, body: { visibility } });
      expect([visibility, (await app.fetch(path)).status]).toEqual([visibility, 404]);
    }
    await app.request('PUT /users/me/profile', { as: owner, body: { visibility: 'public' } });
    await pictureAt(path);
  });
});
