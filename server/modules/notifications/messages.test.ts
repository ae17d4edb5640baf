/** Messages of conversations: told by mail to who does not read them, and what they say is kept nowhere else. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { ask, letTimePass, list } from './test-people.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let conversation: number;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ owner, ada } = await crew(app, { isVerified: true }));
  await ask(app, ada, { receiver_id: owner.id });
  await app.settled();
  // The request itself is no matter here.
  await app.request('PUT /notifications/preferences', { as: owner, body: { channels: { requests: { mail: false } } } });
  const { body } = await app.request('GET /conversations', { as: owner });
  conversation = body.items[0]?.id ?? 0;
});

async function write(text: string) {
  const { status, body } = await app.request('POST /conversations/{id}/messages', {
    as: ada,
    params: { id: conversation },
    body: { client_id: randomUUID(), text },
  });
  expect(status).toBe(201);
  return body;
}

const read = (position: number) =>
  app.request('PUT /conversations/{id}/read', { as: owner, params: { id: conversation }, body: { position } });

/** What was mailed to the owner once the graces are over. */
async function mailed() {
  await app.settled();
  await letTimePass(app, 'notifications.send_mail');
  return (await app.mails(owner.email)).map(({ subject, text }) => ({ subject, text }));
}

it('the first that is not read is mailed; those behind it wait until its reader came', async () => {
  await write('Do you know\n tides?');
  expect(await mailed()).toEqual([
    { subject: `${ada.username} wrote to you`, text: expect.stringContaining('“Do you know tides?”') },
  ]);
  await write('Well?');
  expect(await mailed()).toHaveLength(1);
  await read(2);
  await write('One more thing.');
  const [latest, ...before] = await mailed();
  expect(before).toHaveLength(1);
  expect(latest?.text).toContain(`/messages/${conversation}`);
});

it('what is read, or deleted, within the grace is in no mail', async () => {
  const { position } = await write('Read at once.');
  await read(position);
  const { id } = await write('A slip of the finger.');
  await app.request('DELETE /conversations/{id}/messages/{message_id}', {
    as: ada,
    params: { id: conversation, message_id: id },
  });
  expect(await mailed()).toEqual([]);
});

it('they are not in the list unless their reader wants them there, and say nothing of their text', async () => {
  await write('A secret of the sea.');
  expect((await list(app, owner)).map(({ type }) => type)).not.toContain('message_received');
  await app.request('PUT /notifications/preferences', {
    as: owner,
    body: { channels: { messages: { in_app: true } } },
  });
  await write('Another secret of the sea.');
  const [listed] = await list(app, owner);
  expect(listed).toMatchObject({
    type: 'message_received',
    topic: 'messages',
    title: `${ada.username} wrote to you`,
    threads: [`conversation:${conversation}`, expect.stringMatching(/^request:/)],
  });
  const { rows } = await app.db.execute(sql`
    SELECT 1 FROM notifications.notifications n WHERE n::text LIKE '%secret%'
    UNION ALL SELECT 1 FROM pgboss.job j WHERE j.data::text LIKE '%secret%'`);
  expect(rows).toEqual([]);
});

it('they do not make open pages look at the list', async () => {
  await app.settled();
  await app.db.execute(sql`DELETE FROM platform.stream_entries`);
  await write('Only for the conversation.');
  await app.settled();
  const { rows } = await app.db.execute<{ type: string }>(sql`
    SELECT DISTINCT type FROM platform.stream_entries WHERE user_id = ${owner.id}`);
  expect(rows).toEqual([{ type: 'message.changed' }]);
});
