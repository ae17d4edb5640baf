/** Forgets what somebody whose account is closed was told and chose, and their name in what others were told. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

export async function eraseMember(db: Db, userId: number): Promise<void> {
  await db.transaction(async (tx) => {
    for (const table of ['push_subscriptions', 'digests', 'mutes', 'members']) {
      await tx.execute(sql`DELETE FROM notifications.${sql.identifier(table)} WHERE user_id = ${userId}`);
    }
    await tx.execute(sql`DELETE FROM notifications.notifications WHERE recipient_id = ${userId}`);
    for (const who of ['actor', 'member']) {
      const [id, name] = [sql.raw(`'${who}_id'`), `{${who}_name}`];
      await tx.execute(sql`
        UPDATE notifications.notifications SET params = jsonb_set(params, ${name}::text[], 'null', false)
        WHERE params ->> ${id} = ${String(userId)}`);
    }
  });
}
