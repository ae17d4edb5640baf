/** Teams and requests from before there were conversations. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Crew, crew } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { completeConversations } from './complete.ts';
import { accept, apply, leave, list, project, said, team, waiting } from './test-conversations.ts';

let app: TestApp;
let people: Crew;

beforeAll(async () => {
  app = await startTestApp();
  people = await crew(app);
});
afterAll(() => app.close());

/** As if the module had never been there. */
const forget = () =>
  app.db.execute(sql`
    TRUNCATE conversations.messages, conversations.members, conversations.conversations, conversations.projects,
      conversations.people`);
const complete = async () => {
  await app.db.transaction((tx) => app.platform.jobs.send(tx, 'conversations.complete', {}));
  await app.settled();
};

test('get their conversations, with everybody who is in and what they are about', async () => {
  const { owner, ada, bob, eve } = people;
  const { project: about } = await team(app, owner, [ada, bob]);
  await leave(app, bob, about);
  const asked = await waiting(app, owner, eve);
  const wish = await app.request('POST /collaborations', { as: bob, body: { receiver_id: eve.id } });
  const { request: withdrawn } = await waiting(app, owner, bob);
  await app.request('DELETE /collaborations/{id}', { as: bob, params: { id: withdrawn } });
  const alone = await project(app, ada);
  await app.settled();
  await forget();

  await complete();
  const shown = (await list(app, owner)).map(({ kind, project: of, request_id, is_open, members }) => ({
    kind,
    of: of?.id,
    title: of?.title,
    request_id,
    is_open,
    with: members.map(({ person }) => person.user_id).sort((one, two) => one - two),
  }));
  const title = 'Campus bike map';
  expect(shown).toHaveLength(2);
  expect(shown).toEqual(
    expect.arrayContaining([
      { kind: 'team', of: about, title, request_id: null, is_open: true, with: [owner.id, ada.id] },
      { kind: 'request', of: asked.project, title, request_id: asked.request, is_open: true, with: [owner.id, eve.id] },
    ]),
  );
  expect((await list(app, bob)).map(({ request_id }) => request_id)).toEqual([wish.body.id]);
  expect((await list(app, ada)).map(({ project: of }) => of?.id)).not.toContain(alone);

  // They live on by events.
  const [mine] = await list(app, ada);
  await said(app, ada, mine?.id ?? 0, 'So we talk at last');
  await accept(app, owner, asked.request);
  await accept(app, owner, await apply(app, bob, owner, about));
  await app.settled();
  expect((await list(app, owner)).find(({ request_id }) => request_id === asked.request)).toBeUndefined();
  expect((await list(app, bob)).find(({ id }) => id === mine?.id)).toMatchObject({ member_count: 3 });

  expect(await completeConversations(app.platform)).toEqual({ teams: 0, requests: 0 });
});

test('are followed also when an event of theirs was given up', async () => {
  const { owner, ada, bob } = people;
  const { id, project: about } = await team(app, owner, [ada, bob]);
  await leave(app, bob, about);
  await app.settled();
  await app.db.execute(sql`UPDATE conversations.projects SET team_version = team_version - 1 WHERE id = ${about}`);
  await app.db.execute(sql`
    UPDATE conversations.members SET left_at = NULL WHERE conversation_id = ${id} AND user_id = ${bob.id}`);
  expect(await completeConversations(app.platform)).toEqual({ teams: 1, requests: 0 });
  expect((await list(app, bob)).map((one) => one.id)).not.toContain(id);
});

test('of any number, while more begin', async () => {
  const { owner, ada } = people;
  const wanted = 450;
  await app.db.execute(sql`
    INSERT INTO collaborations.requests (kind, sender_id, receiver_id, person_id, status, created_at, updated_at, expires_at)
    SELECT 'connection', 1000000 + n, ${owner.id}, 1000000 + n, 'pending', now(), now(), now() + interval '1 day'
    FROM generate_series(1, ${wanted}) n`);
  const [completed, also, begun] = await Promise.all([
    completeConversations(app.platform),
    completeConversations(app.platform),
    waiting(app, owner, ada),
  ]);
  expect(completed.requests + also.requests).toBeGreaterThanOrEqual(wanted);
  expect(begun.id).toBeGreaterThan(0);
  const { rows } = await app.db.execute<{ count: number }>(sql`
    SELECT count(*) AS count FROM conversations.members m JOIN conversations.conversations c ON c.id = m.conversation_id
    WHERE m.user_id > 1000000 AND c.closed_at IS NULL`);
  expect(rows).toEqual([{ count: wanted }]);
});
