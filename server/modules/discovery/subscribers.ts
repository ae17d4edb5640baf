/** What others change that search shows. Documents are written by a job, which asks for the state of its own moment. */
import type { Cache } from '../../platform/cache/cache.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Subscribers } from '../../platform/events/events.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';
import { createIndexStore } from './store-index.ts';

export function subscribersOf(jobs: Jobs, cache: Cache): Subscribers {
  const indexProject = (tx: Db, project_id: number) => jobs.send(tx, 'discovery.index_project', { project_id });
  const indexProfile = (tx: Db, user_id: number) => jobs.send(tx, 'discovery.index_profile', { user_id });

  return {
    'project.created': (tx, { project }) => indexProject(tx, project.id),
    'project.changed': (tx, { project }) => indexProject(tx, project.id),
    'project.deleted': (tx, { project_id }) => indexProject(tx, project_id),
    'team.changed': (tx, { project_id }) => indexProject(tx, project_id),
    'profile.changed': (tx, { user_id }) => indexProfile(tx, user_id),
    'member.changed': (tx, { user_id }) => indexProfile(tx, user_id),
    async 'collaboration.requested'(tx, { project_id }) {
      if (project_id !== null) await createIndexStore(tx, cache).countRequest(project_id);
    },
  };
}
