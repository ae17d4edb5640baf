/** Analytics: what happens, counted by day, and reports that admins ask for. */
import { defineModule } from '../../platform/module.ts';
import { analyticsJobs, schedules } from './jobs.ts';
import { analyticsRoutes } from './routes.ts';
import { createReportStore } from './store.ts';
import { analyticsSubscribers } from './subscribers.ts';

export const analytics = defineModule({
  name: 'analytics',
  migrations: new URL('./migrations/', import.meta.url),
  mount: (platform) => ({
    calls: {
      'analytics.eraseMember': async ({ user_id }) => {
        await createReportStore(platform.db).forgetAsker(user_id);
        return {};
      },
    },
    routes: analyticsRoutes(platform),
    jobs: analyticsJobs(platform),
    schedules,
    subscribers: analyticsSubscribers,
  }),
});
