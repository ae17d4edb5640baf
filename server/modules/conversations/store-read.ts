/** Reading conversations: a list is one statement, and one more for everybody's cards. */
import { type Conversation, UNREAD_LIMIT } from '@collabthon/contracts/conversations';
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { decodeCursor, encodeCursor, type Paging } from '../../platform/database/paging.ts';
import type { CardOf } from '../../platform/person-cards.ts';
import { type MessageRow, messageFields, presentMessage } from './store-messages.ts';

interface MemberRow {
  user_id: number;
  joined_at: string;
  read_position: number;
}

export type ReadRow = Omit<Conversation, 'members' | 'last_message'> & {
  members: MemberRow[];
  last_message: MessageRow | null;
};

export interface Whose {
  request_id?: number;
  /** A project. */
  team_of?: number;
}

/** Members that a list shows of each conversation. */
const MOST_LISTED = 5;

/** Messages of others behind a mark, counted so far only; of `conversations.members m` and `conversations.conversations c`. */
const unread = sql`(
  SELECT count(*) FROM (
    SELECT FROM conversations.messages x
    WHERE x.conversation_id = c.id AND x.position > m.read_position AND x.sender_id <> m.user_id AND x.deleted_at IS NULL
    LIMIT ${sql.raw(String(UNREAD_LIMIT))}) counted)`;

const select = (userId: number, rest: SQL, mostMembers: number | null) => sql`
  SELECT c.id, c.kind, c.request_id, c.closed_at IS NULL AS is_open, c.last_position, m.read_position, c.active_at,
    CASE WHEN p.title IS NOT NULL THEN json_build_object('id', p.id, 'title', p.title) END AS project,
    (SELECT count(*) FROM conversations.members o WHERE o.conversation_id = c.id AND o.left_at IS NULL) AS member_count,
    (SELECT json_agg(o ORDER BY o.joined_at, o.user_id) FROM (
      SELECT o.user_id, o.joined_at, o.read_position FROM conversations.members o
      WHERE o.conversation_id = c.id AND o.left_at IS NULL
      ORDER BY o.joined_at, o.user_id LIMIT ${mostMembers}::integer) o) AS members,
    (SELECT row_to_json(x) FROM (
      SELECT ${messageFields} FROM conversations.messages x
      WHERE x.conversation_id = c.id AND x.position = c.last_position) x) AS last_message,
    ${unread} AS unread_count
  FROM conversations.members m
  JOIN conversations.conversations c ON c.id = m.conversation_id
  LEFT JOIN conversations.projects p ON p.id = c.project_id
  WHERE m.user_id = ${userId} AND m.left_at IS NULL ${rest}`;

/** Everybody whose card a row needs. */
export const peopleOf = ({ members, last_message }: ReadRow): number[] => [
  ...members.map(({ user_id }) => user_id),
  ...(last_message ? [last_message.sender_id] : []),
];

/** The wire form of a row. */
export const presentConversation = (row: ReadRow, cardOf: CardOf): Conversation => ({
  ...row,
  active_at: isoTime(row.active_at),
  members: row.members.map(({ user_id, joined_at, read_position }) => ({
    person: cardOf(user_id),
    joined_at: isoTime(joined_at),
    read_position,
  })),
  last_message: row.last_message && presentMessage(row.last_message, cardOf),
});

/** The cursor after a row. `active_at` is kept in milliseconds. */
export const cursorAfter = ({ active_at, id }: ReadRow) => encodeCursor([Date.parse(active_at), id]);

export function createConversationReads(db: Db) {
  const find = async (query: SQL): Promise<ReadRow[]> => {
    const { rows } = await db.execute(query);
    return rows as unknown as ReadRow[];
  };

  return {
    /** Null for who is not in it. */
    async getFor(userId: number, id: number): Promise<ReadRow | null> {
      return (await find(select(userId, sql`AND c.id = ${id}`, null)))[0] ?? null;
    },

    /** The liveliest first, one more than asked for. */
    listFor(userId: number, { cursor, size }: Paging, { request_id, team_of }: Whose = {}): Promise<ReadRow[]> {
      const after = decodeCursor(cursor, ['integer', 'integer']);
      const older = after
        ? sql`AND ((extract(epoch FROM c.active_at) * 1000)::bigint, c.id) < (${after[0]}::bigint, ${after[1]}::bigint)`
        : sql``;
      return find(
        select(
          userId,
          sql`AND (c.closed_at IS NULL OR c.last_position > 0) ${older}
            ${request_id === undefined ? sql`` : sql`AND c.request_id = ${request_id}`}
            ${team_of === undefined ? sql`` : sql`AND c.kind = 'team' AND c.project_id = ${team_of}`}
            ORDER BY c.active_at DESC, c.id DESC LIMIT ${size + 1}`,
          MOST_LISTED,
        ),
      );
    },

    /** Conversations with something unread, and how much in all of them. */
    async unreadOf(userId: number): Promise<{ conversations: number; messages: number }> {
      const { rows } = await db.execute<{ conversations: number; messages: number }>(sql`
        SELECT count(*) AS conversations, coalesce(sum(u.unread), 0)::integer AS messages
        FROM conversations.members m
        JOIN conversations.conversations c ON c.id = m.conversation_id
        CROSS JOIN LATERAL ${unread} u (unread)
        WHERE m.user_id = ${userId} AND m.left_at IS NULL AND m.read_position < c.last_position AND u.unread > 0`);
      return rows[0] ?? { conversations: 0, messages: 0 };
    },
  };
}
