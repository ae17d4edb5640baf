/** What is counted: each event once, on the day on which it happened. */
import type { Subscribers } from '../../platform/events/events.ts';
import { countOne } from './store-daily.ts';

export const analyticsSubscribers: Subscribers = {
  // The people of the demo are invented; they never registered.
  'member.registered': async (tx, { is_demo }, { published_at }) => {
    if (!is_demo) await countOne(tx, 'members_registered', published_at);
  },
  'project.created': async (tx, { project }) => {
    if (project.status !== 'draft') await countOne(tx, 'projects_posted', project.created_at);
  },
  'project.changed': async (tx, { project: { status }, previous_status }, { published_at }) => {
    if (status === previous_status) return;
    if (previous_status === 'draft' && status === 'open') await countOne(tx, 'projects_posted', published_at);
    if (status === 'completed') await countOne(tx, 'projects_finished', published_at);
  },
  'collaboration.requested': (tx, { requested_at }) => countOne(tx, 'requests_made', requested_at),
  'collaboration.accepted': (tx, { answered_at }, { published_at }) =>
    countOne(tx, 'requests_accepted', answered_at ?? published_at),
  'team.changed': async (tx, { change }, { published_at }) => {
    if (change?.what === 'joined') await countOne(tx, 'teams_joined', published_at);
  },
  'message.sent': (tx, { sent_at }) => countOne(tx, 'messages_sent', sent_at),
};
