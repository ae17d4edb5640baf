/** What a message says is asked for when it is told of, never kept here: once deleted it is gone. */
import type { Platform } from '../../platform/module.ts';
import type { NotificationRow } from './tables.ts';

export interface Unread {
  /** How the message begins; empty for what is no message. */
  text: string;
  readPosition: number;
}

const EXCERPT = 200;

/** Null for a message that was read or deleted, or whose conversation its recipient has left. */
export async function unreadMessage({ calls }: Platform, row: NotificationRow): Promise<Unread | null> {
  if (row.kind !== 'message_received') return { text: '', readPosition: 0 };
  const { conversation_id = 0, position = 0 } = row.params;
  const found = await calls('conversations.getMessage', { conversation_id, position, user_id: row.recipient_id });
  if (!found || found.read_position >= position) return null;
  return { text: [...found.text].slice(0, EXCERPT).join(''), readPosition: found.read_position };
}
