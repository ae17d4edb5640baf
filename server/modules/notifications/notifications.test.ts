/** Reading, deleting and muting notifications, and preferences, over HTTP. */
import type { NotificationPreferencesUpdate } from '@collabthon/contracts/notifications';
import type { Problem } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { ask, join, list, listening, move, project } from './test-people.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ owner, ada, bob } = await crew(app, { isVerified: true }));
});

const unread = async (as: Person) => (await app.request('GET /notifications/unread-count', { as })).body.unread_count;

/** So many requests to the owner, each about a project of its own; @returns ids of notifications, the latest first. */
async function receive(count: number): Promise<number[]> {
  for (let at = 0; at < count; at += 1) {
    const { id } = await project(app, owner, { title: `Clock ${at}` });
    await ask(app, ada, { receiver_id: owner.id, project_id: id });
  }
  return (await list(app, owner)).map(({ id }) => id);
}

describe('the list', () => {
  it('is paged by cursor without repeating or skipping, also when times are the same', async () => {
    const ids = await receive(5);
    await app.db.execute(sql`
      UPDATE notifications.notifications SET created_at = '2026-11-01T10:00:00Z' WHERE recipient_id = ${owner.id}`);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor && { cursor }) };
      const { body } = await app.request('GET /notifications', { as: owner, query });
      expect(body.total).toBe(5);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids);
    const second = await app.request('GET /notifications', { as: owner, query: { page: 2, size: 2 } });
    expect(second.body.items.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  });

  it('can be narrowed to the unread, and takes filters that it does not know from old clients', async () => {
    const [first = 0, second] = await receive(2);
    await app.request('PUT /notifications/{id}/read', { as: owner, params: { id: first } });
    expect((await list(app, owner, { unread_only: true })).map(({ id }) => id)).toEqual([second]);
    const answer = await app.fetch('/api/v1/notifications/?old_filter=1', {
      headers: { authorization: `Bearer ${owner.token}` },
    });
    expect(answer.status).toBe(200);
  });

  it('speaks the language that is asked for', async () => {
    await receive(1);
    const { body } = await app.request('GET /notifications', { as: owner, headers: { 'accept-language': 'es' } });
    expect(body.items[0]?.title).toBe(`${ada.username} quiere unirse a «Clock 0»`);
  });

  it('is the member’s own', async () => {
    await receive(1);
    expect(await list(app, bob)).toEqual([]);
  });
});

describe('reading', () => {
  it('counts once, by either address', async () => {
    const [id = 0] = await receive(2);
    expect(await unread(owner)).toBe(2);
    const first = await app.request('PUT /notifications/{id}/read', { as: owner, params: { id } });
    expect(first.body).toMatchObject({ id, is_read: true });
    const again = await app.request('PUT /notifications/{id}/mark-read', { as: owner, params: { id } });
    expect(again.body.read_at).toBe(first.body.read_at);
    expect(await unread(owner)).toBe(1);
  });

  it('of all at once leaves none', async () => {
    await receive(3);
    expect((await app.request('PUT /notifications/mark-all-read', { as: owner })).body).toEqual({ updated: 3 });
    expect(await unread(owner)).toBe(0);
    expect((await app.request('PUT /notifications/mark-all-read', { as: owner })).body).toEqual({ updated: 0 });
  });

  it('and deleting what is somebody else’s, or is not there, is 404', async () => {
    const [id = 0] = await receive(1);
    for (const params of [{ id }, { id: 9_000_000 }]) {
      for (const key of ['PUT /notifications/{id}/read', 'DELETE /notifications/{id}'] as const) {
        const answer = await app.request(key, { as: bob, params });
        expect(answer).toMatchObject({ status: 404, body: { code: 'not_found', params: { what: 'notification' } } });
      }
    }
    expect(await unread(owner)).toBe(1);
  });

  it('deletes for good', async () => {
    const [id = 0] = await receive(1);
    const remove = () => app.request('DELETE /notifications/{id}', { as: owner, params: { id } });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await list(app, owner)).toEqual([]);
  });
});

