/** Reading projects: each list, and each single project, is one statement. */
import type { Project, ProjectStatus } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Reader } from '../../platform/database/database.ts';
import { likeLiteral } from '../../platform/database/like.ts';
import { COUNT_LIMIT, decodeCursor, type Paging } from '../../platform/database/paging.ts';
import { formerMember } from '../../platform/person-cards.ts';
import { toMajor } from './money.ts';
import { type Viewer, visibleTo } from './policy.ts';
import type { ProjectRow } from './tables.ts';

/** What a list asks for. Budgets are in major units, of whatever currency a project has. */
export interface ProjectFilter {
  status?: ProjectStatus | undefined;
  skill_id?: number | undefined;
  min_budget?: number | undefined;
  max_budget?: number | undefined;
  remote_only?: boolean | undefined;
  owner_id?: number | undefined;
  college?: string | undefined;
}

/** A project as `fields` selects it. */
export type ReadRow = Omit<Project, 'owner' | 'required_skills' | 'budget_min' | 'budget_max'> &
  Pick<ProjectRow, 'budget_min' | 'budget_max' | 'currency_digits'> & { owner: PersonCard | null };

/** Of `projects.projects p` and `projects.people o`. */
const fields = sql`
  p.id, p.owner_id, o.card AS owner, p.title, p.description, p.skills, p.budget_min, p.budget_max, p.currency,
  p.currency_digits, p.timeline, p.hours_per_week, p.status, p.is_remote, p.place, p.deadline::text, p.visibility,
  p.member_count, p.version, p.is_demo, p.created_at, p.updated_at, p.expires_at,
  (SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'skill', r.skill, 'level', r.level,
      'seats', r.seats, 'taken', r.taken) ORDER BY r.position), '[]')
   FROM projects.roles r WHERE r.project_id = p.id) AS roles`;

/** The wire form of a row. */
export function toProject({ currency_digits, ...row }: ReadRow): Project {
  return {
    ...row,
    owner: row.owner ?? formerMember(row.owner_id),
    required_skills: row.skills.map((skill) => skill.name),
    budget_min: row.budget_min === null ? null : toMajor(row.budget_min, currency_digits),
    budget_max: row.budget_max === null ? null : toMajor(row.budget_max, currency_digits),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
    expires_at: isoTime(row.expires_at),
  };
}

/**
 * Rows of a list and its total, newest first, as one statement of one row. A project that names no budget is unknown,
 * and no answer to a question about budgets.
 */
export function listStatement(filter: ProjectFilter, viewer: Viewer, paging: Paging): SQL {
  const where = sql.join(conditions(filter, viewer), sql` AND `);
  return sql`
    WITH page AS (
      SELECT p.* FROM projects.projects p
      WHERE ${where} AND ${after(paging)}
      ORDER BY p.created_at DESC, p.id DESC
      LIMIT ${paging.size + 1} OFFSET ${paging.offset}
    )
    SELECT
      (SELECT count(*) FROM (SELECT FROM projects.projects p WHERE ${where} LIMIT ${COUNT_LIMIT}) counted) AS total,
      (SELECT coalesce(json_agg(item ORDER BY item.created_at DESC, item.id DESC), '[]')
       FROM (SELECT ${fields} FROM page p LEFT JOIN projects.people o ON o.user_id = p.owner_id) item) AS items`;
}

