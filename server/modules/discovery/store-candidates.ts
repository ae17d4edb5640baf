/** Who or what is worth scoring: a bounded number of newest documents that share skills, most shared first. */
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Reader } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';
import { visibleProfiles, visibleProjects } from './policy.ts';
import { sources } from './sources.ts';

/** Newest documents with a shared skill that are looked at, and those of them that are scored. */
const LOOKED_AT = 1000;
const SCORED = 300;

export function createCandidateStore(db: Reader) {
  /** One statement. Without skills: simply the newest. */
  async function list<Card>(kind: Kind, where: SQL[], skillIds: number[]): Promise<Card[]> {
    const { table, key } = sources[kind];
    const mine = sql`${sql.param(skillIds)}::bigint[]`;
    const sharing = skillIds.length > 0 ? [...where, sql`d.skill_ids && ${mine}`] : where;
    const { rows } = await db.execute<{ card: Card }>(sql`
      SELECT d.card
      FROM (
        SELECT newest.id, newest.recent_at,
          (SELECT count(*) FROM unnest(newest.skill_ids) AS skill_id WHERE skill_id = ANY (${mine})) AS shared
        FROM (
          SELECT d.${key} AS id, d.recent_at, d.skill_ids FROM ${table} d
          WHERE ${sql.join(sharing, sql` AND `)}
          ORDER BY d.recent_at DESC, d.${key} DESC LIMIT ${LOOKED_AT}
        ) newest
        ORDER BY shared DESC, recent_at DESC, id DESC LIMIT ${SCORED}
      ) chosen JOIN ${table} d ON d.${key} = chosen.id
      ORDER BY chosen.recent_at DESC, chosen.id DESC`);
    return rows.map(({ card }) => card);
  }

  return {
    /** Open projects of others with room; `except` are ids that are left out. */
    listProjects: (viewer: Principal, skillIds: number[], except: number[]) =>
      list<Project>(
        'project',
        [
          sql`d.status = 'open' AND NOT d.is_full AND d.owner_id <> ${viewer.user_id}`,
          sql`d.project_id <> ALL (${sql.param(except)}::bigint[])`,
          visibleProjects(viewer),
        ],
        skillIds,
      ),

    /** Listed people other than the viewer. */
    listPeople: (viewer: Principal, skillIds: number[], except: number[]) =>
      list<Profile>(
        'profile',
        [
          sql`d.is_listed AND d.user_id <> ${viewer.user_id}`,
          sql`d.user_id <> ALL (${sql.param(except)}::bigint[])`,
          visibleProfiles(viewer),
        ],
        skillIds,
      ),

    /** Those of these people whom the viewer finds in lists, and the viewer; up to 300. */
    findPeople: (viewer: Principal, userIds: number[]) =>
      list<Profile>('profile', [sql`d.user_id = ANY (${sql.param(userIds)}::bigint[])`, visibleProfiles(viewer)], []),
  };
}

export type CandidateStore = ReturnType<typeof createCandidateStore>;
