/** What others do that changes a mirror or ends requests. */
import { sql } from 'drizzle-orm';
import type { Subscribers } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { keepCard } from './people.ts';
import { createTeamStore } from './store-team.ts';
import { closePending, syncProject } from './team.ts';

export const collaborationSubscribers = (platform: Platform): Subscribers => ({
  'profile.changed': (tx, { card, version }) => keepCard(tx, card, version),
  'project.created': (tx, { project }) => syncProject(platform, tx, project),
  'project.changed': (tx, { project }) => syncProject(platform, tx, project),
  'project.deleted': async (tx, { project_id, owner_id }) => {
    await createTeamStore(tx).deleteProject(project_id, owner_id);
    await closePending(platform, tx, sql`c.project_id = ${project_id}`, 'cancelled', 'project_closed');
  },
});
