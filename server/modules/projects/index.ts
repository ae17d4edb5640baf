/** Projects: posts, their roles and their life from draft to done. */
import { defineModule } from '../../platform/module.ts';
import { beginProject } from './begin.ts';
import { eraseMember } from './erase.ts';
import { projectJobs } from './jobs.ts';
import { projectOutdates } from './outdates.ts';
import { projectRoutes } from './routes.ts';
import { createProjectReads, toProject } from './store-read.ts';
import { createProjectSearch } from './store-search.ts';
import { projectSubscribers } from './subscribers.ts';

export { type BulkProject, insertProjectsInBulk } from './bulk.ts';

export const projects = defineModule({
  name: 'projects',
  migrations: new URL('./migrations/', import.meta.url),
  mount(platform) {
    const reads = createProjectReads(platform.db);
    const created = platform.metrics.counter('projects_created_total', 'Total projects created');
    return {
      routes: projectRoutes(platform, created),
      calls: {
        'projects.eraseMember': async ({ user_id }) => {
          await eraseMember(platform, user_id);
          return {};
        },
        'projects.getProject': async ({ project_id }) => {
          const row = await reads.get(project_id);
          return row && toProject(row);
        },
        'projects.listProjects': async ({ after_id, limit }) => (await reads.listAfter(after_id, limit)).map(toProject),
        'projects.count': async () => {
          const counts = await createProjectSearch(platform.db).countByStatus('all');
          return { total: Object.values(counts).reduce((sum, count) => sum + count, 0), open: counts.open ?? 0 };
        },
      },
      subscribers: projectSubscribers(platform),
      outdates: projectOutdates,
      jobs: projectJobs(platform),
      sagas: [beginProject],
      schedules: { 'projects.expire': '*/5 * * * *' },
    };
  },
});
