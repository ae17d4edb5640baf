import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Crew, crew, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { list, outcome, read, said, send, team, texts, waiting } from './test-conversations.ts';

let app: TestApp;
let owner: Crew['owner'];
let ada: Crew['ada'];
let eve: Crew['eve'];

beforeAll(async () => {
  app = await startTestApp();
  ({ owner, ada, eve } = await crew(app));
});
afterAll(() => app.close());

const edit = (as: Crew['ada'], id: number, message_id: number, text: string) =>
  app.request('PUT /conversations/{id}/messages/{message_id}', { as, params: { id, message_id }, body: { text } });
const erase = (as: Crew['ada'], id: number, message_id: number) =>
  app.request('DELETE /conversations/{id}/messages/{message_id}', { as, params: { id, message_id } });
const unread = async (as: Crew['ada']) => (await app.request('GET /conversations/unread', { as })).body;
const mark = (as: Crew['ada'], id: number, position: number) =>
  app.request('PUT /conversations/{id}/read', { as, params: { id }, body: { position } });

describe('sending', () => {
  test('everybody in it reads what was written, with who wrote it', async () => {
    const { id } = await team(app, owner, [ada]);
    const client_id = randomUUID();
    const { status, body } = await send(app, ada, id, 'Hello <b>\n😀', client_id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      conversation_id: id,
      position: 1,
      client_id,
      sender: { user_id: ada.id },
      text: 'Hello <b>\n😀',
      edited_at: null,
      deleted_at: null,
    });
    expect((await read(app, owner, id)).body).toEqual({ items: [body], older: null, newer: null });
  });

  test('the same again is harmless, and answers the same', async () => {
    const { id } = await team(app, owner, [ada]);
    const client_id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(app, ada, id, 'Once', client_id)));
    answers.push(await send(app, ada, id, 'Once', client_id.toUpperCase()));
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([201, answers[0]?.body]);
    expect(await texts(app, owner, id)).toEqual(['Once']);
  });

  test('another text under the same name is refused, and so is another conversation', async () => {
    const [here, there] = [await team(app, owner, [ada]), await team(app, owner, [ada])];
    const client_id = randomUUID();
    await send(app, ada, here.id, 'One', client_id);
    expect(outcome(await send(app, ada, here.id, 'Other', client_id))).toBe('422 message_id_reused');
    expect(outcome(await send(app, ada, there.id, 'One', client_id))).toBe('422 message_id_reused');
    // A name is its sender's own.
    expect(outcome(await send(app, owner, here.id, 'Other', client_id))).toBe('201');
  });

  test('in two conversations at once under one name, it is in one', async () => {
    const both = [await team(app, owner, [ada]), await team(app, owner, [ada])];
    for (let time = 0; time < 5; time += 1) {
      const client_id = randomUUID();
      const answers = await Promise.all(both.map(({ id }) => send(app, ada, id, 'Where?', client_id)));
      expect(answers.map(outcome).sort()).toEqual(['201', '422 message_id_reused']);
    }
  });

  test('after it was edited or deleted, sending it again changes nothing', async () => {
    const { id } = await team(app, owner, [ada]);
    const client_id = randomUUID();
    const first = await send(app, ada, id, 'Frist', client_id);
    await edit(ada, id, first.body.id, 'First');
    expect((await send(app, ada, id, 'Frist', client_id)).body.text).toBe('First');
    expect(outcome(await send(app, ada, id, 'First', client_id))).toBe('422 message_id_reused');
    await erase(ada, id, first.body.id);
    expect((await send(app, ada, id, 'Frist', client_id)).body.text).toBeNull();
    expect(await texts(app, owner, id)).toEqual([null]);
  });

  test('many at once have positions without gaps or repetition', async () => {
    const { id } = await team(app, owner, [ada]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => said(app, n % 2 ? ada : owner, id, `${n}`)));
    const { items } = (await read(app, ada, id)).body;
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });
});

