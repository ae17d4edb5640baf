/** SQL of what members want: preferences and mutes. */
import type { NotificationChannel, NotificationChannels, NotificationTopic } from '@collabthon/contracts/notifications';
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { decodeCursor, type Paging } from '../../platform/database/paging.ts';
import { defaultChannels } from './kinds.ts';

export type ChosenChannels = Partial<Record<NotificationTopic, Partial<Record<NotificationChannel, boolean>>>>;

export interface Wishes {
  channels: ChosenChannels;
  quiet_from: string | null;
  quiet_to: string | null;
  zone: string | null;
  digest_is_on: boolean;
  digest_hour: number;
}

export interface MemberRow extends Wishes {
  user_id: number;
  /** Whether they ever chose for themselves. */
  is_saved: boolean;
}

export interface Recipient extends MemberRow {
  /** Those of the threads that were asked about. */
  muted: string[];
  has_push: boolean;
}

export const defaultWishes: Wishes = {
  channels: {},
  quiet_from: null,
  quiet_to: null,
  zone: null,
  digest_is_on: true,
  digest_hour: 8,
};

export const channelsOf = (
  member: Pick<Wishes, 'channels'> | null | undefined,
  topic: NotificationTopic,
): NotificationChannels => ({ ...defaultChannels[topic], ...member?.channels[topic] });

const wishes = (from: SQL) => sql`
  coalesce(${from}.channels, '{}') AS channels, ${from}.quiet_from, ${from}.quiet_to, ${from}.zone,
  coalesce(${from}.digest_is_on, true) AS digest_is_on, coalesce(${from}.digest_hour, 8) AS digest_hour,
  ${from}.saved_at IS NOT NULL AS is_saved`;

/** How each of these people wants to be told of what is about these threads. */
export async function recipientsOf(
  db: Db,
  ids: readonly number[],
  threads: readonly string[],
): Promise<Map<number, Recipient>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute(sql`
    SELECT w.user_id, ${wishes(sql`m`)},
      (SELECT coalesce(json_agg(thread), '[]') FROM notifications.mutes t
       WHERE t.user_id = w.user_id AND t.thread = ANY (${sql.param([...threads])}::text[])) AS muted,
      EXISTS (SELECT FROM notifications.push_subscriptions p WHERE p.user_id = w.user_id) AS has_push
    FROM unnest(${sql.param([...ids])}::bigint[]) AS w (user_id)
    LEFT JOIN notifications.members m ON m.user_id = w.user_id`);
  return new Map((rows as unknown as Recipient[]).map((row) => [row.user_id, row]));
}

export function createMemberStore(db: Db) {
  return {
    async find(userId: number): Promise<MemberRow> {
      const { rows } = await db.execute(sql`
        SELECT user_id, ${wishes(sql`m`)} FROM notifications.members m WHERE user_id = ${userId}`);
      const [row] = rows as unknown as MemberRow[];
      return row ?? { ...defaultWishes, user_id: userId, is_saved: false };
    },

    /** The row, made if there is none, locked until the transaction ends. */
    async lock(userId: number): Promise<MemberRow> {
      await db.execute(sql`
        INSERT INTO notifications.members (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`);
      await db.execute(sql`SELECT FROM notifications.members WHERE user_id = ${userId} FOR UPDATE`);
      return this.find(userId);
    },

    /** @param digestDueAt moves a digest that is waited for; null when none is wanted */
    async save(userId: number, wish: Wishes, digestDueAt: Date | null): Promise<void> {
      await db.execute(sql`
        UPDATE notifications.members
        SET channels = ${JSON.stringify(wish.channels)}::jsonb, quiet_from = ${wish.quiet_from},
          quiet_to = ${wish.quiet_to}, zone = ${wish.zone}, digest_is_on = ${wish.digest_is_on},
          digest_hour = ${wish.digest_hour}, saved_at = now(),
          digest_due_at = CASE WHEN digest_due_at IS NOT NULL THEN ${digestDueAt?.toISOString() ?? null}::timestamptz END
        WHERE user_id = ${userId}`);
    },

    async mute(userId: number, thread: string): Promise<void> {
      await db.execute(sql`
        INSERT INTO notifications.mutes (user_id, thread) VALUES (${userId}, ${thread}) ON CONFLICT DO NOTHING`);
    },

    async unmute(userId: number, thread: string): Promise<void> {
      await db.execute(sql`DELETE FROM notifications.mutes WHERE user_id = ${userId} AND thread = ${thread}`);
    },

    /** How many threads this member mutes, not counting `but`. */
    async countMutes(userId: number, but: string): Promise<number> {
      const { rows } = await db.execute<{ count: number }>(sql`
        SELECT count(*) AS count FROM notifications.mutes WHERE user_id = ${userId} AND thread <> ${but}`);
      return rows[0]?.count ?? 0;
    },

    /** The latest first; one more than asked for if there is one. */
    async listMutes(userId: number, { cursor, size }: Paging): Promise<{ thread: string; muted_at: string }[]> {
      const [time, thread] = decodeCursor(cursor, ['integer', 'text']) ?? [];
      const at = time === undefined ? null : new Date(Math.min(Math.max(time, 0), Date.UTC(9999, 11, 31)));
      const after =
        at === null
          ? sql``
          : sql`AND (muted_at < ${at.toISOString()}::timestamptz
              OR muted_at = ${at.toISOString()}::timestamptz AND thread > ${thread})`;
      const { rows } = await db.execute<{ thread: string; muted_at: string }>(sql`
        SELECT thread, muted_at FROM notifications.mutes WHERE user_id = ${userId} ${after}
        ORDER BY muted_at DESC, thread LIMIT ${size + 1}`);
      return rows.map((row) => ({ thread: row.thread, muted_at: isoTime(row.muted_at) }));
    },
  };
}
