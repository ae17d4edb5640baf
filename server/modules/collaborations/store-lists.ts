/** Teams and requests by rising id, a page at a time, for those who build a read model of all of them. */
import { sql } from 'drizzle-orm';
import type { CallOutput } from '../../platform/calls/calls.ts';
import type { Db } from '../../platform/database/database.ts';

export function createCollaborationLists(db: Db) {
  return {
    /** Members and version are of one moment. */
    async teams(afterProjectId: number, limit: number): Promise<CallOutput<'collaborations.listTeams'>> {
      const { rows } = await db.execute<CallOutput<'collaborations.listTeams'>[number]>(sql`
        SELECT p.id AS project_id, p.team_version AS version, (
          SELECT json_agg(m.user_id ORDER BY m.user_id) FROM (
            SELECT p.owner_id AS user_id
            UNION ALL SELECT user_id FROM collaborations.members WHERE project_id = p.id) m) AS member_ids
        FROM collaborations.projects p
        WHERE p.id > ${afterProjectId} AND p.team_version > 0 AND NOT p.is_deleted
        ORDER BY p.id LIMIT ${limit}`);
      return rows;
    },

    async pending(afterId: number, limit: number): Promise<CallOutput<'collaborations.listPending'>> {
      const { rows } = await db.execute<CallOutput<'collaborations.listPending'>[number]>(sql`
        SELECT id AS collaboration_id, sender_id, receiver_id, project_id FROM collaborations.requests
        WHERE id > ${afterId} AND status = 'pending' ORDER BY id LIMIT ${limit}`);
      return rows;
    },
  };
}