describe('bad input', () => {
  test.each([
    ['no text', { client_id: randomUUID() }, '422 /text'],
    ['an empty text', { client_id: randomUUID(), text: '' }, '422 /text'],
    ['only spaces', { client_id: randomUUID(), text: ' \n\t ' }, '422 /text'],
    ['4,001 characters', { client_id: randomUUID(), text: 'x'.repeat(4001) }, '422 /text'],
    ['a NUL', { client_id: randomUUID(), text: 'a\0b' }, '422 /text'],
    ['half a character', { client_id: randomUUID(), text: 'a\ud800' }, '422 /text'],
    ['no name', { text: 'Hi' }, '422 /client_id'],
    ['a name that is no UUID', { client_id: '1', text: 'Hi' }, '422 /client_id'],
    ['a sender', { client_id: randomUUID(), text: 'Hi', sender_id: 1 }, '422 /sender_id'],
    ['1 MB', { client_id: randomUUID(), text: 'x'.repeat(1_000_000) }, '413 body_too_large'],
  ])('%s', async (_name, body, expected) => {
    const { id } = await waiting(app, owner, ada);
    const answer = await app.request('POST /conversations/{id}/messages', {
      as: ada,
      params: { id },
      body: body as { client_id: string; text: string },
    });
    expect(outcome(answer)).toBe(expected);
    expect(await texts(app, ada, id)).toEqual([]);
  });

  test('4,000 characters of any kind fit', async () => {
    const { id } = await waiting(app, owner, ada);
    const text = '\u0001'.repeat(2000) + 'ख'.repeat(2000);
    expect((await said(app, ada, id, text)).text).toBe(text);
  });

  test('a page of both directions, of none, or of nothing', async () => {
    const { id } = await waiting(app, owner, ada);
    expect(outcome(await read(app, ada, id, { before: 1, after: 1 }))).toBe('422 /query/after');
    expect(outcome(await read(app, ada, id, { limit: 0 }))).toBe('422 /query/limit');
    expect(outcome(await read(app, ada, id, { before: -1 }))).toBe('422 /query/before');
    expect((await read(app, ada, id, { before: 0 })).body).toEqual({ items: [], older: null, newer: null });
    expect((await read(app, ada, id, { after: 2 ** 50 })).body).toEqual({ items: [], older: null, newer: null });
  });

  test.each(['x', 'W10', Buffer.from('[1e400,1]').toString('base64url'), 'WzFd'])('the cursor %j', async (cursor) => {
    expect(outcome(await app.request('GET /conversations', { as: ada, query: { cursor } }))).toBe('422 /query/cursor');
  });

  test('a cursor far outside of all time', async () => {
    for (const at of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const cursor = Buffer.from(JSON.stringify([at, 1])).toString('base64url');
      expect(outcome(await app.request('GET /conversations', { as: ada, query: { cursor } }))).toBe('200');
    }
  });
});

describe('a message of one’s own', () => {
  test('is edited by who wrote it, and by nobody else', async () => {
    const { id } = await team(app, owner, [ada]);
    const message = await said(app, ada, id, 'Tuseday');
    expect(outcome(await edit(owner, id, message.id, 'Mine'))).toBe('403 not_author');
    expect(outcome(await edit(eve, id, message.id, 'Mine'))).toBe('404 not_found');
    const { body } = await edit(ada, id, message.id, 'Tuesday');
    expect(body).toMatchObject({ id: message.id, position: 1, text: 'Tuesday', edited_at: expect.any(String) });
    // Nothing was changed, so nothing was edited.
    expect((await edit(ada, id, message.id, 'Tuesday')).body).toEqual(body);
    expect(await texts(app, owner, id)).toEqual(['Tuesday']);
  });

  test('is deleted: the place stays, the text is gone', async () => {
    const { id } = await team(app, owner, [ada]);
    const message = await said(app, ada, id, 'My password is …');
    await said(app, ada, id, 'Oh no');
    expect(outcome(await erase(owner, id, message.id))).toBe('403 not_author');
    expect([await erase(ada, id, message.id), await erase(ada, id, message.id)].map(outcome)).toEqual(['204', '204']);
    expect(await texts(app, owner, id)).toEqual([null, 'Oh no']);
    expect(outcome(await edit(ada, id, message.id, 'Back'))).toBe('409 message_deleted');
    const { rows } = await app.db.execute(sql`SELECT 1 FROM conversations.messages WHERE text LIKE 'My pass%'`);
    expect(rows).toEqual([]);
  });

  test('is looked for in its own conversation only', async () => {
    const [here, there] = [await team(app, owner, [ada]), await team(app, owner, [ada])];
    const message = await said(app, ada, here.id, 'Here');
    expect(outcome(await edit(ada, there.id, message.id, 'There'))).toBe('404 not_found');
    expect(outcome(await erase(ada, there.id, message.id))).toBe('404 not_found');
  });
});

