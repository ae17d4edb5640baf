import { EventEmitter, on } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import type { EventPayload } from '../../platform/events/events.ts';
import { noWish } from '../../platform/http/idempotency.ts';
import { defineModule } from '../../platform/module.ts';
import { createService, type Service } from '../../platform/service.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.ts';
import { insertDemoProfiles, profiles } from './index.ts';
import { adaProfile } from './test-students.ts';
import { createProfileUseCases } from './use-cases.ts';

type Changed = EventPayload<'profile.changed'>;

let database: TestDatabase;
let service: Service;
let folder: string;
const heard = new EventEmitter();
const deliveries: AsyncIterator<Changed[], undefined> = on(heard, 'changed');

/** The next `count` events, by user and version. */
async function hear(count: number): Promise<Changed[]> {
  const events: Changed[] = [];
  while (events.length < count) events.push(...((await deliveries.next()).value ?? []));
  return events.sort((a, b) => a.user_id - b.user_id || a.version - b.version);
}

beforeAll(async () => {
  database = await createTestDatabase({ template: false });
  folder = await mkdtemp(join(tmpdir(), 'collabthon-listener-'));
  const listener = defineModule({
    name: 'listener',
    migrations: pathToFileURL(`${folder}/`),
    mount: () => ({
      subscribers: {
        'profile.changed': async (_tx, payload) => {
          heard.emit('changed', payload);
        },
      },
    }),
  });
  service = await createService({ config: testConfig(), databaseUrl: database.url, modules: [profiles, listener] });
});
afterAll(async () => {
  await service.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

const register = (user_id: number) =>
  service.platform.db.transaction((tx) =>
    service.platform.events.publish(tx, 'member.registered', { user_id, username: `user_${user_id}`, is_demo: false }),
  );

describe('the others hear', () => {
  test('of a new account, of every change of its profile with a higher version, and of nothing else', async () => {
    const { create, update } = createProfileUseCases(service.platform);
    await register(1);
    const [registered] = await hear(1);
    const card = { user_id: 1, username: 'user_1', college: null, is_verified_student: false, avatar_url: null };
    expect(registered).toEqual({ user_id: 1, card: { ...card, name: 'user_1' }, listed: false, version: 1 });

    const ada = { ...card, name: 'Ada Lovelace', college: 'Analytical College' };
    await create(1, adaProfile, noWish);
    await expect(create(1, adaProfile, noWish)).rejects.toMatchObject({ status: 409 });
    await update(1, {});
    await expect(update(1, { skills: ['!'] })).rejects.toMatchObject({ status: 422 });
    await update(1, { visibility: 'private' });
    await update(1, { visibility: 'members' });
    expect(await hear(3)).toEqual([
      { user_id: 1, card: ada, listed: true, version: 2 },
      { user_id: 1, card: { ...card, name: 'user_1' }, listed: false, version: 3 },
      { user_id: 1, card: ada, listed: true, version: 4 },
    ]);
  });

  test('of news from accounts once, and not of old news', async () => {
    const { db, events } = service.platform;
    const member = {
      user_id: 1,
      username: 'ada',
      role: 'student',
      is_verified: true,
      is_demo: false,
      badge: null,
    } as const;
    for (const [is_active, version] of [
      [false, 5],
      [true, 4],
      [false, 5],
      [true, 6],
    ] as const) {
      await db.transaction((tx) => events.publish(tx, 'member.changed', { ...member, is_active, version }));
    }
    const [suspended, restored] = await hear(2);
    expect(suspended).toMatchObject({ listed: false, version: 5, card: { username: 'ada' } });
    expect(restored).toMatchObject({ listed: true, version: 6 });
  });

  test('of people who were filled in bulk', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => 1000 + at);
    for (const id of ids) await register(id);
    await hear(ids.length);
    const skills = ['js', { name: 'Rust', level: 3 }, 'go', 'c++', 'figma'];
    await insertDemoProfiles(
      service.platform,
      ids.map((user_id) => ({ ...adaProfile, user_id, skills })),
    );
    const candidate = await service.platform.calls('profiles.getCandidate', { user_id: 1007 });
    expect(candidate?.profile).toMatchObject({ ...adaProfile, skills: ['JavaScript', 'Rust', 'Go', 'C++', 'Figma'] });
    expect(candidate?.skills[1]).toMatchObject({ name: 'Rust', level: 3 });
    const events = await hear(ids.length);
    expect(events.map((event) => event.user_id)).toEqual(ids);
    expect(events.every((event) => event.listed)).toBe(true);
  });
});