function conditions(filter: ProjectFilter, viewer: Viewer): SQL[] {
  const found: SQL[] = [visibleTo(viewer)];
  if (filter.status !== undefined) found.push(sql`p.status = ${filter.status}`);
  if (filter.skill_id !== undefined) found.push(sql`p.skill_ids @> ARRAY[${filter.skill_id}]::bigint[]`);
  if (filter.min_budget !== undefined || filter.max_budget !== undefined) {
    const [min, max] = [filter.min_budget ?? null, filter.max_budget ?? null];
    // Ends the wrong way round overlap nothing; numrange would refuse them.
    if (min !== null && max !== null && min > max) found.push(sql`false`);
    else found.push(sql`p.budget IS NOT NULL AND p.budget && numrange(${min}::numeric, ${max}::numeric, '[]')`);
  }
  if (filter.remote_only) found.push(sql`p.is_remote`);
  if (filter.owner_id !== undefined) found.push(sql`p.owner_id = ${filter.owner_id}`);
  if (filter.college !== undefined) {
    found.push(
      sql`p.owner_id IN (SELECT user_id FROM projects.people WHERE college_key = lower(btrim(${filter.college})))`,
    );
  }
  return found;
}

function after({ cursor }: Paging): SQL {
  const keys = decodeCursor(cursor, ['integer', 'integer']);
  if (!keys) return sql`true`;
  const [time, id] = keys;
  // A cursor may be made up; what PostgreSQL takes as a time may not.
  const at = new Date(Math.min(Math.max(time, 0), Date.UTC(9999, 11, 31))).toISOString();
  return sql`(p.created_at, p.id) < (${at}::timestamptz, ${id}::bigint)`;
}

/** Sort keys of a row, for its cursor. */
export const newestKeys = (row: ReadRow) => [Date.parse(row.created_at), row.id];

export function createProjectReads(db: Reader) {
  const find = async (condition: SQL, tail = sql``): Promise<ReadRow[]> => {
    const { rows } = await db.execute(sql`
      SELECT ${fields} FROM projects.projects p LEFT JOIN projects.people o ON o.user_id = p.owner_id
      WHERE ${condition} ${tail}`);
    return rows as unknown as ReadRow[];
  };
  const newest = (skip: number, limit: number) =>
    sql`ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit} OFFSET ${skip}`;

  return {
    /** A page of rows, one more than asked for if there is one, and the total up to 10,000. */
    async list(filter: ProjectFilter, viewer: Viewer, paging: Paging): Promise<{ rows: ReadRow[]; total: number }> {
      const { rows } = await db.execute<{ total: number; items: ReadRow[] }>(listStatement(filter, viewer, paging));
      return { rows: rows[0]?.items ?? [], total: rows[0]?.total ?? 0 };
    },
    async get(id: number): Promise<ReadRow | null> {
      return (await find(sql`p.id = ${id}`))[0] ?? null;
    },
    /** Owner included, once there is a team. */
    async getMemberIds(id: number): Promise<number[]> {
      const { rows } = await db.execute<{ member_ids: number[] }>(sql`
        SELECT to_json(member_ids) AS member_ids FROM projects.projects WHERE id = ${id}`);
      return rows[0]?.member_ids ?? [];
    },
    getMany: (ids: readonly number[]) => find(sql`p.id = ANY (${sql.param([...ids])}::bigint[])`),
    async getVisible(id: number, viewer: Viewer): Promise<ReadRow | null> {
      return (await find(sql`p.id = ${id} AND ${visibleTo(viewer)}`))[0] ?? null;
    },
    async listOwnedIds(ownerId: number): Promise<number[]> {
      const { rows } = await db.execute<{ id: number }>(
        sql`SELECT id FROM projects.projects WHERE owner_id = ${ownerId}`,
      );
      return rows.map(({ id }) => id);
    },
    listOwned: (ownerId: number, skip: number, limit: number) =>
      find(sql`p.owner_id = ${ownerId}`, newest(skip, limit)),
    listAll: (status: ProjectStatus | undefined, q: string | undefined, skip: number, limit: number) => {
      const inState = status === undefined ? sql`true` : sql`p.status = ${status}`;
      const named = q === undefined ? sql`true` : sql`p.words ILIKE ${`%${likeLiteral(q)}%`}`;
      return find(sql`${inState} AND ${named}`, newest(skip, limit));
    },
    listAfter: (afterId: number, limit: number) => find(sql`p.id > ${afterId}`, sql`ORDER BY p.id LIMIT ${limit}`),
  };
}
