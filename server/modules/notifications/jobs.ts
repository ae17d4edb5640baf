/** What leaves the house after a notification was written. */
import type { JobHandlers } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { mailNotification } from './mail.ts';

export const notificationJobs = (platform: Platform): JobHandlers => ({
  'notifications.send_mail': ({ notification_id }) => mailNotification(platform, notification_id),
});
