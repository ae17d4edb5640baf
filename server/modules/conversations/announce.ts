/** The one way by which open pages learn of something. */
import type { Message } from '@collabthon/contracts/conversations';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';

export interface Entries {
  message: { message: Message };
  message_read: { conversation_id: number; user_id: number; position: number };
  conversation:
    | { conversation_id: number; change: 'opened' | 'closed' }
    | { conversation_id: number; change: 'members'; added: number[]; removed: number[] };
}

/** To be called last in a transaction: it locks what every other announcement to these people waits for. */
export async function announce<T extends keyof Entries>(
  _platform: Platform,
  _tx: Db,
  _userIds: readonly number[],
  _type: T,
  _data: Entries[T],
): Promise<void> {}

/** For who is looking at this moment; never kept. */
export async function announceTyping(
  _platform: Platform,
  _userIds: readonly number[],
  _data: { conversation_id: number; user_id: number },
): Promise<void> {}
