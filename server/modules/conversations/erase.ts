/** What is left of somebody whose account is closed: that they wrote, not what. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { forgetCard } from './people.ts';

/** Rows of one transaction. */
const BATCH = 1000;

/** Deletes their messages, as they could have themselves, and takes them out of every conversation. */
export async function eraseMember(db: Db, userId: number): Promise<void> {
  await forgetCard(db, userId);
  await db.execute(sql`DELETE FROM conversations.writers WHERE user_id = ${userId}`);
  await db.execute(sql`
    UPDATE conversations.members SET left_at = now() WHERE user_id = ${userId} AND left_at IS NULL`);
  for (let erased = BATCH; erased === BATCH; ) {
    const { rowCount } = await db.execute(sql`
      UPDATE conversations.messages
      SET text = NULL, deleted_at = coalesce(deleted_at, clock_timestamp()), sent_hash = ''
      WHERE id IN (
        SELECT id FROM conversations.messages WHERE sender_id = ${userId} AND sent_hash <> '' LIMIT ${BATCH})`);
    erased = rowCount ?? 0;
  }
}
