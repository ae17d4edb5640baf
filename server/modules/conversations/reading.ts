/** Reading: lists, pages of messages, and marks of how far somebody has read. */
import type { Conversation, Message } from '@collabthon/contracts/conversations';
import type { Principal } from '../../platform/auth/auth.ts';
import { type PagingQuery, readPaging } from '../../platform/database/paging.ts';
import { notFound, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { findCards } from './people.ts';
import { createConversationStore } from './store.ts';
import { createMessageStore, presentMessage } from './store-messages.ts';
import { createConversationReads, cursorAfter, peopleOf, presentConversation, type Whose } from './store-read.ts';

/** Messages of a page unless said. */
const PAGE = 50;

export async function listConversations(platform: Platform, member: Principal, query: PagingQuery & Whose) {
  const paging = readPaging(query);
  const rows = await createConversationReads(platform.db).listFor(member.user_id, paging, query);
  const shown = rows.slice(0, paging.size);
  const last = shown.at(-1);
  const cardOf = await findCards(platform, shown.flatMap(peopleOf));
  return {
    items: shown.map((row) => presentConversation(row, cardOf)),
    next_cursor: last && rows.length > paging.size ? cursorAfter(last) : null,
  };
}

/** @throws 404 for who is not in it */
export async function getConversation(platform: Platform, member: Principal, id: number): Promise<Conversation> {
  const row = await createConversationReads(platform.db).getFor(member.user_id, id);
  if (!row) throw notFound('conversation');
  return presentConversation(row, await findCards(platform, peopleOf(row)));
}

export interface PageOfMessages {
  before?: number;
  after?: number;
  limit?: number;
}

/** @throws 404 for who is not in it; 422 for both directions at once */
export async function listMessages(platform: Platform, member: Principal, id: number, query: PageOfMessages) {
  const { before, after, limit = PAGE } = query;
  if (before !== undefined && after !== undefined) {
    throw unprocessable([
      {
        path: '/query/after',
        code: 'does_not_fit',
        message: 'Ask for those before or those after a position, not both.',
      },
    ]);
  }
  const conversation = await createConversationStore(platform.db).getFor(member.user_id, id);
  if (!conversation) throw notFound('conversation');
  const messages = createMessageStore(platform.db);
  const rows =
    after === undefined ? await messages.before(id, before ?? null, limit) : await messages.after(id, after, limit);
  const cardOf = await findCards(
    platform,
    rows.map(({ sender_id }) => sender_id),
  );
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    items: rows.map((row): Message => presentMessage(row, cardOf)),
    // Positions have no gaps, so that one knows without looking whether there is more.
    older: first && first.position > 1 ? first.position : null,
    newer: last && last.position < conversation.last_position ? last.position : null,
  };
}

/** Tells everybody in it, the reader's other pages too. @throws 404 for who is not in it */
export async function markRead(platform: Platform, reader: Principal, id: number, position: number): Promise<void> {
  await platform.db.transaction(async (tx) => {
    const store = createConversationStore(tx);
    if (!(await store.getFor(reader.user_id, id))) throw notFound('conversation');
    const marked = await store.markRead(reader.user_id, id, position);
    if (marked === null) return;
    await platform.realtime.send(tx, await store.memberIds(id), 'conversation.read', {
      conversation_id: id,
      user_id: reader.user_id,
      position: marked,
    });
  });
}
