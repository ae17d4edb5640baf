/** Leaving a team, and removing somebody from it. */
import type { Principal } from '../../platform/auth/auth.ts';
import { conflict, forbidden, notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { createRequestStore } from './store.ts';
import { createCollaborationReads } from './store-read.ts';
import { createTeamStore } from './store-team.ts';
import { publishClosed, publishTeam } from './team.ts';

/**
 * Ends a membership and frees its seat. A member may leave; the owner may remove a member, and cannot leave.
 * @throws 404; 403 for anybody else; 409 `owner_cannot_leave`, `project_completed`.
 */
export async function endMembership(platform: Platform, actor: Principal, projectId: number, userId: number) {
  const visible = await createCollaborationReads(platform.db).getTeam(projectId, actor);
  if (!visible) throw notFound('project');
  await platform.db.transaction(async (tx) => {
    const team = createTeamStore(tx);
    const project = await team.lockProject(projectId);
    if (!project) throw notFound('project');
    if (![project.owner_id, userId].includes(actor.user_id)) {
      throw forbidden('not_owner', 'Only the owner of a project can remove somebody from its team.');
    }
    if (userId === project.owner_id) {
      throw conflict('owner_cannot_leave', 'The owner stays with the project. Cancel or delete it instead.');
    }
    const member = await team.removeMember(projectId, userId);
    if (!member) throw notFound('member');
    // Who finished a project together stays on record.
    if (project.status === 'completed') {
      throw conflict('project_completed', 'The project is completed; its team stays as it is.');
    }
    if (member.role_id !== null) await team.freeSeat(member.role_id);
    await endRequest(member.request_id);
    await publishTeam(platform, tx, projectId, {
      what: actor.user_id === userId ? 'left' : 'removed',
      user_id: userId,
      role_id: member.role_id,
      actor_id: actor.user_id,
    });

    async function endRequest(id: number | null): Promise<void> {
      const store = createRequestStore(tx);
      if (id === null || !(await store.end(id, 'accepted', 'cancelled', 'member_left'))) return;
      await publishClosed(platform, tx, await store.getParty(id), 'member_left', actor.user_id);
    }
  });
}
