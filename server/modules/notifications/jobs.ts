/** What leaves the house after a notification was written, and what is let go of in the end. */
import type { JobHandlers, Schedules } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { mailDigest, makeDigests } from './digest.ts';
import { mailNotification } from './mail.ts';
import type { Push } from './push.ts';
import { createNotificationStore } from './store.ts';
import { createDigestStore } from './store-digests.ts';

/** Read notifications, and digests, are kept for so long. */
const KEPT_DAYS = 180;
/** Rows of one transaction, so that none holds its locks for long. */
const BATCH = 1000;

export const schedules: Schedules = {
  // Zones differ from each other by whole quarters of an hour.
  'notifications.make_digests': '*/15 * * * *',
  'notifications.clean_up': '41 * * * *',
};

export const notificationJobs = (platform: Platform, push: Push): JobHandlers => ({
  'notifications.send_mail': ({ notification_id }) => mailNotification(platform, notification_id),
  'notifications.send_push': ({ notification_id }) => push.send(notification_id),
  'notifications.make_digests': (_input, { signal }) => makeDigests(platform, signal),
  'notifications.send_digest': ({ digest_id }) => mailDigest(platform, digest_id),
  'notifications.clean_up': async (_input, { signal }) => {
    const store = createNotificationStore(platform.db);
    while (!signal.aborted && (await store.deleteOutlived(KEPT_DAYS, BATCH)) === BATCH);
    await createDigestStore(platform.db).deleteOld(KEPT_DAYS);
  },
});
