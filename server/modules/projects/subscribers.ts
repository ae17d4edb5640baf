/** What others do that changes how a project looks. */
import type { Subscribers } from '../../platform/events/events.ts';
import { keepCard } from './people.ts';
import { createProjectStore } from './store.ts';

export const projectSubscribers: Subscribers = {
  'profile.changed': (tx, { card, version }) => keepCard(tx, card, version),
  'team.changed': (tx, team) => createProjectStore(tx).saveTeam(team),
};
