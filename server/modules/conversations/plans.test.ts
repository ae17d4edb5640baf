/** Among many conversations one's own are read through indices; a plan that reads a table whole fails here. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../platform/database/database.ts';
import { explaining } from '../../platform/testing/explaining.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { createConversationStore } from './store.ts';
import { createMessageStore } from './store-messages.ts';
import { createConversationReads } from './store-read.ts';

const CONVERSATIONS = 20_000;
/** In each. */
const MESSAGES = 5;
/** Is in conversation n, with member n + 1. */
const MEMBER = 777;

let app: TestApp;
let plans: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await app.db.execute(sql`
    INSERT INTO conversations.conversations (id, kind, request_id, last_position)
    SELECT n, 'request', n, ${MESSAGES} FROM generate_series(1, ${CONVERSATIONS}) AS n`);
  await app.db.execute(sql`
    INSERT INTO conversations.members (conversation_id, user_id)
    SELECT n, n + side FROM generate_series(1, ${CONVERSATIONS}) AS n, generate_series(0, 1) AS side`);
  await app.db.execute(sql`
    INSERT INTO conversations.messages (conversation_id, position, sender_id, client_id, sent_hash, text)
    SELECT n, p, n + p % 2, gen_random_uuid(), '', 'Hello' FROM generate_series(1, ${CONVERSATIONS}) AS n, generate_series(1, ${MESSAGES}) AS p`);
  await app.db.execute(sql`ANALYZE conversations.conversations, conversations.members, conversations.messages`);
}, 120_000);
afterAll(() => app.close());

test.each<[string, (db: Db) => Promise<unknown>]>([
  ['the list', (db) => createConversationReads(db).listFor(MEMBER, { cursor: null, size: 20, offset: 0 })],
  ['one of them', (db) => createConversationReads(db).getFor(MEMBER, MEMBER)],
  ['what is unread', (db) => createConversationReads(db).unreadOf(MEMBER)],
  ['whether somebody is in', (db) => createConversationStore(db).getFor(MEMBER, MEMBER)],
  ['who is in', (db) => createConversationStore(db).memberIds(MEMBER)],
  ['the latest messages', (db) => createMessageStore(db).before(MEMBER, null, 50)],
  ['older messages', (db) => createMessageStore(db).before(MEMBER, 4, 50)],
  ['newer messages', (db) => createMessageStore(db).after(MEMBER, 2, 50)],
  ['a message that is sent again', (db) => createMessageStore(db).findSent(MEMBER, crypto.randomUUID())],
])('%s', async (_name, ask) => {
  plans = [];
  await ask(explaining(app.db, (plan) => plans.push(plan)));
  expect(plans.length).toBeGreaterThan(0);
  const scanned = plans.flatMap((plan) =>
    [...plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map((match) => match[1]),
  );
  expect(scanned.filter((table) => ['conversations', 'members', 'messages'].includes(table ?? ''))).toEqual([]);
});
