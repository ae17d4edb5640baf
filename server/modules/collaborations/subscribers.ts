/** What others do that changes a mirror or ends requests. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { EventPayload, Subscribers } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { keepCard } from './people.ts';
import { createTeamStore } from './store-team.ts';
import { closePending, syncProject } from './team.ts';

export const collaborationSubscribers = (platform: Platform): Subscribers => ({
  ...openPages(platform),
  'profile.changed': (tx, { card, version }) => keepCard(tx, card, version),
  'project.created': (tx, { project }) => syncProject(platform, tx, project),
  'project.changed': (tx, { project }) => syncProject(platform, tx, project),
  'project.deleted': async (tx, { project_id, owner_id }) => {
    await createTeamStore(tx).deleteProject(project_id, owner_id);
    await closePending(platform, tx, sql`c.project_id = ${project_id}`, 'cancelled', 'project_closed');
  },
});

/** What happened here is told to the open pages of those whom it concerns, each event in a transaction of its own. */
function openPages({ realtime }: Platform): Subscribers {
  const tell = (tx: Db, { sender_id, receiver_id, collaboration_id, project_id }: Party) =>
    realtime.send(tx, [sender_id, receiver_id], 'collaboration.changed', { collaboration_id, project_id });
  return {
    'collaboration.requested': tell,
    'collaboration.accepted': tell,
    'collaboration.reminder_due': tell,
    'collaboration.closed': tell,
    'team.changed': (tx, { project_id, member_ids }) => realtime.send(tx, member_ids, 'team.changed', { project_id }),
  };
}

type Party = EventPayload<'collaboration.accepted'>;
