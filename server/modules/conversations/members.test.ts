import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventPayload } from '../../platform/events/events.ts';
import { defineModule } from '../../platform/module.ts';
import { loadModules } from '../../platform/testing/modules.ts';
import { type Crew, crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import {
  accept,
  apply,
  leave,
  list,
  outcome,
  project,
  read,
  said,
  send,
  team,
  texts,
  waiting,
} from './test-conversations.ts';

let app: TestApp;
let owner: Crew['owner'];
let ada: Crew['ada'];
let bob: Crew['bob'];
let eve: Crew['eve'];

/** What another module hears of messages. */
const heard: EventPayload<'message.sent'>[] = [];
const ears = defineModule({
  name: 'ears',
  mount: () => ({ subscribers: { 'message.sent': async (_tx, payload) => void heard.push(payload) } }),
});

beforeAll(async () => {
  app = await startTestApp({ modules: [...(await loadModules()), ears] });
  ({ owner, ada, bob, eve } = await crew(app));
});
afterAll(() => app.close());

const get = (as: Person, id: number) => app.request('GET /conversations/{id}', { as, params: { id } });
const type = (as: Person, id: number) => app.request('POST /conversations/{id}/typing', { as, params: { id } });
const membersOf = async (as: Person, id: number) =>
  (await get(as, id)).body.members.map(({ person }) => person.user_id);
/** Everything that may be tried with a conversation. */
const attempts = (as: Person, id: number, message_id: number) =>
  Promise.all([
    get(as, id),
    read(app, as, id),
    send(app, as, id, 'Let me in'),
    app.request('PUT /conversations/{id}/messages/{message_id}', {
      as,
      params: { id, message_id },
      body: { text: 'x' },
    }),
    app.request('DELETE /conversations/{id}/messages/{message_id}', { as, params: { id, message_id } }),
    app.request('PUT /conversations/{id}/read', { as, params: { id }, body: { position: 1 } }),
    type(as, id),
  ]);

describe('a request', () => {
  test('has a conversation of the two while it waits', async () => {
    const { id, request, project: about } = await waiting(app, owner, ada);
    expect((await get(ada, id)).body).toMatchObject({
      kind: 'request',
      request_id: request,
      project: { id: about, title: 'Campus bike map' },
      is_open: true,
      member_count: 2,
      last_message: null,
      unread_count: 0,
    });
    expect(await membersOf(owner, id)).toEqual([owner.id, ada.id].sort((a, b) => a - b));
    await said(app, ada, id, 'When do you meet?');
    await said(app, owner, id, 'Tuesdays');
    expect(await texts(app, ada, id)).toEqual(['When do you meet?', 'Tuesdays']);
    expect((await type(ada, id)).status).toBe(204);
  });

  test('to connect has one too, about no project', async () => {
    const { body } = await app.request('POST /collaborations', { as: bob, body: { receiver_id: eve.id } });
    await app.settled();
    const found = (await list(app, eve)).find(({ request_id }) => request_id === body.id);
    expect(found).toMatchObject({ kind: 'request', project: null, is_open: true });
  });

  test.each(['accept', 'reject', 'withdraw'] as const)(
    'is answered (%s): it can be read on, not written',
    async (how) => {
      const { id, request } = await waiting(app, owner, ada);
      const message = await said(app, ada, id, 'Please');
      const params = { id: request };
      if (how === 'withdraw') await app.request('DELETE /collaborations/{id}', { as: ada, params });
      else await app.request(`PUT /collaborations/{id}/${how}`, { as: owner, params });
      await app.settled();
      for (const as of [owner, ada]) {
        expect(await texts(app, as, id)).toEqual(['Please']);
        expect((await get(as, id)).body.is_open).toBe(false);
        expect(outcome(await send(app, as, id, 'But'))).toBe('409 conversation_closed');
        expect(outcome(await type(as, id))).toBe('409 conversation_closed');
      }
      // What was sent before is known again.
      expect((await send(app, ada, id, 'Please', message.client_id)).body).toEqual(message);
      // Reading is no writing.
      const mark = await app.request('PUT /conversations/{id}/read', {
        as: owner,
        params: { id },
        body: { position: 1 },
      });
      expect(mark.status).toBe(204);
    },
  );

  test('leaves nothing in the list when nobody said a word', async () => {
    const { id, request } = await waiting(app, owner, ada);
    await app.request('DELETE /collaborations/{id}', { as: ada, params: { id: request } });
    await app.settled();
    expect((await list(app, ada)).map((one) => one.id)).not.toContain(id);
    expect((await get(ada, id)).status).toBe(200);
  });

  test('whose end is told before its beginning is over', async () => {
    const party = { collaboration_id: 999_001, sender_id: ada.id, receiver_id: owner.id, project_id: null };
    const publish = (name: 'collaboration.closed' | 'collaboration.requested', rest: object) =>
      app.db.transaction((tx) =>
        app.platform.events.publish(tx, name, { ...party, kind: 'connection', ...rest } as never),
      );
    await publish('collaboration.closed', { reason: 'expired' });
    await app.settled();
    await publish('collaboration.requested', { requested_at: new Date().toISOString() });
    await app.settled();
    const { rows } = await app.db.execute<{ closed: boolean }>(sql`
      SELECT closed_at IS NOT NULL AS closed FROM conversations.conversations WHERE request_id = 999001`);
    expect(rows).toEqual([{ closed: true }]);
  });
});

describe('a team', () => {
  test('has one from its second member on, with everybody on the team', async () => {
    const about = await project(app, owner);
    await app.settled();
    expect((await list(app, owner)).filter((one) => one.project?.id === about)).toEqual([]);
    await accept(app, owner, await apply(app, ada, owner, about));
    await app.settled();
    const found = (await list(app, ada)).filter((one) => one.project?.id === about);
    expect(found).toMatchObject([{ kind: 'team', request_id: null, is_open: true, member_count: 2 }]);
    await accept(app, owner, await apply(app, bob, owner, about));
    await app.settled();
    expect((await membersOf(bob, found[0]?.id ?? 0)).sort()).toEqual([owner.id, ada.id, bob.id].sort());
  });

  test('lets who enters read what was said, as no news', async () => {
    const { id, project: about } = await team(app, owner, [ada]);
    await said(app, ada, id, 'Before');
    await accept(app, owner, await apply(app, bob, owner, about));
    await app.settled();
    expect(await texts(app, bob, id)).toEqual(['Before']);
    expect((await get(bob, id)).body.unread_count).toBe(0);
  });

  test('shows who has left nothing, and takes nothing from them', async () => {
    const { id, project: about } = await team(app, owner, [ada, bob]);
    const message = await said(app, ada, id, 'Mine');
    await leave(app, ada, about);
    await app.settled();
    expect((await attempts(ada, id, message.id)).map(outcome)).toEqual(Array(7).fill('404 not_found'));
    // Not even what they sent, sent again.
    expect(outcome(await send(app, ada, id, 'Mine', message.client_id))).toBe('404 not_found');
    expect((await list(app, ada)).map((one) => one.id)).not.toContain(id);
    const unread = async () => (await app.request('GET /conversations/unread', { as: ada })).body;
    const before = await unread();
    await said(app, bob, id, 'They have left');
    expect(await unread()).toEqual(before);
    expect(await membersOf(owner, id)).not.toContain(ada.id);
    // What they wrote stays, with their name.
    expect((await read(app, owner, id)).body.items[0]).toMatchObject({ text: 'Mine', sender: { user_id: ada.id } });

    await accept(app, owner, await apply(app, ada, owner, about));
    await app.settled();
    expect(await texts(app, ada, id)).toEqual(['Mine', 'They have left']);
  });

  test('is left while everybody writes: nothing of theirs comes after', async () => {
    const { id, project: about } = await team(app, owner, [ada, bob]);
    let isOut = false;
    const writing = (async () => {
      const outcomes: string[] = [];
      while (outcomes.at(-1) !== '404 not_found') outcomes.push(outcome(await send(app, ada, id, 'Still here')));
      expect(isOut).toBe(true);
      return outcomes.filter((one) => one === '201').length;
    })();
    await said(app, bob, id, 'Hm');
    isOut = true;
    await leave(app, ada, about);
    const written = await writing;
    expect((await texts(app, bob, id)).filter((text) => text === 'Still here').length).toBe(Math.min(50, written));
    const { rows } = await app.db.execute<{ late: number }>(sql`
      SELECT count(*) AS late FROM conversations.messages x JOIN conversations.members m USING (conversation_id)
      WHERE conversation_id = ${id} AND m.user_id = ${ada.id} AND x.sender_id = ${ada.id} AND x.sent_at > m.left_at`);
    expect(rows[0]?.late).toBe(0);
  });

  test('an older word about it changes nothing', async () => {
    const { id, project: about } = await team(app, owner, [ada]);
    await leave(app, ada, about);
    await app.settled();
    const stale = { project_id: about, version: 1, member_count: 2, member_ids: [owner.id, ada.id], roles: [] };
    await app.db.transaction((tx) => app.platform.events.publish(tx, 'team.changed', stale));
    await app.settled();
    expect((await get(ada, id)).status).toBe(404);
  });

  test('whose project is renamed or deleted: its name follows, and it can be read on', async () => {
    const { id, project: about } = await team(app, owner, [ada]);
    await said(app, ada, id, 'Good-bye');
    const { version } = (await app.request('GET /projects/{id}', { params: { id: about } })).body;
    await app.request('PUT /projects/{id}', {
      as: owner,
      params: { id: about },
      body: { title: 'Bike map 2', version },
    });
    await app.settled();
    expect((await get(ada, id)).body.project?.title).toBe('Bike map 2');
    await app.request('DELETE /projects/{id}', { as: owner, params: { id: about } });
    await app.settled();
    expect((await get(ada, id)).body).toMatchObject({ is_open: false, project: { title: 'Bike map 2' } });
    expect(outcome(await send(app, ada, id, 'Hello?'))).toBe('409 conversation_closed');
  });
});

test('a stranger finds nothing, as where there is nothing', async () => {
  const { id } = await team(app, owner, [ada]);
  const message = await said(app, ada, id, 'Secret');
  const answers = await attempts(eve, id, message.id);
  const nothing = await attempts(eve, 2 ** 40, message.id);
  expect(answers.map(outcome)).toEqual(Array(7).fill('404 not_found'));
  const bare = ({ body }: { body: unknown }) => ({ ...(body as object), request_id: null });
  expect(answers.map(bare)).toEqual(nothing.map(bare));
  // An admin is a stranger here too.
  const admin = await app.member({ role: 'admin' });
  expect((await attempts(admin, id, message.id)).map(outcome)).toEqual(Array(7).fill('404 not_found'));
});

test('a new name of somebody is everywhere at once', async () => {
  const [me, you] = [await app.member(), await app.member()];
  const { id } = await waiting(app, me, you);
  await said(app, you, id, 'Hi');
  await app.request('PUT /users/me/profile', { as: you, body: { first_name: 'Yolanda', last_name: 'Yu' } });
  await app.settled();
  expect((await read(app, me, id)).body.items[0]?.sender.name).toBe('Yolanda Yu');
  expect((await list(app, me))[0]?.last_message?.sender.name).toBe('Yolanda Yu');
});

test('a message tells the other modules whom it reaches, not what it says', async () => {
  const { id } = await team(app, owner, [ada, bob]);
  const message = await said(app, ada, id, 'For those in it');
  await send(app, ada, id, 'For those in it', message.client_id);
  await app.settled();
  const recipient_ids = [owner.id, bob.id].sort((a, b) => a - b);
  const told = heard.filter(({ conversation_id }) => conversation_id === id);
  expect(told).toMatchObject([{ message_id: message.id, sender_id: ada.id, recipient_ids }]);
  expect(JSON.stringify(told)).not.toContain('For those in it');
});

test('that of a request, or of a team, is found by what it belongs to, by those who are in it alone', async () => {
  const { id, project: ours } = await team(app, owner, [ada]);
  const asked = await apply(app, bob, owner, ours);
  await app.settled();
  const found = async (as: Person, query: { request_id?: number; team_of?: number }) =>
    (await app.request('GET /conversations', { as, query })).body.items.map((one) => one.id);
  expect(await found(ada, { team_of: ours })).toEqual([id]);
  const [ofRequest] = await found(bob, { request_id: asked });
  expect(ofRequest).not.toBe(id);
  expect(await found(owner, { request_id: asked })).toEqual([ofRequest]);
  expect(await found(ada, { request_id: asked })).toEqual([]);
  expect(await found(eve, { team_of: ours })).toEqual([]);
});
