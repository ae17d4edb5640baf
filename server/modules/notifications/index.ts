/** Notifications: what concerns a person, told once, where and when they want to hear of it. */
import { defineModule } from '../../platform/module.ts';
import { eraseMember } from './erase.ts';
import { notificationJobs, schedules } from './jobs.ts';
import { createPush } from './push.ts';
import { notificationRoutes } from './routes.ts';
import { notificationSubscribers } from './subscribers.ts';

export const notifications = defineModule({
  name: 'notifications',
  migrations: new URL('./migrations/', import.meta.url),
  mount(platform) {
    const push = createPush(platform);
    return {
      calls: {
        'notifications.eraseMember': async ({ user_id }) => {
          await eraseMember(platform.db, user_id);
          return {};
        },
      },
      routes: notificationRoutes(platform, push),
      jobs: notificationJobs(platform, push),
      schedules,
      subscribers: notificationSubscribers(platform),
    };
  },
});
