/** What others see of profiles, single and in lists, in SQL; one statement for each answer. */
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../platform/database/database.ts';
import { COUNT_LIMIT } from '../../platform/database/paging.ts';
import { isListedFor, isReadableFor, type Viewer } from './policy.ts';
import type { ProfileRow } from './present.ts';
import { profileColumns } from './store.ts';
import { skillIdOf } from './store-skills.ts';

export interface ListFilter {
  college?: string | undefined;
  major?: string | undefined;
  year?: number | undefined;
  skill?: string | undefined;
  min_level?: number | undefined;
}

/** Popularity is counted over so many of the newest profiles, so that it costs the same at any size. */
const POPULARITY_SAMPLE = 20_000;
/** A search ranks no more matches than this. */
const SEARCH_CANDIDATES = 2000;
const NAMES_LIMIT = 500;

export function createListStore(db: Reader) {
  return {
    /** The profile of a user, or with an id of its own, if this viewer may open it. */
    async findReadable(by: { user_id: number } | { id: number }, viewer: Viewer): Promise<ProfileRow | undefined> {
      const isMeant = 'id' in by ? sql`p.id = ${by.id}` : sql`p.user_id = ${by.user_id}`;
      const { rows } = await db.execute<ProfileRow>(
        sql`SELECT ${profileColumns} FROM profiles.profiles p WHERE ${isMeant} AND ${isReadableFor(viewer)}`,
      );
      return rows[0];
    },

    /** Newest first: up to `limit` rows after the profile id `after`, and how many there are in all, up to COUNT_LIMIT. */
    async list(
      viewer: Viewer,
      filter: ListFilter,
      { after, offset, limit }: { after: number | null; offset: number; limit: number },
    ): Promise<{ rows: ProfileRow[]; total: number }> {
      const matches = sql`FROM profiles.profiles p WHERE ${isListedFor(viewer)} ${matching(filter)}`;
      // The left join keeps the total when the page is empty.
      const { rows } = await db.execute<ProfileRow & { total: number }>(sql`
        SELECT counted.total, page.*
        FROM (SELECT count(*) AS total FROM (SELECT 1 ${matches} LIMIT ${COUNT_LIMIT}) AS capped) AS counted
        LEFT JOIN (
          SELECT ${profileColumns} ${matches} ${after === null ? sql`` : sql`AND p.id < ${after}`}
          ORDER BY p.id DESC LIMIT ${limit} OFFSET ${offset}
        ) AS page ON true
        ORDER BY page.id DESC`);
      return { rows: rows.filter((row) => row.id !== null), total: rows[0]?.total ?? 0 };
    },

    /** Profiles that have every word as the beginning of one of theirs, a similar phrase, or the skill of that name; best first. */
    async search(viewer: Viewer, text: string, limit: number): Promise<ProfileRow[]> {
      const { rows } = await db.execute<ProfileRow>(sql`
        WITH found AS MATERIALIZED (
          SELECT p.id FROM profiles.profiles p
          WHERE ${isListedFor(viewer)} AND (
            p.search @@ to_tsquery('simple', ${prefixQuery(text)})
            OR p.words %> ${text}::text
            OR p.skill_ids @> ARRAY[${skillIdOf(text)}])
          LIMIT ${SEARCH_CANDIDATES})
        SELECT ${profileColumns} FROM found JOIN profiles.profiles p USING (id)
        ORDER BY
          coalesce(p.skill_ids @> ARRAY[${skillIdOf(text)}], false) DESC,
          ts_rank(p.search, to_tsquery('simple', ${prefixQuery(text)})) + word_similarity(${text}::text, p.words) DESC,
          p.id DESC
        LIMIT ${limit}`);
      return rows;
    },

    async popularSkills(viewer: Viewer, limit: number): Promise<{ skill: string; count: number }[]> {
      const { rows } = await db.execute<{ skill: string; count: number }>(sql`
        SELECT s.name AS skill, counted.count
        FROM (
          SELECT skill_id, count(*) AS count
          FROM (
            SELECT p.skill_ids FROM profiles.profiles p WHERE ${isListedFor(viewer)} ORDER BY p.id DESC LIMIT ${POPULARITY_SAMPLE}
          ) AS newest, unnest(newest.skill_ids) AS skill_id
          GROUP BY skill_id ORDER BY count(*) DESC, skill_id LIMIT ${limit}
        ) AS counted
        JOIN profiles.skills s ON s.id = counted.skill_id
        ORDER BY counted.count DESC, s.id`);
      return rows;
    },

    colleges: (viewer: Viewer) => distinct(viewer, 'college'),
    majors: (viewer: Viewer) => distinct(viewer, 'major'),
  };

  /** The first names in alphabetical order, one index probe for each (a loose index scan, wiki.postgresql.org/wiki/Loose_indexscan). */
  async function distinct(viewer: Viewer, column: 'college' | 'major'): Promise<string[]> {
    const [key, name] = [sql.raw(`p.${column}_key`), sql.raw(`btrim(p.${column})`)];
    const next = (after: SQL) => sql`
      SELECT ${key} AS key, ${name} AS name FROM profiles.profiles p
      WHERE ${isListedFor(viewer)} AND ${key} > ${after} ORDER BY ${key} LIMIT 1`;
    const { rows } = await db.execute<{ name: string }>(sql`
      WITH RECURSIVE names AS (
        (${next(sql`''`)})
        UNION ALL
        SELECT following.* FROM names CROSS JOIN LATERAL (${next(sql`names.key`)}) AS following
      )
      SELECT name FROM names LIMIT ${NAMES_LIMIT}`);
    return rows.map((row) => row.name);
  }
}

function matching({ college, major, year, skill, min_level }: ListFilter): SQL {
  const conditions: SQL[] = [];
  if (college) conditions.push(sql`p.college_key = lower(btrim(${college}::text))`);
  if (major) conditions.push(sql`p.major_key = lower(btrim(${major}::text))`);
  if (year !== undefined) conditions.push(sql`p.year = ${year}`);
  if (skill) {
    conditions.push(sql`p.skill_ids @> ARRAY[${skillIdOf(skill)}]`);
    if (min_level !== undefined) {
      // A scalar subquery stays a look-up by key for each match; EXISTS may be turned into a join that reads the table.
      conditions.push(sql`(
        SELECT ps.level FROM profiles.profile_skills ps
        WHERE ps.user_id = p.user_id AND ps.skill_id = ${skillIdOf(skill)}) >= ${min_level}`);
    }
  }
  if (!skill && min_level !== undefined) {
    conditions.push(sql`(
      SELECT max(ps.level) FROM profiles.profile_skills ps WHERE ps.user_id = p.user_id) >= ${min_level}`);
  }
  return sql.join(conditions.map((condition) => sql` AND ${condition}`));
}

/** `ada lov` as a tsquery: every word as a prefix. Only letters and digits pass, so there is nothing to escape. */
const prefixQuery = (text: string): string =>
  (text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => `${word}:*`).join(' & ');
