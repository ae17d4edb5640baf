/** Making reports, and letting go of old ones. */
import type { JobHandlers, Schedules } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { generateReport } from './generate.ts';
import { createReportStore } from './store.ts';

const KEPT_DAYS = 30;
/** Reports that one transaction deletes, with all their days. */
const BATCH = 20;

export const schedules: Schedules = { 'analytics.clean_up': '23 * * * *' };

export const analyticsJobs = (platform: Platform): JobHandlers => ({
  'analytics.generate_report': ({ report_id }, { signal }) => generateReport(platform, report_id, signal),
  'analytics.clean_up': async (_input, { signal }) => {
    const store = createReportStore(platform.db);
    while (!signal.aborted && (await store.deleteOutlived(KEPT_DAYS, BATCH)) === BATCH);
  },
});
