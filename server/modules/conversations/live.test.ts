/** What open pages are told of conversations, through two processes' worth of services on one database. */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Crew, crew, type Person } from '../../platform/testing/people.ts';
import { readStream, type StreamReader } from '../../platform/testing/stream-reader.ts';
import { type SecondService, startBeside, startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { accept, apply, leave, said, send, team, waiting } from './test-conversations.ts';

let app: TestApp;
let owner: Crew['owner'];
let ada: Crew['ada'];
let bob: Crew['bob'];
let eve: Crew['eve'];
let other: SecondService;
const readers: StreamReader[] = [];

beforeAll(async () => {
  app = await startTestApp();
  other = await startBeside(app);
  ({ owner, ada, bob, eve } = await crew(app));
}, 120_000);
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});
afterAll(async () => {
  await other.stop();
  await app.close();
});

/** An open page that has begun to hear. */
async function look(as: Person, { url = app.url, after }: { url?: string; after?: number } = {}) {
  const reader = await readStream(url, { token: as.token, after });
  readers.push(reader);
  await expect.poll(() => reader.said[0]?.type, { interval: 5 }).toBe('ready');
  return reader;
}

/** Of one conversation: what happened, and where or to whom. */
const about = ({ said: told }: StreamReader, id: number) =>
  told.flatMap(({ type, data: { conversation_id, change, position, user_id } }) =>
    conversation_id === id ? [[type, change, position, user_id].filter((part) => part !== undefined).join(' ')] : [],
  );
/** The latest change of who is in a conversation, or whether it is open. */
/** That something was told, whatever came before or after it: requests and teams are not ordered among each other. */
const wasTold = (reader: StreamReader, part: object) =>
  expect
    .poll(() => reader.said.map(({ data }) => data), { timeout: 15_000 })
    .toContainEqual(expect.objectContaining(part));
const latest = ({ said: told }: StreamReader) =>
  expect.poll(() => told.findLast(({ type }) => type === 'conversation.changed')?.data, { interval: 5 });
const hears = (reader: StreamReader, id: number) => expect.poll(() => about(reader, id), { interval: 5 });

test('what is written, edited, deleted and read in one process is told in the other, to everybody in it alone', async () => {
  const { id } = await team(app, owner, [ada]);
  const [mine, theirs, hers] = [await look(ada), await look(owner, { url: other.url }), await look(eve)];
  const params = { id };
  const message = await said(app, ada, id, 'Tuseday?');
  await send(app, ada, id, 'Tuseday?', message.client_id);
  const named = { id, message_id: message.id };
  const change = 'PUT /conversations/{id}/messages/{message_id}';
  await app.request(change, { as: ada, params: named, body: { text: 'Tuesday?' } });
  await app.request(change, { as: ada, params: named, body: { text: 'Tuesday?' } });
  await app.request('PUT /conversations/{id}/read', { as: owner, params, body: { position: 1 } });
  await app.request('PUT /conversations/{id}/read', { as: owner, params, body: { position: 1 } });
  await app.request('DELETE /conversations/{id}/messages/{message_id}', { as: ada, params: named });
  const all = [
    'message.changed sent 1',
    'message.changed edited 1',
    `conversation.read 1 ${owner.id}`,
    'message.changed deleted 1',
  ];
  await hears(theirs, id).toEqual(all);
  await hears(mine, id).toEqual(all);
  // Where, not what: the text is asked for.
  const { id: message_id, position, client_id } = message;
  expect(theirs.said[1]?.data).toEqual({
    conversation_id: id,
    message_id,
    position,
    client_id,
    sender_id: ada.id,
    change: 'sent',
  });
  expect(about(hers, id)).toEqual([]);
});

test('who is typing is seen by the others who look, and by nobody later', async () => {
  const { id } = await team(app, owner, [ada, bob]);
  const [mine, theirs] = [await look(ada), await look(owner, { url: other.url })];
  await app.request('POST /conversations/{id}/typing', { as: ada, params: { id } });
  await hears(theirs, id).toEqual([`conversation.typing ${ada.id}`]);
  await said(app, ada, id, 'Done');
  await hears(mine, id).toEqual(['message.changed sent 1']);
  const later = await look(bob, { after: 0 });
  await expect.poll(() => about(later, id).at(-1), { interval: 5 }).toBe('message.changed sent 1');
  expect(about(later, id).filter((one) => one.includes('typing'))).toEqual([]);
});

