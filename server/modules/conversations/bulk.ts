/** Many teams that have talked already, for the demo campus. */
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Platform } from '../../platform/module.ts';

interface BulkConversation {
  project_id: number;
  member_ids: number[];
  /** In their order; `sent_at` is RFC 3339. */
  messages: { sender_id: number; text: string; sent_at: string }[];
}

/** Everybody has read everything. What is told of the team later than this is newer. */
export async function insertTeamConversationsInBulk(
  { db }: Platform,
  teams: readonly BulkConversation[],
): Promise<void> {
  for (const { project_id, member_ids, messages } of teams) {
    const written = messages.map(({ text, ...message }, at) => ({
      ...message,
      text,
      position: at + 1,
      client_id: randomUUID(),
      sent_hash: createHash('sha256').update(text).digest('hex'),
    }));
    await db.execute(sql`
      WITH begun AS (
        INSERT INTO conversations.conversations (kind, project_id, last_position, active_at)
        VALUES ('team', ${project_id}, ${messages.length}, coalesce(${messages.at(-1)?.sent_at ?? null}::timestamptz, now()))
        ON CONFLICT DO NOTHING RETURNING id
      ), entered AS (
        INSERT INTO conversations.members (conversation_id, user_id, read_position)
        SELECT id, unnest(${sql.param(member_ids)}::bigint[]), ${messages.length} FROM begun
      )
      INSERT INTO conversations.messages (conversation_id, position, sender_id, client_id, sent_hash, text, sent_at)
      SELECT id, w.position, w.sender_id, w.client_id, decode(w.sent_hash, 'hex'), w.text, w.sent_at
      FROM begun, jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
        AS w (position bigint, sender_id bigint, client_id uuid, sent_hash text, text text, sent_at timestamptz)`);
  }
}
