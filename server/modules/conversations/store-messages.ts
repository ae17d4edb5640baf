/** Messages: each has the next position of its conversation, drawn while that is locked. */
import type { Message } from '@collabthon/contracts/conversations';
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import type { CardOf } from '../../platform/person-cards.ts';

export type MessageRow = Omit<Message, 'sender'> & { sender_id: number };
/** With what tells whether another text is the one that was sent. */
export type SentRow = MessageRow & { sent_hash: Buffer };

export interface NewMessage {
  conversation_id: number;
  sender_id: number;
  client_id: string;
  sent_hash: Buffer;
  text: string;
}

/** Of `conversations.messages x`. */
export const messageFields = sql`
  x.id, x.conversation_id, x.position, x.client_id, x.sender_id, x.text, x.sent_at, x.edited_at, x.deleted_at`;

/** The wire form of a row. */
export const presentMessage = ({ sender_id, ...row }: MessageRow, cardOf: CardOf): Message => ({
  id: row.id,
  conversation_id: row.conversation_id,
  position: row.position,
  client_id: row.client_id,
  sender: cardOf(sender_id),
  text: row.text,
  sent_at: isoTime(row.sent_at),
  edited_at: isoTime(row.edited_at),
  deleted_at: isoTime(row.deleted_at),
});

export function createMessageStore(db: Db) {
  const find = async (query: SQL): Promise<MessageRow[]> => {
    const { rows } = await db.execute(query);
    return rows as unknown as MessageRow[];
  };
  const of = (conversationId: number, rest: SQL) =>
    find(
      sql`SELECT ${messageFields} FROM conversations.messages x WHERE x.conversation_id = ${conversationId} ${rest}`,
    );

  return {
    /** Whatever this sender sent under this name, to anybody. */
    async findSent(senderId: number, clientId: string): Promise<SentRow | null> {
      const rows = await find(sql`
        SELECT ${messageFields}, x.sent_hash FROM conversations.messages x
        WHERE x.sender_id = ${senderId} AND x.client_id = ${clientId}`);
      return (rows as SentRow[])[0] ?? null;
    },

    /** The conversation is locked. Null when the sender uses the client's id in another one at this moment. */
    async insert({ conversation_id, sender_id, client_id, sent_hash, text }: NewMessage): Promise<MessageRow | null> {
      const [row] = await find(sql`
        INSERT INTO conversations.messages AS x (conversation_id, position, sender_id, client_id, sent_hash, text)
        SELECT c.id, c.last_position + 1, ${sender_id}::bigint, ${client_id}::uuid, ${sent_hash}::bytea, ${text}::text
        FROM conversations.conversations c WHERE c.id = ${conversation_id}
        ON CONFLICT (sender_id, client_id) DO NOTHING RETURNING ${messageFields}`);
      if (!row) return null;
      await db.execute(sql`
        UPDATE conversations.conversations SET last_position = ${row.position}, active_at = ${row.sent_at}
        WHERE id = ${conversation_id}`);
      // Who had read everything has read what they wrote themselves.
      await db.execute(sql`
        UPDATE conversations.members SET read_position = ${row.position}
        WHERE conversation_id = ${conversation_id} AND user_id = ${sender_id} AND read_position = ${row.position - 1}`);
      return row;
    },

    async get(conversationId: number, id: number): Promise<MessageRow | null> {
      return (await of(conversationId, sql`AND x.id = ${id}`))[0] ?? null;
    },

    async edit(id: number, text: string): Promise<MessageRow | null> {
      const [row] = await find(sql`
        UPDATE conversations.messages x SET text = ${text}, edited_at = now() WHERE id = ${id} RETURNING ${messageFields}`);
      return row ?? null;
    },

    async erase(id: number): Promise<MessageRow | null> {
      const [row] = await find(sql`
        UPDATE conversations.messages x SET text = NULL, deleted_at = now() WHERE id = ${id} RETURNING ${messageFields}`);
      return row ?? null;
    },

    /** The nearest ones before a position, in the order of their positions; the latest without one. */
    async before(conversationId: number, position: number | null, limit: number): Promise<MessageRow[]> {
      const rows = await of(
        conversationId,
        sql`${position === null ? sql`` : sql`AND x.position < ${position}`} ORDER BY x.position DESC LIMIT ${limit}`,
      );
      return rows.reverse();
    },

    /** The nearest ones after a position, in the order of their positions. */
    after: (conversationId: number, position: number, limit: number) =>
      of(conversationId, sql`AND x.position > ${position} ORDER BY x.position LIMIT ${limit}`),
  };
}
