/** Writing projects and their roles. */
import type { Project } from '@collabthon/contracts/projects';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { ProjectState } from './changes.ts';
import { type ProjectRow, projects, type RoleRow, roles, type Skill } from './tables.ts';

/** A role as it shall be; without an id it is new. */
export interface RoleChange {
  id?: number | undefined;
  name: string;
  skill: Skill | null;
  level: number | null;
  seats: number;
}

/** Skills that the owner names; the ids of `roles` are added for filters. */
export interface ProjectSkills {
  required: Skill[];
  roles: readonly Pick<RoleChange, 'name' | 'skill'>[];
}

/** Columns that follow from the skills and the title. */
export function skillColumns(title: string, { required, roles }: ProjectSkills) {
  const all = [...required, ...roles.flatMap((role) => (role.skill ? [role.skill] : []))];
  return {
    skills: required,
    skill_ids: [...new Set(all.map((skill) => skill.id))],
    words: [title, ...new Set(all.map((skill) => skill.name)), ...roles.map((role) => role.name)].join(' '),
  };
}

export interface TeamCounts {
  project_id: number;
  version: number;
  member_count: number;
  member_ids: number[];
  roles: { role_id: number; taken: number }[];
}

export function createProjectStore(db: Db) {
  return {
    async insert(state: ProjectState, skills: ProjectSkills, owner: { owner_id: number; is_demo: boolean }, now: Date) {
      const at = now.toISOString();
      const [row] = await db
        .insert(projects)
        .values({ ...state, ...skillColumns(state.title, skills), ...owner, created_at: at, updated_at: at })
        .returning({ id: projects.id });
      if (!row) throw new Error('An insert returned no row.');
      return row.id;
    },

    /** The row, locked until the transaction ends, with its roles; null if there is none. */
    async lock(id: number): Promise<{ project: ProjectRow; roles: RoleRow[] } | null> {
      const [project] = await db.select().from(projects).where(eq(projects.id, id)).for('update');
      if (!project) return null;
      const own = await db.select().from(roles).where(eq(roles.project_id, id)).orderBy(roles.position);
      return { project, roles: own };
    },

    /** Writes the state if the row still has this version. @returns false when it has another. */
    async update(id: number, version: number, state: ProjectState, skills: ProjectSkills, now: Date): Promise<boolean> {
      const updated = await db
        .update(projects)
        .set({ ...state, ...skillColumns(state.title, skills), version: version + 1, updated_at: now.toISOString() })
        .where(and(eq(projects.id, id), eq(projects.version, version)))
        .returning({ id: projects.id });
      return updated.length === 1;
    },

    /** Makes the roles of a project these, in this order. Those without an id are new, those not named go. */
    async saveRoles(projectId: number, wanted: readonly RoleChange[]): Promise<void> {
      const list = JSON.stringify(wanted.map((role, position) => ({ ...role, position })));
      const given = sql`jsonb_to_recordset(${list}::jsonb)
        AS w (id bigint, name text, skill jsonb, level smallint, seats integer, position integer)`;
      await db.execute(sql`
        DELETE FROM projects.roles r
        WHERE r.project_id = ${projectId} AND r.id NOT IN (SELECT w.id FROM ${given} WHERE w.id IS NOT NULL)`);
      await db.execute(sql`
        UPDATE projects.roles r
        SET name = w.name, skill = w.skill, level = w.level, seats = w.seats, position = w.position
        FROM ${given} WHERE r.project_id = ${projectId} AND r.id = w.id`);
      await db.execute(sql`
        INSERT INTO projects.roles (project_id, position, name, skill, level, seats)
        SELECT ${projectId}::bigint, w.position, w.name, w.skill, w.level, w.seats
        FROM ${given} WHERE w.id IS NULL ORDER BY w.position`);
    },

    /** Ids of up to `limit` projects that ask for a skill, by rising id. */
    async listAsking(skillId: number, afterId: number, limit: number): Promise<number[]> {
      const { rows } = await db.execute<{ id: number }>(sql`
        SELECT id FROM projects.projects WHERE skill_ids @> ARRAY[${skillId}]::bigint[] AND id > ${afterId}
        ORDER BY id LIMIT ${limit}`);
      return rows.map((row) => row.id);
    },

    /** Says what a project asks for in other names. No version counts it: nobody who edits the project is overtaken. */
    async renameSkills(id: number, title: string, required: Skill[], own: readonly RoleRow[]): Promise<void> {
      await db
        .update(projects)
        .set(skillColumns(title, { required, roles: own }))
        .where(eq(projects.id, id));
      for (const role of own) await db.update(roles).set({ skill: role.skill }).where(eq(roles.id, role.id));
    },

    async remove(id: number): Promise<boolean> {
      const removed = await db.delete(projects).where(eq(projects.id, id)).returning({ id: projects.id });
      return removed.length === 1;
    },

    /** Ends up to `limit` open projects whose time has come; rows that somebody is changing wait for the next run. */
    async expireDue(limit: number): Promise<number[]> {
      const { rows } = await db.execute<{ id: number }>(sql`
        UPDATE projects.projects p SET status = 'expired', version = version + 1, updated_at = now()
        FROM (
          SELECT id FROM projects.projects WHERE status = 'open' AND expires_at <= now()
          ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ) due
        WHERE p.id = due.id RETURNING p.id`);
      return rows.map((row) => row.id);
    },

    /** Marks up to `limit` open projects that end within seven days as warned. */
    async warnDue(limit: number): Promise<Pick<Project, 'id' | 'owner_id' | 'title' | 'expires_at'>[]> {
      const { rows } = await db.execute<{ id: number; owner_id: number; title: string; expires_at: string }>(sql`
        UPDATE projects.projects p SET warned_at = now()
        FROM (
          SELECT id FROM projects.projects
          WHERE status = 'open' AND warned_at IS NULL AND expires_at > now() AND expires_at <= now() + interval '7 days'
          ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ) due
        WHERE p.id = due.id RETURNING p.id, p.owner_id, p.title, p.expires_at`);
      return rows;
    },

    /** Takes over what the team has become, unless a newer one is here. */
    async saveTeam(team: TeamCounts): Promise<void> {
      const { rowCount } = await db.execute(sql`
        UPDATE projects.projects
        SET member_count = ${team.member_count}, member_ids = ${sql.param(team.member_ids)}::bigint[],
          team_version = ${team.version}
        WHERE id = ${team.project_id} AND team_version < ${team.version}`);
      if (rowCount === 0) return;
      await db.execute(sql`
        UPDATE projects.roles r SET taken = w.taken
        FROM jsonb_to_recordset(${JSON.stringify(team.roles)}::jsonb) AS w (role_id bigint, taken integer)
        WHERE r.project_id = ${team.project_id} AND r.id = w.role_id`);
    },
  };
}
