/** Reading and deleting notifications. */
import { notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { createNotificationStore } from './store.ts';
import type { NotificationRow } from './tables.ts';

/** Rows of one transaction. */
const BATCH = 1000;

/** Reading it again changes nothing. @throws 404 for somebody else's */
export function markRead({ db, realtime }: Platform, userId: number, id: number): Promise<NotificationRow> {
  return db.transaction(async (tx) => {
    const row = await createNotificationStore(tx).markRead(userId, id);
    if (!row) throw notFound('notification');
    await realtime.send(tx, [userId], 'notifications.changed', {});
    return row;
  });
}

/** @returns how many were unread */
export async function markAllRead({ db, realtime }: Platform, userId: number): Promise<number> {
  let marked = 0;
  for (;;) {
    const some = await db.transaction(async (tx) => {
      const count = await createNotificationStore(tx).markSomeRead(userId, BATCH);
      if (count > 0) await realtime.send(tx, [userId], 'notifications.changed', {});
      return count;
    });
    marked += some;
    if (some < BATCH) return marked;
  }
}

/** @throws 404 for somebody else's */
export async function deleteOne({ db, realtime }: Platform, userId: number, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await createNotificationStore(tx).remove(userId, id))) throw notFound('notification');
    await realtime.send(tx, [userId], 'notifications.changed', {});
  });
}
