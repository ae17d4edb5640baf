/** Collaborations: requests in both directions, and the teams that come of them. */
import { defineModule } from '../../platform/module.ts';
import { eraseMember } from './erase.ts';
import { collaborationJobs } from './jobs.ts';
import { invite } from './request.ts';
import { collaborationRoutes } from './routes.ts';
import { createCollaborationLists } from './store-lists.ts';
import { createCollaborationReads } from './store-read.ts';
import { collaborationSubscribers } from './subscribers.ts';

export { type BulkCollaboration, insertCollaborationsInBulk } from './bulk.ts';

export const collaborations = defineModule({
  name: 'collaborations',
  migrations: new URL('./migrations/', import.meta.url),
  mount(platform) {
    const reads = createCollaborationReads(platform.db);
    const lists = createCollaborationLists(platform.db);
    return {
      routes: collaborationRoutes(platform),
      calls: {
        'collaborations.eraseMember': async ({ user_id }) => {
          await eraseMember(platform, user_id);
          return {};
        },
        'collaborations.invite': (invitation, { keep }) => invite(platform, invitation, keep),
        'collaborations.count': () => reads.count(),
        'collaborations.getTies': ({ user_id }) => reads.getTies(user_id),
        'collaborations.listTeams': ({ after_project_id, limit }) => lists.teams(after_project_id, limit),
        'collaborations.listPending': ({ after_id, limit }) => lists.pending(after_id, limit),
        'collaborations.getTeam': ({ project_id }) => reads.getTeam(project_id, 'anybody'),
      },
      subscribers: collaborationSubscribers(platform),
      jobs: collaborationJobs(platform),
      schedules: { 'collaborations.remind_and_expire': '*/10 * * * *' },
    };
  },
});
