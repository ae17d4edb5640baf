/** SQL of notifications. Every statement about one names its recipient, so that a stranger's id finds nothing. */
import { inArray, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { COUNT_LIMIT, decodeCursor, type Paging } from '../../platform/database/paging.ts';
import { type NotificationRow, notifications } from './tables.ts';

const columns = sql`id, event_id, recipient_id, kind, topic, params, threads, is_listed, created_at, read_at,
  mailed_at, digested_at`;

const toRow = (row: Record<string, unknown>): NotificationRow => {
  const found = row as unknown as NotificationRow;
  return {
    ...found,
    created_at: isoTime(found.created_at),
    read_at: isoTime(found.read_at),
    mailed_at: isoTime(found.mailed_at),
    digested_at: isoTime(found.digested_at),
  };
};

export const latestKeys = (row: Pick<NotificationRow, 'created_at' | 'id'>) => [Date.parse(row.created_at), row.id];

export function createNotificationStore(db: Db) {
  const run = async (statement: ReturnType<typeof sql>) => (await db.execute(statement)).rows.map(toRow);

  return {
    /** @returns those that were not there already */
    async insert(rows: Omit<NotificationRow, 'id'>[]): Promise<NotificationRow[]> {
      return rows.length === 0 ? [] : db.insert(notifications).values(rows).onConflictDoNothing().returning();
    },

    /** The latest first, one more than a page if there is one, and how many there are up to 10,000. */
    async list(
      userId: number,
      isUnreadOnly: boolean,
      paging: Paging,
    ): Promise<{ rows: NotificationRow[]; total: number }> {
      const mine = sql`recipient_id = ${userId} AND is_listed ${isUnreadOnly ? sql`AND read_at IS NULL` : sql``}`;
      const [time, id] = decodeCursor(paging.cursor, ['integer', 'integer']) ?? [];
      const after =
        time === undefined || id === undefined
          ? sql``
          : sql`AND (created_at, id) < (${asTime(time)}::timestamptz, ${id}::bigint)`;
      const [rows, counted] = await Promise.all([
        run(sql`
          SELECT ${columns} FROM notifications.notifications WHERE ${mine} ${after}
          ORDER BY created_at DESC, id DESC LIMIT ${paging.size + 1} OFFSET ${paging.offset}`),
        this.count(mine),
      ]);
      return { rows, total: counted };
    },

    countUnread(userId: number): Promise<number> {
      return this.count(sql`recipient_id = ${userId} AND is_listed AND read_at IS NULL`);
    },

    async count(condition: ReturnType<typeof sql>): Promise<number> {
      const { rows } = await db.execute<{ total: number }>(sql`
        SELECT count(*) AS total FROM (
          SELECT FROM notifications.notifications WHERE ${condition} LIMIT ${COUNT_LIMIT}) counted`);
      return rows[0]?.total ?? 0;
    },

    /** The first reading counts. */
    async markRead(userId: number, id: number): Promise<NotificationRow | null> {
      const [row] = await run(sql`
        UPDATE notifications.notifications SET read_at = coalesce(read_at, now())
        WHERE id = ${id} AND recipient_id = ${userId} AND is_listed RETURNING ${columns}`);
      return row ?? null;
    },

    /** @returns how many of at most `limit` there were */
    async markSomeRead(userId: number, limit: number): Promise<number> {
      const { rowCount } = await db.execute(sql`
        UPDATE notifications.notifications SET read_at = now()
        WHERE id IN (
          SELECT id FROM notifications.notifications WHERE recipient_id = ${userId} AND is_listed AND read_at IS NULL
          ORDER BY created_at DESC, id DESC LIMIT ${limit} FOR UPDATE)`);
      return rowCount ?? 0;
    },

    /** What this member received of a thread needs nobody's eye any more. @returns the member, if it did until now */
    async settle(userId: number, thread: string): Promise<number[]> {
      const { rowCount } = await db.execute(sql`
        UPDATE notifications.notifications SET read_at = now()
        WHERE recipient_id = ${userId} AND read_at IS NULL AND is_listed AND threads[1] = ${thread}
          AND (kind LIKE '%\\_received' OR kind = 'request_waiting')`);
      return rowCount ? [userId] : [];
    },

    async remove(userId: number, id: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        DELETE FROM notifications.notifications WHERE id = ${id} AND recipient_id = ${userId} AND is_listed`);
      return rowCount === 1;
    },

    async find(id: number): Promise<NotificationRow | null> {
      const [row] = await run(sql`SELECT ${columns} FROM notifications.notifications WHERE id = ${id}`);
      return row ?? null;
    },

    async findMany(ids: readonly number[]): Promise<NotificationRow[]> {
      return db
        .select()
        .from(notifications)
        .where(inArray(notifications.id, [...ids]));
    },

    /** @returns false when it went into a mail or a digest already */
    async claimMail(id: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        UPDATE notifications.notifications SET mailed_at = now()
        WHERE id = ${id} AND mailed_at IS NULL AND digested_at IS NULL`);
      return rowCount === 1;
    },

    /** Whether a message of this conversation that lies behind the reader's mark was in a mail already. */
    async wasMailed(userId: number, thread: string, readPosition: number): Promise<boolean> {
      const { rows } = await db.execute(sql`
        SELECT FROM notifications.notifications
        WHERE recipient_id = ${userId} AND kind = 'message_received' AND threads[1] = ${thread}
          AND mailed_at IS NOT NULL AND (params->>'position')::bigint > ${readPosition} LIMIT 1`);
      return rows.length > 0;
    },

    /** A welcome that was not mailed yet, since its address was not confirmed. */
    async findUnmailedWelcome(userId: number): Promise<number | null> {
      const { rows } = await db.execute<{ id: number }>(sql`
        SELECT id FROM notifications.notifications
        WHERE recipient_id = ${userId} AND is_listed AND kind = 'welcome' AND mailed_at IS NULL AND digested_at IS NULL
        LIMIT 1`);
      return rows[0]?.id ?? null;
    },

    /** There will be a digest for this member at `at`, unless one is due earlier. */
    async awaitDigest(userId: number, at: Date): Promise<void> {
      await db.execute(sql`
        INSERT INTO notifications.members AS m (user_id, digest_due_at) VALUES (${userId}, ${at.toISOString()})
        ON CONFLICT (user_id) DO UPDATE SET digest_due_at = excluded.digest_due_at WHERE m.digest_due_at IS NULL`);
    },

    /** Deletes up to `limit` read notifications that are older than so many days. @returns how many */
    async deleteOutlived(days: number, limit: number): Promise<number> {
      const { rowCount } = await db.execute(sql`
        DELETE FROM notifications.notifications WHERE id IN (
          SELECT id FROM notifications.notifications
          WHERE (read_at IS NOT NULL OR NOT is_listed) AND created_at < now() - make_interval(days => ${days})
          ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`);
      return rowCount ?? 0;
    },
  };
}

/** A cursor may be made up; what PostgreSQL takes as a time may not. */
const asTime = (milliseconds: number) =>
  new Date(Math.min(Math.max(milliseconds, 0), Date.UTC(9999, 11, 31))).toISOString();
