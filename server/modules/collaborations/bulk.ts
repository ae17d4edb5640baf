/** Many requests at once, in any state, for the demo campus. */
import type { Platform } from '../../platform/module.ts';
import { ensurePeople } from './people.ts';
import { createRequestStore } from './store.ts';
import { createTeamStore } from './store-team.ts';
import { type RequestRow, requests } from './tables.ts';
import { publishTeam, syncProject, toParty } from './team.ts';

/** As sent at `created_at` and answered at `updated_at`, RFC 3339. An accepted one about a project makes a member. */
export type BulkCollaboration = Pick<RequestRow, 'kind' | 'sender_id' | 'receiver_id'> &
  Partial<Pick<RequestRow, 'project_id' | 'role_id' | 'message' | 'status' | 'reason' | 'created_at' | 'updated_at'>>;

const LIFE = 14 * 86_400_000;

/**
 * Inserts requests, a transaction for each project, tells of each as it was sent and ended and of every team as it is then.
 * @throws Error when a role is overfilled or the project does not exist; requests about other projects stay.
 */
export async function insertCollaborationsInBulk(
  platform: Platform,
  rows: readonly BulkCollaboration[],
): Promise<void> {
  await ensurePeople(
    platform,
    rows.flatMap((row) => [row.sender_id, row.receiver_id]),
  );
  for (const [projectId, group] of Map.groupBy(rows, (row) => row.project_id ?? null)) {
    const project = projectId === null ? null : await platform.calls('projects.getProject', { project_id: projectId });
    if (projectId !== null && !project) throw new Error(`There is no project ${projectId}.`);
    await platform.db.transaction(async (tx) => {
      if (project) await syncProject(platform, tx, project);
      const team = createTeamStore(tx);
      for (const row of group) {
        const { id, person_id, created_at, ...written } = await insert(row);
        const party = toParty(await createRequestStore(tx).getParty(id));
        await platform.events.publish(tx, 'collaboration.requested', { ...party, requested_at: created_at });
        await tellOfEnd(party, written);
        if (written.status !== 'accepted' || written.project_id === null) continue;
        const { project_id, role_id, updated_at: joined_at } = written;
        if (role_id !== null && !(await team.takeSeat(role_id))) throw new Error(`Role ${role_id} has no free seat.`);
        await team.addMember({ project_id, user_id: person_id, role_id, request_id: id, joined_at });
      }
      if (project) await publishTeam(platform, tx, project.id);

      async function tellOfEnd(party: ReturnType<typeof toParty>, { status, reason, updated_at }: Partial<RequestRow>) {
        const at = updated_at ?? new Date().toISOString();
        if (status === 'accepted')
          await platform.events.publish(tx, 'collaboration.accepted', { ...party, answered_at: at });
        if (!reason) return;
        const actor = { declined: party.receiver_id, withdrawn: party.sender_id }[reason as string] ?? null;
        await platform.events.publish(tx, 'collaboration.closed', { ...party, reason, closed_at: at, actor_id: actor });
      }

      async function insert(row: BulkCollaboration): Promise<RequestRow> {
        const created_at = row.created_at ?? new Date().toISOString();
        const [written] = await tx
          .insert(requests)
          .values({
            ...row,
            person_id: row.kind === 'invitation' ? row.receiver_id : row.sender_id,
            status: row.status ?? 'pending',
            created_at,
            updated_at: row.updated_at ?? created_at,
            expires_at: new Date(Date.parse(created_at) + LIFE).toISOString(),
          })
          .returning();
        if (!written) throw new Error('An insert returned no row.');
        return written;
      }
    });
  }
}
