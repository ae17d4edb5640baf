/** What others do that changes how a project looks. */
import type { Subscribers } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { keepCard } from './people.ts';
import { createProjectStore } from './store.ts';

const AGAIN_AFTER = 2 * 60_000;

export const projectSubscribers = ({ jobs, realtime }: Pick<Platform, 'jobs' | 'realtime'>): Subscribers => ({
  'profile.changed': (tx, { card, version }) => keepCard(tx, card, version),
  async 'team.changed'(tx, team) {
    await createProjectStore(tx).saveTeam(team);
    await realtime.send(tx, team.member_ids, 'project.seats_changed', { project_id: team.project_id });
  },
  async 'skill.changed'(tx, { skill_id }) {
    await jobs.send(tx, 'projects.follow_skill', { skill_id, after_id: 0 });
    // Again when every request that was told the former name has ended.
    const startAfter = new Date(Date.now() + AGAIN_AFTER);
    await jobs.send(tx, 'projects.follow_skill', { skill_id, after_id: 0 }, { startAfter });
  },
});
