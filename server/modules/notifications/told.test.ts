/** Every event that concerns somebody tells exactly its recipients, once, and nobody of what they did themselves. */
import { events } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crew, type Person, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { answer, ask, join, list, listening, move, project, tick } from './test-people.ts';
import { table } from './told.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
let eve: Person;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ owner, ada, bob, eve } = await crew(app, { isVerified: true }));
});

const all = () => listening(app, owner, ada, bob, eve).start();

it('the table names every event that there is', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(events).sort());
});

it('a new member is welcomed', async () => {
  const member = await app.member();
  await app.settled();
  const { body } = await app.request('GET /notifications', { as: member });
  expect(body.items).toEqual([
    expect.objectContaining({
      type: 'welcome',
      topic: 'account',
      recipient_id: member.id,
      is_read: false,
      threads: [],
    }),
  ]);
});

describe('a request', () => {
  it('is told to its receiver, whatever its kind, with names as of then', async () => {
    const { id, role_id } = await project(app, owner);
    const told = await all();
    await ask(app, ada, { receiver_id: owner.id, project_id: id, role_id });
    await ask(app, owner, { receiver_id: bob.id, project_id: id });
    await ask(app, eve, { receiver_id: ada.id });
    expect(await told.heard()).toEqual([
      ['application_received'],
      ['connection_received'],
      ['invitation_received'],
      [],
    ]);
    const [application] = await list(app, owner);
    expect(application).toMatchObject({
      title: `${ada.username} wants to join “Tide clock”`,
      message: `${ada.username} applied to “Tide clock” as Maker. Answer within 14 days.`,
      params: { actor_id: ada.id, actor_name: ada.username, project_title: 'Tide clock', role_name: 'Maker' },
      threads: [expect.stringMatching(/^request:/), `project:${id}`],
    });
    expect(JSON.parse(application?.data ?? '')).toEqual(application?.params);
  });

  it('that is accepted is told to its sender, and the team of who joined', async () => {
    const tide = await project(app, owner);
    await join(app, owner, ada, tide);
    const told = await all();
    await join(app, owner, bob, tide);
    await answer(app, eve, await ask(app, owner, { receiver_id: eve.id, project_id: tide.id }));
    expect(await told.heard()).toEqual([
      ['application_received', 'request_accepted'],
      ['member_joined', 'member_joined'],
      ['request_accepted', 'member_joined'],
      ['invitation_received'],
    ]);
  });

  it('that is answered needs no reading any more', async () => {
    const { id } = await project(app, owner);
    const [first, second] = [
      await ask(app, ada, { receiver_id: owner.id, project_id: id }),
      await ask(app, bob, { receiver_id: owner.id, project_id: id }),
    ];
    expect(await list(app, owner, { unread_only: true })).toHaveLength(2);
    await answer(app, owner, first);
    await app.request('DELETE /collaborations/{id}', { as: bob, params: { id: second } });
    expect((await list(app, owner, { unread_only: true })).map(({ type }) => type)).toEqual(['request_withdrawn']);
  });

  it('that is declined is told to its sender', async () => {
    const { id } = await project(app, owner);
    const told = await all();
    await answer(app, owner, await ask(app, ada, { receiver_id: owner.id, project_id: id }), 'reject');
    await answer(app, bob, await ask(app, eve, { receiver_id: bob.id }), 'reject');
    expect(await told.heard()).toEqual([
      ['application_received'],
      ['request_declined'],
      ['connection_received'],
      ['request_declined'],
    ]);
  });

  it('that is withdrawn is told to its receiver', async () => {
    const { id } = await project(app, owner);
    const told = await all();
    const request = await ask(app, owner, { receiver_id: ada.id, project_id: id });
    await app.request('DELETE /collaborations/{id}', { as: owner, params: { id: request } });
    expect(await told.heard()).toEqual([[], ['invitation_received', 'request_withdrawn'], [], []]);
  });

  it('that falls away because the person joined by another one is told to nobody', async () => {
    const { id, role_id } = await project(app, owner);
    const request = await ask(app, ada, { receiver_id: owner.id, project_id: id, role_id });
    await ask(app, ada, { receiver_id: owner.id, project_id: id });
    const told = await all();
    await answer(app, owner, request);
    expect(await told.heard()).toEqual([[], ['request_accepted'], [], []]);
  });

  it('for a role that is full, gone, or of a project that closed is told to whoever would have joined', async () => {
    const tide = await project(app, owner, { seats: 1 });
    await ask(app, bob, { receiver_id: owner.id, project_id: tide.id, role_id: tide.role_id });
    await ask(app, owner, { receiver_id: eve.id, project_id: tide.id, role_id: tide.role_id });
    const full = await all();
    await join(app, owner, ada, tide);
    expect(await full.heard()).toEqual([
      ['application_received'],
      ['request_accepted'],
      ['request_closed'],
      ['request_closed'],
    ]);
    expect((await list(app, bob))[0]?.message).toBe(
      'The role Maker in “Tide clock” is filled, so the request has ended.',
    );

    const moon = await project(app, owner, { title: 'Moon clock' });
    await ask(app, bob, { receiver_id: owner.id, project_id: moon.id, role_id: moon.role_id });
    await ask(app, eve, { receiver_id: owner.id, project_id: moon.id });
    const gone = await all();
    await app.request('PUT /projects/{id}', { as: owner, params: { id: moon.id }, body: { roles: [] } });
    await app.settled();
    await move(app, owner, moon.id, 'cancelled');
    expect(await gone.heard()).toEqual([[], [], ['request_closed'], ['request_closed']]);
    expect((await list(app, bob))[0]?.params.reason).toBe('role_removed');
    expect((await list(app, eve))[0]?.params.reason).toBe('project_closed');
  });

  it('that nobody answers reminds its receiver once, and its end is told to its sender', async () => {
    const { id } = await project(app, owner);
    const request = await ask(app, ada, { receiver_id: owner.id, project_id: id });
    const told = await all();
    await app.db.execute(sql`
      UPDATE collaborations.requests SET created_at = now() - interval '4 days' WHERE id = ${request}`);
    await tick(app, 'collaborations.remind_and_expire');
    await tick(app, 'collaborations.remind_and_expire');
    await app.db.execute(sql`UPDATE collaborations.requests SET expires_at = now() WHERE id = ${request}`);
    await tick(app, 'collaborations.remind_and_expire');
    expect(await told.heard()).toEqual([['request_waiting'], ['request_expired'], [], []]);
  });
});