describe('pages', () => {
  test('lead through all of it in both directions, whatever their sizes', async () => {
    const { id } = await team(app, owner, [ada]);
    const total = 23;
    for (let n = 1; n <= total; n += 1) await said(app, n % 3 ? ada : owner, id, `${n}`);
    const all = Array.from({ length: total }, (_, n) => n + 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const back: number[] = [];
        for (let before: number | null | undefined; before !== null; ) {
          const { body } = await read(app, owner, id, { limit, ...(before !== undefined && { before }) });
          back.unshift(...body.items.map(({ position }) => position));
          before = body.older;
        }
        expect(back).toEqual(all);
        const forth: number[] = [];
        for (let after: number | null = 0; after !== null; ) {
          const { body } = await read(app, owner, id, { limit, after });
          forth.push(...body.items.map(({ position }) => position));
          after = body.newer;
        }
        expect(forth).toEqual(all);
      }),
      { numRuns: 10 },
    );
  });
});

describe('what is unread', () => {
  test('is what others wrote behind one’s mark, and was not deleted', async () => {
    const [me, you] = (await people(app, 2)) as [Crew['ada'], Crew['ada']];
    const [here, there] = [await team(app, me, [you]), await waiting(app, me, you)];
    const first = await said(app, you, here.id, 'One');
    await said(app, you, here.id, 'Two');
    await said(app, me, here.id, 'Three');
    await said(app, you, there.id, 'Four');
    expect(await unread(me)).toEqual({ conversations: 2, messages: 3 });
    expect(await unread(you)).toEqual({ conversations: 1, messages: 1 });
    await erase(you, here.id, first.id);
    expect(await unread(me)).toEqual({ conversations: 2, messages: 2 });

    expect((await mark(me, here.id, 2)).status).toBe(204);
    expect(await unread(me)).toEqual({ conversations: 1, messages: 1 });
    const [newest] = await list(app, me);
    expect(newest).toMatchObject({ id: there.id, unread_count: 1, last_message: { text: 'Four' } });
  });

  test('a mark moves forward only, and not beyond the end', async () => {
    const { id } = await team(app, owner, [ada]);
    for (const text of ['One', 'Two', 'Three']) await said(app, owner, id, text);
    const where = async () =>
      (await app.request('GET /conversations/{id}', { as: ada, params: { id } })).body.read_position;
    for (const [position, becomes] of [
      [2, 2],
      [1, 2],
      [2 ** 50, 3],
      [0, 3],
    ] as const) {
      await mark(ada, id, position);
      expect(await where()).toBe(becomes);
    }
    expect(outcome(await mark(ada, id, -1))).toBe('422 /position');
    const { members } = (await app.request('GET /conversations/{id}', { as: owner, params: { id } })).body;
    expect(members.find(({ person }) => person.user_id === ada.id)?.read_position).toBe(3);
  });

  test('who wrote last has read it, if they had read all before', async () => {
    const { id } = await team(app, owner, [ada]);
    await said(app, owner, id, 'One');
    await said(app, owner, id, 'Two');
    await said(app, ada, id, 'Three');
    const marks = async (as: Crew['ada']) =>
      (await app.request('GET /conversations/{id}', { as, params: { id } })).body.read_position;
    expect([await marks(owner), await marks(ada)]).toEqual([2, 0]);
  });

  test('is counted up to 100', async () => {
    const { id } = await team(app, owner, [ada]);
    for (let n = 0; n < 103; n += 1) await said(app, owner, id, `${n}`);
    const { unread_count } = (await app.request('GET /conversations/{id}', { as: ada, params: { id } })).body;
    expect(unread_count).toBe(100);
  });
});

test('the list goes from the liveliest on, in pages that neither repeat nor skip', async () => {
  const [me, ...others] = await people(app, 6);
  if (!me) throw new Error('Nobody came.');
  const ids: number[] = [];
  for (const other of others) ids.push((await waiting(app, me, other)).id);
  for (const [at, other] of others.entries()) await said(app, other, ids[at] ?? 0, 'Hi');
  await said(app, me, ids[0] ?? 0, 'Hi');
  const seen: number[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const { body } = await app.request('GET /conversations', {
      as: me,
      query: { limit: 2, ...(cursor && { cursor }) },
    });
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  expect(seen).toEqual([ids[0], ids[4], ids[3], ids[2], ids[1]]);
});
