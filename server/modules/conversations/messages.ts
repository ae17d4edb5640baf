/** Writing, changing and deleting messages. Each is one transaction with what open pages and other modules hear of it. */
import { createHash } from 'node:crypto';
import type { Message } from '@collabthon/contracts/conversations';
import type { Principal } from '../../platform/auth/auth.ts';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, forbidden, notFound, problem, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { findCards } from './people.ts';
import { type ConversationRow, createConversationStore } from './store.ts';
import { createMessageStore, type MessageRow, presentMessage, type SentRow } from './store-messages.ts';

export interface Draft {
  conversation_id: number;
  client_id: string;
  text: string;
}

/**
 * Writes a message, once for each client id: sent again it answers with the message as it is now, also when the
 * conversation has been closed since.
 * @throws 404 for who is not in it; 422 `message_id_reused`, or for a blank text; 409 `conversation_closed`
 */
export async function sendMessage(platform: Platform, sender: Principal, draft: Draft, keep: Keep): Promise<Message> {
  const text = requireText(draft.text);
  const sent_hash = createHash('sha256').update(text).digest();
  const cardOf = await findCards(platform, [sender.user_id]);
  return platform.db.transaction(async (tx) => {
    const conversation = await lock(tx, sender, draft.conversation_id);
    const messages = createMessageStore(tx);
    const assertSame = (sent: SentRow) => {
      const isSame = sent.conversation_id === conversation.id && sent.sent_hash.equals(sent_hash);
      if (!isSame) throw reused();
      return keep(tx, presentMessage(sent, cardOf));
    };
    const before = await messages.findSent(sender.user_id, draft.client_id);
    if (before) return assertSame(before);
    assertOpen(conversation);
    const written = await messages.insert({ ...draft, text, sender_id: sender.user_id, sent_hash });
    if (!written) throw reused();

    const conversations = createConversationStore(tx);
    const memberIds = await conversations.memberIds(conversation.id);
    await platform.events.publish(tx, 'message.sent', {
      message_id: written.id,
      conversation_id: conversation.id,
      conversation_kind: conversation.kind,
      project_id: conversation.project_id,
      request_id: conversation.request_id,
      position: written.position,
      sender_id: sender.user_id,
      sender_name: cardOf(sender.user_id).name,
      project_title: conversation.project_id === null ? null : await conversations.findTitle(conversation.project_id),
      recipient_ids: memberIds.filter((id) => id !== sender.user_id),
      sent_at: isoTime(written.sent_at),
    });
    const message = await keep(tx, presentMessage(written, cardOf));
    await tell(platform, tx, memberIds, written, 'sent');
    return message;
  });
}

/** @throws 404; 403 `not_author`; 409 `conversation_closed`, `message_deleted`; 422 for a blank text */
export function editMessage(platform: Platform, author: Principal, at: MessageAt, given: string): Promise<Message> {
  const text = requireText(given);
  return change(platform, author, at, async (messages, message) => {
    if (message.deleted_at !== null) throw conflict('message_deleted', 'This message has been deleted.');
    return message.text === text ? null : messages.edit(message.id, text);
  });
}

/** The place of the message stays; its text is gone for good. @throws 404; 403 `not_author`; 409 `conversation_closed` */
export async function deleteMessage(platform: Platform, author: Principal, at: MessageAt): Promise<void> {
  await change(platform, author, at, async (messages, message) =>
    message.deleted_at === null ? messages.erase(message.id) : null,
  );
}

export interface MessageAt {
  conversation_id: number;
  message_id: number;
}
type Change = (messages: ReturnType<typeof createMessageStore>, message: MessageRow) => Promise<MessageRow | null>;

/** @param apply returns the message as it has become, or null when there was nothing to do */
async function change(platform: Platform, author: Principal, at: MessageAt, apply: Change): Promise<Message> {
  const cardOf = await findCards(platform, [author.user_id]);
  return platform.db.transaction(async (tx) => {
    const conversation = await lock(tx, author, at.conversation_id);
    const messages = createMessageStore(tx);
    const current = await messages.get(conversation.id, at.message_id);
    if (!current) throw notFound('message');
    if (current.sender_id !== author.user_id) {
      throw forbidden('not_author', 'Only the person who wrote a message can change it.');
    }
    assertOpen(conversation);
    const changed = await apply(messages, current);
    if (!changed) return presentMessage(current, cardOf);
    const memberIds = await createConversationStore(tx).memberIds(conversation.id);
    await tell(platform, tx, memberIds, changed, changed.deleted_at === null ? 'edited' : 'deleted');
    return presentMessage(changed, cardOf);
  });
}

const tell = (
  { realtime }: Platform,
  tx: Db,
  memberIds: number[],
  { id: message_id, conversation_id, position, client_id, sender_id }: MessageRow,
  change: 'sent' | 'edited' | 'deleted',
) =>
  realtime.send(tx, memberIds, 'message.changed', {
    conversation_id,
    message_id,
    position,
    client_id,
    sender_id,
    change,
  });

async function lock(tx: Db, member: Principal, id: number): Promise<ConversationRow> {
  const conversation = await createConversationStore(tx).lockFor(member.user_id, id);
  if (!conversation) throw notFound('conversation');
  return conversation;
}

export function assertOpen({ is_open }: ConversationRow): void {
  if (!is_open) throw conflict('conversation_closed', 'This conversation has ended. You can still read it.');
}

function requireText(text: string): string {
  if (text.trim().length > 0) return text;
  throw unprocessable([{ path: '/text', code: 'blank', message: 'Write something.' }]);
}

const reused = () =>
  problem(422, 'message_id_reused', 'This client_id names another message of yours. Make a new one.');
