/** The mirror of projects, the seat ledger and the members. Whoever changes them holds the project's row. */
import type { Project } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

export interface MirroredProject {
  id: number;
  owner_id: number;
  title: string;
  status: Project['status'];
}

export interface TeamState {
  version: number;
  member_count: number;
  member_ids: number[];
  roles: { role_id: number; taken: number }[];
  project_title: string;
}

export interface Member {
  project_id: number;
  user_id: number;
  role_id: number | null;
  request_id: number | null;
  /** RFC 3339; now unless said. */
  joined_at?: string;
}

/** Above every version that a project can have. */
const DELETED = 2_147_483_647;

export function createTeamStore(db: Db) {
  return {
    /**
     * Takes over a project unless a newer one is here. Locks its row either way, until the transaction ends.
     * @returns whether anything was taken over
     */
    async saveProject(project: Project): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        INSERT INTO collaborations.projects AS p (id, owner_id, title, status, visibility, version, created_at)
        VALUES (${project.id}, ${project.owner_id}, ${project.title}, ${project.status}, ${project.visibility},
          ${project.version}, ${project.created_at}::timestamptz)
        ON CONFLICT (id) DO UPDATE
        SET title = excluded.title, status = excluded.status, visibility = excluded.visibility, version = excluded.version
        WHERE p.version < excluded.version`);
      if (rowCount === 0) return false;
      const list = JSON.stringify(
        project.roles.map(({ id, name, seats }, position) => ({ id, name, seats, position })),
      );
      const given = sql`jsonb_to_recordset(${list}::jsonb) AS w (id bigint, name text, seats integer, position integer)`;
      await db.execute(sql`
        UPDATE collaborations.roles SET is_removed = true
        WHERE project_id = ${project.id} AND NOT is_removed AND id NOT IN (SELECT w.id FROM ${given})`);
      await db.execute(sql`
        INSERT INTO collaborations.roles (id, project_id, position, name, seats)
        SELECT w.id, ${project.id}::bigint, w.position, w.name, w.seats FROM ${given}
        ON CONFLICT (id) DO UPDATE
        SET position = excluded.position, name = excluded.name, seats = excluded.seats, is_removed = false`);
      return true;
    },

    /** Forgets the team of a project that is gone, and refuses every later word of it. */
    async deleteProject(id: number, ownerId: number): Promise<void> {
      await db.execute(sql`
        INSERT INTO collaborations.projects (id, owner_id, title, status, visibility, version, is_deleted, created_at)
        VALUES (${id}, ${ownerId}, '', 'cancelled', 'members', ${DELETED}, true, now())
        ON CONFLICT (id) DO UPDATE SET is_deleted = true, status = 'cancelled', version = excluded.version`);
      await db.execute(sql`DELETE FROM collaborations.members WHERE project_id = ${id}`);
      await db.execute(sql`UPDATE collaborations.roles SET taken = 0, is_removed = true WHERE project_id = ${id}`);
    },

    /** The mirrored project, locked until the transaction ends. */
    async lockProject(id: number): Promise<MirroredProject | null> {
      const { rows } = await db.execute(sql`
        SELECT id, owner_id, title, status FROM collaborations.projects WHERE id = ${id} AND NOT is_deleted FOR UPDATE`);
      return (rows as unknown as MirroredProject[])[0] ?? null;
    },

    async isMember(projectId: number, userId: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        SELECT FROM collaborations.members WHERE project_id = ${projectId} AND user_id = ${userId}`);
      return rowCount === 1;
    },

    async hasFreeSeat(roleId: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        SELECT FROM collaborations.roles WHERE id = ${roleId} AND NOT is_removed AND taken < seats`);
      return rowCount === 1;
    },

    async nameOfRole(roleId: number | null): Promise<string | null> {
      const { rows } = await db.execute<{ name: string }>(sql`
        SELECT name FROM collaborations.roles WHERE id = ${roleId}`);
      return rows[0]?.name ?? null;
    },

    /** @returns false when the role has no free seat */
    async takeSeat(roleId: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`
        UPDATE collaborations.roles SET taken = taken + 1 WHERE id = ${roleId} AND NOT is_removed AND taken < seats`);
      return rowCount === 1;
    },

    async freeSeat(roleId: number): Promise<void> {
      await db.execute(sql`UPDATE collaborations.roles SET taken = taken - 1 WHERE id = ${roleId}`);
    },

    async addMember({ project_id, user_id, role_id, request_id, joined_at }: Member): Promise<void> {
      await db.execute(sql`
        INSERT INTO collaborations.members (project_id, user_id, role_id, request_id, joined_at)
        VALUES (${project_id}, ${user_id}, ${role_id}, ${request_id}, coalesce(${joined_at ?? null}::timestamptz, now()))`);
    },

    async removeMember(projectId: number, userId: number): Promise<Pick<Member, 'role_id' | 'request_id'> | null> {
      const { rows } = await db.execute<Pick<Member, 'role_id' | 'request_id'>>(sql`
        DELETE FROM collaborations.members WHERE project_id = ${projectId} AND user_id = ${userId}
        RETURNING role_id, request_id`);
      return rows[0] ?? null;
    },

    /** Counts the team anew and gives it the next version. The owner comes first. */
    async renewTeam(projectId: number): Promise<TeamState> {
      const { rows } = await db.execute(sql`
        UPDATE collaborations.projects p
        SET team_version = team_version + 1,
          member_count = 1 + (SELECT count(*) FROM collaborations.members m WHERE m.project_id = p.id)
        WHERE p.id = ${projectId}
        RETURNING p.team_version AS version, p.member_count, p.title AS project_title,
          (SELECT coalesce(json_agg(m.user_id ORDER BY m.joined_at, m.user_id), '[]')
           FROM (SELECT p.owner_id AS user_id, '-infinity'::timestamptz AS joined_at
                 UNION ALL SELECT user_id, joined_at FROM collaborations.members WHERE project_id = p.id) m) AS member_ids,
          (SELECT coalesce(json_agg(json_build_object('role_id', r.id, 'taken', r.taken) ORDER BY r.position), '[]')
           FROM collaborations.roles r WHERE r.project_id = p.id AND NOT r.is_removed) AS roles`);
      const [state] = rows as unknown as TeamState[];
      if (!state) throw new Error(`Project ${projectId} has no mirror.`);
      return state;
    },
  };
}
