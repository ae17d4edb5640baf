/** SQL of web push. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

export interface Subscription {
  id: number;
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** Who uses a browser, and the session in which they do. */
export interface Subscriber {
  userId: number;
  sessionId: number;
}

export interface VapidKey {
  publicKey: string;
  privateKey: string;
}

export function createPushStore(db: Db) {
  return {
    /** A browser is subscribed once, by whoever uses it last; of one member, the latest `most` stay. Said again, nothing is written. */
    async save({ userId, sessionId }: Subscriber, { endpoint, p256dh, auth }: Omit<Subscription, 'id'>, most: number) {
      await db.execute(sql`
        INSERT INTO notifications.push_subscriptions AS s (user_id, session_id, endpoint, p256dh, auth)
        VALUES (${userId}, ${sessionId}, ${endpoint}, ${p256dh}, ${auth})
        ON CONFLICT (endpoint) DO UPDATE
        SET user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth
        WHERE (s.user_id, s.session_id, s.p256dh, s.auth)
          IS DISTINCT FROM (excluded.user_id, excluded.session_id, excluded.p256dh, excluded.auth)`);
      await db.execute(sql`
        DELETE FROM notifications.push_subscriptions WHERE id IN (
          SELECT id FROM notifications.push_subscriptions WHERE user_id = ${userId} ORDER BY id DESC OFFSET ${most})`);
    },

    async removeOfSessions(userId: number, sessionIds: number[]): Promise<void> {
      await db.execute(sql`
        DELETE FROM notifications.push_subscriptions
        WHERE user_id = ${userId} AND session_id = ANY(${sql.param(sessionIds)}::bigint[])`);
    },

    /** @param keptId the session whose browser stays, if any does */
    async removeOthers(userId: number, keptId: number | null): Promise<void> {
      await db.execute(sql`
        DELETE FROM notifications.push_subscriptions
        WHERE user_id = ${userId} AND session_id IS DISTINCT FROM ${keptId}::bigint`);
    },

    async remove(userId: number, endpoint: string): Promise<void> {
      await db.execute(sql`
        DELETE FROM notifications.push_subscriptions WHERE endpoint = ${endpoint} AND user_id = ${userId}`);
    },

    /** The browser is gone for good. */
    async prune(id: number): Promise<void> {
      await db.execute(sql`DELETE FROM notifications.push_subscriptions WHERE id = ${id}`);
    },

    /** Browsers of its recipient that have not taken a notification yet. */
    async listOpen(userId: number, notificationId: number): Promise<Subscription[]> {
      const { rows } = await db.execute(sql`
        SELECT id, endpoint, p256dh, auth FROM notifications.push_subscriptions s
        WHERE user_id = ${userId} AND NOT EXISTS (
          SELECT FROM notifications.pushes p WHERE p.notification_id = ${notificationId} AND p.subscription_id = s.id)
        ORDER BY id`);
      return rows as unknown as Subscription[];
    },

    async record(notificationId: number, subscriptionId: number): Promise<void> {
      await db.execute(sql`
        INSERT INTO notifications.pushes (notification_id, subscription_id)
        SELECT n.id, s.id FROM notifications.notifications n, notifications.push_subscriptions s
        WHERE n.id = ${notificationId} AND s.id = ${subscriptionId}
        ON CONFLICT DO NOTHING`);
    },

    /** The key that is kept; `make` makes it when there is none, and of two that are made at once one stays. */
    async vapidKey(make: () => VapidKey): Promise<VapidKey> {
      const find = async () => {
        const { rows } = await db.execute(sql`
          SELECT public_key AS "publicKey", private_key AS "privateKey" FROM notifications.vapid_key`);
        return (rows as unknown as VapidKey[])[0];
      };
      const kept = await find();
      if (kept) return kept;
      const made = make();
      await db.execute(sql`
        INSERT INTO notifications.vapid_key (public_key, private_key) VALUES (${made.publicKey}, ${made.privateKey})
        ON CONFLICT DO NOTHING`);
      return (await find()) ?? made;
    },
  };
}