describe('a team', () => {
  it('hears who left, and who is removed hears it too', async () => {
    const tide = await project(app, owner);
    for (const person of [ada, bob, eve]) await join(app, owner, person, tide);
    const leave = (as: Person, user_id: number) =>
      app.request('DELETE /projects/{id}/members/{user_id}', { as, params: { id: tide.id, user_id } });
    const left = await all();
    await leave(ada, ada.id);
    expect(await left.heard()).toEqual([['member_left'], [], ['member_left'], ['member_left']]);
    const removed = await all();
    await leave(owner, bob.id);
    expect(await removed.heard()).toEqual([[], [], ['removed_from_team'], ['member_left']]);
  });
});

describe('a project', () => {
  it('that moves to another state is told to its team, an edit is not', async () => {
    const tide = await project(app, owner);
    await join(app, owner, ada, tide);
    const told = await all();
    await app.request('PUT /projects/{id}', { as: owner, params: { id: tide.id }, body: { title: 'Tidal clock' } });
    await move(app, owner, tide.id, 'in_progress');
    await move(app, owner, tide.id, 'completed');
    expect(await told.heard()).toEqual([[], ['project_moved', 'project_moved'], [], []]);
    expect((await list(app, ada))[0]).toMatchObject({
      title: '“Tidal clock” is completed',
      params: { status: 'completed', previous_status: 'in_progress' },
    });
  });

  it('that an admin moves is told to its owner, too', async () => {
    const admin = await app.member({ role: 'admin' });
    const tide = await project(app, owner);
    const told = await all();
    await app.request('PUT /admin/projects/{id}/update-status', {
      as: admin,
      params: { id: tide.id },
      body: { status: 'cancelled' },
    });
    expect(await told.heard()).toEqual([['project_moved'], [], [], []]);
  });

  it('that expires is told to its owner a week before, and then to its team', async () => {
    const tide = await project(app, owner);
    await join(app, owner, ada, tide);
    const told = await all();
    const expire = (at: string) =>
      app.db.execute(sql`UPDATE projects.projects SET expires_at = now() + ${at}::interval WHERE id = ${tide.id}`);
    await expire('3 days');
    await tick(app, 'projects.expire');
    await expire('-1 second');
    await tick(app, 'projects.expire');
    expect(await told.heard()).toEqual([['project_expiring', 'project_moved'], ['project_moved'], [], []]);
  });

  it('that is deleted is told to its team, under the name that it had', async () => {
    const tide = await project(app, owner);
    await join(app, owner, ada, tide);
    const told = await all();
    await app.request('DELETE /projects/{id}', { as: owner, params: { id: tide.id } });
    expect(await told.heard()).toEqual([[], ['project_deleted'], [], []]);
    expect((await list(app, ada))[0]?.title).toBe('“Tide clock” was deleted');
  });
});

it('much that happens at once is told to everybody, each of it once', async () => {
  const clocks = await Promise.all(Array.from({ length: 8 }, (_, n) => project(app, owner, { title: `Clock ${n}` })));
  for (const clock of clocks) for (const person of [ada, bob, eve]) await join(app, owner, person, clock);
  const told = await all();
  await Promise.all(clocks.map(({ id }) => move(app, owner, id, 'in_progress')));
  expect((await told.heard()).map((kinds) => kinds.length)).toEqual([0, 8, 8, 8]);
});

describe('an event', () => {
  const expiring = (id: number) => ({
    project_id: 900_000 + id,
    owner_id: id,
    title: 'Tide clock',
    expires_at: new Date().toISOString(),
  });

  it('that is delivered again tells nobody twice', async () => {
    await app.db.transaction((tx) => app.platform.events.publish(tx, 'project.expiring', expiring(ada.id)));
    await app.settled();
    // As if neither the inbox nor the queue remembered it.
    await app.db.execute(sql`DELETE FROM platform.inbox WHERE subscriber = 'notifications/events'`);
    const { rowCount } = await app.db.execute(sql`
      UPDATE pgboss.job SET state = 'created', completed_on = NULL, start_after = now()
      WHERE name = 'notifications/events' AND data -> 'payload' ->> 'owner_id' = ${String(ada.id)}`);
    expect(rowCount).toBe(1);
    expect(await list(app, ada)).toHaveLength(1);
  });

  it('of an older version, which named nobody, is told in general words', async () => {
    const [someone] = await people(app, 1, { isVerified: true });
    if (!someone) throw new Error('Nobody came.');
    await app.db.transaction((tx) =>
      app.platform.events.publish(tx, 'collaboration.accepted', {
        collaboration_id: 900_001,
        sender_id: someone.id,
        receiver_id: ada.id,
        project_id: 900_001,
        kind: 'application',
      }),
    );
    expect((await list(app, someone))[0]?.message).toBe(
      'Somebody accepted your application: you are on the team of “a project”.',
    );
  });
});
