/** SQL of digests. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

/** What is older is no news, whenever somebody begins to get digests. */
const NEWS_DAYS = 7;
/** Items of one digest; the rest is in the app. */
const MOST_ITEMS = 500;

export interface DueMember {
  user_id: number;
  zone: string | null;
  digest_hour: number;
}

export interface Digest {
  id: number;
  user_id: number;
  notification_ids: number[];
  is_mailed: boolean;
}

export function createDigestStore(db: Db) {
  return {
    /** Members whose hour has come, locked until the transaction ends; those in use wait for the next run. */
    async lockDue(limit: number): Promise<DueMember[]> {
      const { rows } = await db.execute(sql`
        SELECT user_id, zone, digest_hour FROM notifications.members WHERE digest_due_at <= now()
        ORDER BY digest_due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
      return rows as unknown as DueMember[];
    },

    /** When this member's next one is due; null for when there is something to say again. */
    async setDue(userId: number, at: Date | null): Promise<void> {
      await db.execute(sql`
        UPDATE notifications.members SET digest_due_at = ${at?.toISOString() ?? null}::timestamptz
        WHERE user_id = ${userId}`);
    },

    /** What this member has not read and was told of in no mail, the latest first; locked. */
    async lockItems(userId: number): Promise<number[]> {
      const { rows } = await db.execute<{ id: number }>(sql`
        SELECT id FROM notifications.notifications n
        WHERE recipient_id = ${userId} AND is_listed AND read_at IS NULL AND mailed_at IS NULL AND digested_at IS NULL
          AND created_at > now() - make_interval(days => ${NEWS_DAYS}) AND kind <> 'welcome'
          AND NOT EXISTS (
            SELECT FROM notifications.mutes m WHERE m.user_id = n.recipient_id AND m.thread = ANY (n.threads))
        ORDER BY created_at DESC, id DESC LIMIT ${MOST_ITEMS} FOR UPDATE`);
      return rows.map(({ id }) => id);
    },

    /** @returns its id; null when this day has had one */
    async insert(userId: number, day: string, items: readonly number[]): Promise<number | null> {
      const ids = sql`${sql.param([...items])}::bigint[]`;
      const { rows } = await db.execute<{ id: number }>(sql`
        WITH made AS (
          INSERT INTO notifications.digests (user_id, local_day, notification_ids) VALUES (${userId}, ${day}, ${ids})
          ON CONFLICT DO NOTHING RETURNING id
        ), marked AS (
          UPDATE notifications.notifications SET digested_at = now() WHERE id = ANY (${ids}) AND EXISTS (SELECT FROM made)
        )
        SELECT id FROM made`);
      return rows[0]?.id ?? null;
    },

    async find(id: number): Promise<Digest | null> {
      const { rows } = await db.execute(sql`
        SELECT id, user_id, to_json(notification_ids) AS notification_ids, mailed_at IS NOT NULL AS is_mailed
        FROM notifications.digests WHERE id = ${id}`);
      return (rows as unknown as Digest[])[0] ?? null;
    },

    /** @returns false when it was handed over already */
    async claim(id: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        UPDATE notifications.digests SET mailed_at = now() WHERE id = ${id} AND mailed_at IS NULL`);
      return rowCount === 1;
    },

    async deleteOld(days: number): Promise<void> {
      await db.execute(sql`
        DELETE FROM notifications.digests WHERE created_at < now() - make_interval(days => ${days})`);
    },
  };
}