describe('a muted thread', () => {
  const mute = (as: Person, thread: string) =>
    app.request('PUT /notifications/mutes/{thread}', { as, params: { thread } });
  const unmute = (as: Person, thread: string) =>
    app.request('DELETE /notifications/mutes/{thread}', { as, params: { thread } });

  it('is silent for who muted it, until it is unmuted', async () => {
    const tide = await project(app, owner);
    for (const person of [ada, bob]) await join(app, owner, person, tide);
    const told = await listening(app, ada, bob).start();
    expect((await mute(ada, `project:${tide.id}`)).status).toBe(204);
    expect((await mute(ada, `project:${tide.id}`)).status).toBe(204);
    await move(app, owner, tide.id, 'in_progress');
    expect(await told.heard()).toEqual([[], ['project_moved']]);
    await unmute(ada, `project:${tide.id}`);
    await move(app, owner, tide.id, 'completed');
    expect(await told.heard()).toEqual([['project_moved'], ['project_moved', 'project_moved']]);
  });

  it('is listed by who muted it, page by page', async () => {
    const threads = ['project:1', 'request:2', 'conversation:3'];
    for (const thread of threads) await mute(ada, thread);
    const page = async (cursor?: string) =>
      (await app.request('GET /notifications/mutes', { as: ada, query: { limit: 2, ...(cursor && { cursor }) } })).body;
    const first = await page();
    const second = await page(first.next_cursor ?? '');
    expect([...first.items, ...second.items].map(({ thread }) => thread)).toEqual(threads.reverse());
    expect(second.next_cursor).toBeNull();
    expect((await app.request('GET /notifications/mutes', { as: bob })).body.items).toEqual([]);
  });

  it('has to be one that there could be', async () => {
    for (const thread of [
      'project',
      'project:0',
      'project:-1',
      'planet:1',
      'project:1;',
      `project:${'1'.repeat(30)}`,
    ]) {
      expect((await mute(ada, thread)).status, thread).toBe(422);
    }
  });

  it('is one of at most 1,000', async () => {
    await app.db.execute(sql`
      INSERT INTO notifications.mutes (user_id, thread) SELECT ${ada.id}, 'project:' || n FROM generate_series(1, 1000) n`);
    expect((await mute(ada, 'project:1')).status).toBe(204);
    expect((await mute(ada, 'project:1001')).body).toMatchObject({ code: 'too_many_mutes', params: { limit: 1000 } });
  });
});

describe('preferences', () => {
  const change = (as: Person, body: NotificationPreferencesUpdate) =>
    app.request('PUT /notifications/preferences', { as, body });
  const read = async (as: Person) => (await app.request('GET /notifications/preferences', { as })).body;

  it('have defaults, and keep what a change does not name', async () => {
    const defaults = await read(ada);
    expect(defaults).toMatchObject({
      channels: { requests: { in_app: true, mail: true, push: true }, team: { in_app: true, mail: false, push: true } },
      quiet_hours: null,
      zone: null,
      digest: { is_on: true, hour: 8 },
    });
    await change(ada, { channels: { team: { mail: true } }, zone: 'Asia/Kolkata', digest: { hour: 19 } });
    const { body } = await change(ada, { quiet_hours: { from: '22:30', to: '07:00' } });
    expect(body).toEqual({
      ...defaults,
      channels: { ...defaults.channels, team: { in_app: true, mail: true, push: true } },
      quiet_hours: { from: '22:30', to: '07:00' },
      zone: 'Asia/Kolkata',
      digest: { is_on: true, hour: 19 },
    });
    expect(await read(ada)).toEqual(body);
  });

  it.each([
    [{ zone: 'Mars/Olympus' }, '/zone'],
    [{ zone: '+05:30' }, '/zone'],
    [{ quiet_hours: { from: '22:00', to: '07:00' } }, '/zone'],
    [{ zone: 'UTC', quiet_hours: { from: '07:00', to: '07:00' } }, '/quiet_hours/to'],
    [{ zone: 'UTC', quiet_hours: { from: '24:00', to: '07:00' } }, '/quiet_hours/from'],
    [{ digest: { hour: 24 } }, '/digest/hour'],
    [{ channels: { requests: { mail: 'yes' } } }, '/channels/requests/mail'],
    [{ channels: { gossip: { mail: true } } }, '/channels/gossip'],
    [{ channels: { requests: { pigeon: true } } }, '/channels/requests/pigeon'],
  ] as [NotificationPreferencesUpdate, string][])('%j is refused at %s', async (body, path) => {
    const answer = await change(ada, body);
    expect(answer.status).toBe(422);
    expect((answer.body as unknown as Problem).errors?.map((error) => error.path)).toContain(path);
    expect(await read(ada)).toEqual(await read(bob));
  });

  it('keep a topic out of the list', async () => {
    await change(owner, { channels: { requests: { in_app: false } } });
    expect(await receive(1)).toEqual([]);
    expect(await unread(owner)).toBe(0);
  });

  it('without any channel leave nothing', async () => {
    await change(owner, { channels: { requests: { in_app: false, mail: false, push: false } } });
    await receive(1);
    const { rows } = await app.db.execute(sql`
      SELECT FROM notifications.notifications WHERE recipient_id = ${owner.id}`);
    expect(rows).toEqual([]);
  });
});
