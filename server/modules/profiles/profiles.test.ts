import type { ProfileUpdate } from '@collabthon/contracts/profiles';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { adaProfile, memberChanged, student } from './test-students.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('my profile', () => {
  test('is there, empty, from the first moment', async () => {
    const ada = await student(app);
    const { status, body } = await app.request('GET /users/me/profile', { as: ada });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user_id: ada.id, username: ada.username, first_name: '', skills: [], year: 0 });
    expect(body.missing).toEqual(['name', 'college', 'skills', 'availability', 'open_to']);
  });

  test('is filled once by POST, as old clients do, and changed by PUT', async () => {
    const ada = await student(app);
    const created = await app.request('POST /users/me/profile', {
      as: ada,
      body: {
        ...adaProfile,
        skills: ['Python'],
        bio: null,
        experience: 'Engines',
        github_url: 'https://github.com/ada',
        is_public: true,
      },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      ...adaProfile,
      skills: ['Python'],
      bio: null,
      experience: 'Engines',
      github_url: 'https://github.com/ada',
      linkedin_url: null,
      is_public: true,
      visibility: 'public',
      missing: ['availability', 'open_to'],
    });

    const again = await app.request('POST /users/me/profile', { as: ada, body: adaProfile });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'profile_exists' });

    const changed = await app.request('PUT /users/me/profile', { as: ada, body: { bio: 'Notes on the engine' } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...adaProfile, bio: 'Notes on the engine', skills: ['Python'] });
    const read = await app.request('GET /users/{id}/profile', { params: { id: ada.id } });
    expect(read.body).toEqual(changed.body);
    const byItsId = await app.request('GET /profiles/{id}', { params: { id: changed.body.id } });
    expect(byItsId.body).toEqual(changed.body);
  });

  test('of 10 first writes at once exactly one is first', async () => {
    const ada = await student(app);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.request('POST /users/me/profile', { as: ada, body: adaProfile })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  test('what the owner reads goes back in as it is', async () => {
    const ada = await student(app);
    const { body } = await app.request('GET /users/me/profile', { as: ada });
    const { first_name, last_name, college, major, year, skills, availability, open_to } = body;
    const saved = await app.request('PUT /users/me/profile', {
      as: ada,
      body: { first_name, last_name, college, major, year, skills, availability, open_to },
    });
    expect(saved.status).toBe(200);
    expect(saved.body.year).toBe(0);
  });

  test('needs a sign-in', async () => {
    expect((await app.request('GET /users/me/profile')).status).toBe(401);
    expect((await app.request('PUT /users/me/profile', { body: {} })).status).toBe(401);
  });

  test('parallel changes of different fields are all kept, and each counts', async () => {
    const ada = await student(app, adaProfile);
    const before = await version(ada.id);
    const bodies = [{ bio: 'a' }, { experience: 'b' }, { major: 'c' }, { skills: ['Rust'] }, { year: 4 }];
    await Promise.all(bodies.map((body) => app.request('PUT /users/me/profile', { as: ada, body })));
    const { body } = await app.request('GET /users/me/profile', { as: ada });
    expect(body).toMatchObject({ bio: 'a', experience: 'b', major: 'c', skills: ['Rust'], year: 4 });
    expect(await version(ada.id)).toBe(before + bodies.length);
  });

  test('a change that follows another than the last is 412; of two at once that follow the same, one wins', async () => {
    const ada = await student(app, adaProfile);
    const put = (body: ProfileUpdate) => app.request('PUT /users/me/profile', { as: ada, body });
    const read = (await app.request('GET /users/me/profile', { as: ada })).body.updated_at;
    const answers = await Promise.all(['a', 'b'].map((bio) => put({ bio, follows: read })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);

    const refused = await put({ bio: 'c', follows: read });
    expect(refused).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    const last = answers.find(({ status }) => status === 200)?.body;
    expect((await put({ bio: 'd', follows: last?.updated_at })).body.bio).toBe('d');
    expect((await put({ bio: 'e' })).body.bio).toBe('e');
  });

  test('every change has a time of its own, however fast they come', async () => {
    const ada = await student(app, adaProfile);
    const times = new Set<string>();
    for (let change = 0; change < 20; change++) {
      times.add((await app.request('PUT /users/me/profile', { as: ada, body: { bio: `${change}` } })).body.updated_at);
    }
    expect(times.size).toBe(20);
  });
});

describe('time', () => {
  test('slots are put in order and merged; hours may be left open', async () => {
    const ada = await student(app, adaProfile);
    const slots = [
      { day: 5, from: 18, to: 20 },
      { day: 1, from: 9, to: 11 },
      { day: 1, from: 10, to: 12 },
      { day: 1, from: 12, to: 13 },
    ];
    const availability = { hours_per_week: null, zone: 'Asia/Kolkata', slots };
    const { body } = await app.request('PUT /users/me/profile', { as: ada, body: { availability } });
    expect(body.availability.slots).toEqual([
      { day: 1, from: 9, to: 13 },
      { day: 5, from: 18, to: 20 },
    ]);
    expect(body.missing).not.toContain('availability');
  });

  test('"open to" ends after 30 days without confirmation, before the job and by it', async () => {
    const ada = await student(app, adaProfile);
    const { body } = await app.request('PUT /users/me/profile', { as: ada, body: { open_to: ['projects'] } });
    const days = (Date.parse(body.open_to_until ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);

    await app.db.execute(sql`
      UPDATE profiles.profiles SET open_to_until = now() - interval '1 second' WHERE user_id = ${ada.id}`);
    const lapsed = await app.request('GET /users/me/profile', { as: ada });
    expect(lapsed.body.open_to).toEqual([]);
    expect(lapsed.body.missing).toContain('open_to');

    const before = await version(ada.id);
    const kept = await student(app, { ...adaProfile, open_to: ['hackathons'] });
    for (let run = 0; run < 2; run++) {
      await app.db.transaction((tx) => app.platform.jobs.send(tx, 'profiles.lapse_open_to', {}));
      await app.settled();
    }
    expect(await version(ada.id)).toBe(before + 1);
    const { rows } = await app.db.execute(sql`SELECT open_to FROM profiles.profiles WHERE user_id = ${ada.id}`);
    expect(rows).toEqual([{ open_to: [] }]);
    expect((await app.request('GET /users/me/profile', { as: kept })).body.open_to).toEqual(['hackathons']);

    const confirmed = await app.request('PUT /users/me/profile', { as: ada, body: { open_to: ['projects'] } });
    expect(confirmed.body.open_to).toEqual(['projects']);
  });

  test('the overlap of two people is in the zone of who asks', async () => {
    const inDelhi = { hours_per_week: 10, zone: 'Asia/Kolkata', slots: [{ day: 1, from: 18, to: 22 }] };
    const inTokyo = { hours_per_week: 10, zone: 'Asia/Tokyo', slots: [{ day: 1, from: 23, to: 24 }] };
    const ada = await student(app, { ...adaProfile, availability: inDelhi });
    const taro = await student(app, { ...adaProfile, first_name: 'Taro', availability: inTokyo });
    const { body } = await app.request('GET /users/{id}/overlap', { params: { id: taro.id }, as: ada });
    expect(body).toEqual({
      hours: 1,
      zone: 'Asia/Kolkata',
      mine: [{ day: 1, from: 18, to: 22 }],
      theirs: [{ day: 1, from: 19.5, to: 20.5 }],
      shared: [{ day: 1, from: 19.5, to: 20.5 }],
    });
    const silent = await student(app, adaProfile);
    const unknown = await app.request('GET /users/{id}/overlap', { params: { id: silent.id }, as: ada });
    expect(unknown.body).toMatchObject({ hours: null, theirs: [], shared: [] });
    await app.request('PUT /users/me/profile', { as: taro, body: { visibility: 'private' } });
    expect((await app.request('GET /users/{id}/overlap', { params: { id: taro.id }, as: ada })).status).toBe(404);
    expect((await app.request('GET /users/{id}/overlap', { params: { id: taro.id } })).status).toBe(401);
  });
});

describe('what accounts say', () => {
  test('a badge shows, and a new username; late news of the past is ignored', async () => {
    const ada = await student(app, adaProfile);
    await memberChanged(app, ada, { username: 'countess', badge: { college: 'King’s College', kind: 'student' } });
    const { body } = await app.request('GET /users/{id}/profile', { params: { id: ada.id } });
    expect(body).toMatchObject({ username: 'countess', is_verified_student: true });
    const [card] = await app.platform.calls('profiles.getCards', { user_ids: [ada.id] });
    expect(card).toMatchObject({ name: 'Ada Lovelace', college: 'King’s College', is_verified_student: true });

    const registered = { user_id: ada.id, username: 'before', is_demo: false };
    await app.db.transaction((tx) => app.platform.events.publish(tx, 'member.registered', registered));
    await app.settled();
    await memberChanged(app, ada, { username: 'earlier', version: 1 });
    const after = await app.request('GET /users/{id}/profile', { params: { id: ada.id } });
    expect(after.body.username).toBe('countess');
  });

  test('an alumni badge names the college and is no student', async () => {
    const ada = await student(app, adaProfile);
    await memberChanged(app, ada, { badge: { college: 'Old College', kind: 'alumni' } });
    const [card] = await app.platform.calls('profiles.getCards', { user_ids: [ada.id] });
    expect(card).toMatchObject({ college: 'Old College', is_verified_student: false });
  });
});

async function version(userId: number): Promise<number> {
  const candidate = await app.platform.calls('profiles.getCandidate', { user_id: userId });
  return candidate?.version ?? 0;
}