test('a conversation that begins, changes and ends is told of', async () => {
  const [mine, theirs] = [await look(ada, { url: other.url }), await look(owner)];
  const { id, request, project } = await waiting(app, owner, ada);
  await accept(app, owner, request);
  for (const reader of [mine, theirs]) {
    await hears(reader, id).toEqual(['conversation.changed opened', 'conversation.changed closed']);
    await wasTold(reader, { change: 'members', added: [owner.id, ada.id].sort((a, b) => a - b), removed: [] });
  }
  await app.request('DELETE /projects/{id}', { as: owner, params: { id: project } });
  await latest(mine).toMatchObject({ change: 'closed' });
});

describe('who is removed while they look', () => {
  test('hears that, and nothing after it', async () => {
    const { id, project } = await team(app, owner, [ada, bob]);
    const [gone, stays] = [await look(ada, { url: other.url }), await look(bob)];
    await said(app, owner, id, 'Before');
    let written = 0;
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await said(app, bob, id, `${++written}`);
    })();
    await leave(app, ada, project);
    await app.settled();
    const after = written;
    await expect.poll(() => written, { interval: 5 }).toBeGreaterThan(after + 5);
    isOver = true;
    await writing;
    await hears(stays, id).toContain(`message.changed sent ${written + 1}`);
    const heard = about(gone, id);
    expect(heard.at(-1)).toBe('conversation.changed members');
    await latest(gone).toMatchObject({ removed: [ada.id] });
    // What came before it is whole.
    expect(heard.slice(0, -1)).toEqual(about(stays, id).slice(0, heard.length - 1));
    // Nor does coming back bring it.
    gone.leave();
    const back = await look(ada, { after: 0 });
    await accept(app, owner, await apply(app, ada, owner, project));
    await wasTold(back, { added: [ada.id] });
    expect(about(back, id).filter((one) => one.startsWith('message'))).toEqual(
      heard.filter((one) => one.startsWith('message')),
    );
  });
});

test('messages sent while a process is stopped and started are heard once it is back', async () => {
  const { id } = await team(app, owner, [ada]);
  const first = await startBeside(app);
  const reader = await look(ada, { url: first.url });
  await said(app, owner, id, 'One');
  await hears(reader, id).toEqual(['message.changed sent 1']);
  const last = reader.said.at(-1)?.id ?? 0;
  await first.stop();
  await reader.ended;
  await said(app, owner, id, 'Two');
  const second = await startBeside(app);
  try {
    const back = await look(ada, { url: second.url, after: last });
    await said(app, owner, id, 'Three');
    await hears(back, id).toEqual(['message.changed sent 2', 'message.changed sent 3']);
    back.leave();
  } finally {
    await second.stop();
  }
});

test('a page that breaks off again and again, at either process, hears every message once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ stay: fc.nat({ max: 30 }), elsewhere: fc.boolean() }), { minLength: 3, maxLength: 8 }),
      async (visits) => {
        const { id } = await team(app, owner, [ada, bob]);
        const heard: number[] = [];
        let after = (await look(ada)).said[0]?.id ?? 0;
        const writing = Promise.all(
          [owner, bob, ada].map(async (as) => {
            for (let n = 0; n < 12; n += 1) await said(app, as, id, `${as.id} ${n}`);
          }),
        );
        const visit = async (url: string, isLast: boolean, stay: number) => {
          const reader = await look(ada, { url, after });
          if (isLast) await expect.poll(() => about(reader, id).length + heard.length, { interval: 5 }).toBe(36);
          else await pause(stay);
          reader.leave();
          await reader.ended;
          for (const { id: place, type, data } of reader.said) {
            if (type === 'message.changed') heard.push(Number(data.position));
            after = place ?? after;
          }
        };
        for (const { stay, elsewhere } of visits) await visit(elsewhere ? other.url : app.url, false, stay);
        await writing;
        await visit(other.url, true, 0);
        expect(heard).toEqual(Array.from({ length: 36 }, (_, n) => n + 1));
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);

test('the end of a session is the end of what its pages hear', async () => {
  const [me, you] = [await app.member(), await app.member()];
  const { id } = await waiting(app, me, you);
  const reader = await look(you, { url: other.url });
  await app.request('POST /auth/logout-everywhere', { as: you });
  await reader.ended;
  await said(app, me, id, 'Still there?');
  expect(about(reader, id)).toEqual([]);
  expect((await readStream(other.url, { token: you.token })).status).toBe(401);
});
