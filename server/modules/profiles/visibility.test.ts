import type { ProfileUpdate } from '@collabthon/contracts/profiles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { adaProfile, memberChanged, student } from './test-students.ts';

const viewers = [
  'anonymous',
  'stranger',
  'same college',
  'proven same college',
  'owner',
  'moderator',
  'admin',
] as const;
type ViewerName = (typeof viewers)[number];

let app: TestApp;
let as: Record<ViewerName, TestMember | null>;
const college = 'Visible College';
const proof = { badge: { college, kind: 'student' } } as const;

beforeAll(async () => {
  app = await startTestApp();
  const proven = await student(app, { ...adaProfile, first_name: 'Proven', college: '' });
  await memberChanged(app, proven, proof);
  as = {
    anonymous: null,
    stranger: await student(app, { ...adaProfile, first_name: 'Stranger', college: 'Elsewhere' }),
    'same college': await student(app, { ...adaProfile, first_name: 'Same', college: ' visible COLLEGE ' }),
    'proven same college': proven,
    owner: await student(app),
    moderator: await student(app, undefined, 'moderator'),
    admin: await student(app, undefined, 'admin'),
  };
});
afterAll(() => app.close());

/** Who can open a profile, and in whose lists, searches and college names it is. */
async function audience(owner: TestMember): Promise<{ opened: ViewerName[]; listed: ViewerName[] }> {
  const { body: own } = await app.request('GET /users/me/profile', { as: owner });
  const found: { opened: ViewerName[]; listed: ViewerName[] } = { opened: [], listed: [] };
  for (const viewer of viewers) {
    const who = viewer === 'owner' ? owner : as[viewer];
    const opened = await app.request('GET /users/{id}/profile', { params: { id: owner.id }, as: who });
    const byItsId = await app.request('GET /profiles/{id}', { params: { id: own.id }, as: who });
    expect(byItsId.status).toBe(opened.status);
    expect([200, 404]).toContain(opened.status);
    if (opened.status === 200) {
      expect(opened.body.user_id).toBe(owner.id);
      found.opened.push(viewer);
    }

    const list = await app.request('GET /profiles', { query: { major: own.major }, as: who });
    const isListed = list.body.items.some((item) => item.user_id === owner.id);
    expect(list.body.total).toBe(list.body.items.length);
    const search = await app.request('GET /profiles/search/{query}', { params: { query: own.major }, as: who });
    expect(search.body.some((item) => item.user_id === owner.id)).toBe(isListed);
    const majors = await app.request('GET /profiles/majors', { as: who });
    expect(majors.body.includes(own.major)).toBe(isListed);
    const skills = await app.request('GET /profiles/skills/popular', { query: { limit: 100 }, as: who });
    for (const skill of own.skills) expect(skills.body.some((popular) => popular.skill === skill)).toBe(isListed);
    if (isListed) found.listed.push(viewer);
  }
  return found;
}

let nth = 0;
/** Somebody with a major and a skill that nobody else has. */
const owner = (fields: ProfileUpdate = {}) => {
  nth++;
  return student(app, { ...adaProfile, college, major: `Occultism${nth}`, skills: [`Clairvoyance${nth}`], ...fields });
};

describe('who sees a profile', () => {
  test('public: everybody', async () => {
    expect(await audience(await owner())).toEqual({ opened: viewers, listed: viewers });
  });

  test('members: whoever is signed in', async () => {
    const members = viewers.filter((viewer) => viewer !== 'anonymous');
    expect(await audience(await owner({ visibility: 'members' }))).toEqual({ opened: members, listed: members });
  });

  test('college, merely named: whoever names or has proven the same, in any case', async () => {
    const circle = viewers.filter((viewer) => viewer !== 'anonymous' && viewer !== 'stranger');
    expect(await audience(await owner({ visibility: 'college' }))).toEqual({ opened: circle, listed: circle });
  });

  test('college, proven: only who has proven the same', async () => {
    const ada = await owner({ visibility: 'college', college: 'What I call it' });
    await memberChanged(app, ada, proof);
    const circle = ['proven same college', 'owner', 'moderator', 'admin'];
    expect(await audience(ada)).toEqual({ opened: circle, listed: circle });
  });

  test('college, without any: no other student', async () => {
    const circle = ['owner', 'moderator', 'admin'];
    const { opened, listed } = await audience(await owner({ visibility: 'college', college: ' ' }));
    expect(opened).toEqual(circle);
    expect(listed).toEqual(['moderator', 'admin']);
  });

  test('private: oneself, moderators and admins, and no list', async () => {
    const expected = { opened: ['owner', 'moderator', 'admin'], listed: [] };
    expect(await audience(await owner({ visibility: 'private' }))).toEqual(expected);
  });

  test('never filled in: like private', async () => {
    const expected = { opened: ['owner', 'moderator', 'admin'], listed: [] };
    expect(await audience(await owner({ first_name: ' ' }))).toEqual(expected);
  });

  test('suspended: as if it were not there, until restored', async () => {
    const ada = await owner();
    await memberChanged(app, ada, { is_active: false });
    expect(await audience(ada)).toEqual({ opened: ['owner', 'moderator', 'admin'], listed: [] });
    await memberChanged(app, ada, {});
    expect((await audience(ada)).listed).toEqual(viewers);
  });

  test('nobody has a profile without an account', async () => {
    for (const who of [null, as.admin]) {
      expect((await app.request('GET /users/{id}/profile', { params: { id: 2 ** 53 - 1 }, as: who })).status).toBe(404);
      expect((await app.request('GET /profiles/{id}', { params: { id: 2 ** 53 - 1 }, as: who })).status).toBe(404);
    }
  });
});

describe('the switch of old clients', () => {
  test('is_public is public or private; visibility wins', async () => {
    const ada = await owner();
    const put = async (body: ProfileUpdate) => {
      const saved = await app.request('PUT /users/me/profile', { as: ada, body });
      return [saved.body.visibility, saved.body.is_public];
    };
    expect(await put({ is_public: false })).toEqual(['private', false]);
    expect(await put({ is_public: true })).toEqual(['public', true]);
    expect(await put({ is_public: true, visibility: 'members' })).toEqual(['members', false]);
    expect(await put({ is_public: false, visibility: 'college' })).toEqual(['college', false]);
    expect(await put({ bio: 'x' })).toEqual(['college', false]);
  });
});

describe('cards', () => {
  test('show a name, the username where there is none, and nothing more of a private profile', async () => {
    const [ada, unnamed, secret] = [await owner(), await student(app), await owner({ visibility: 'private' })];
    const user_ids = [ada.id, unnamed.id, secret.id, ada.id, 2 ** 53 - 1];
    const cards = await app.platform.calls('profiles.getCards', { user_ids });
    const bare = { college: null, is_verified_student: false, avatar_url: null };
    expect(cards.sort((a, b) => a.user_id - b.user_id)).toEqual([
      { ...bare, user_id: ada.id, username: ada.username, name: 'Ada Lovelace', college },
      { ...bare, user_id: unnamed.id, username: unnamed.username, name: unnamed.username },
      { ...bare, user_id: secret.id, username: secret.username, name: secret.username },
    ]);
  });
});

test('no answer holds an address', async () => {
  const ada = await owner();
  const paths = [
    `/users/${ada.id}/profile`,
    '/profiles?size=100',
    `/profiles/search/${ada.username}`,
    `/users/${ada.id}/overlap`,
  ];
  for (const path of paths) {
    const answer = await app.fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${as.stranger?.token}` } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toMatch(/@example\.org|"email/);
  }
});
