/** Finding open projects by words, and counting them. Ranked search with facets is another module's. */
import type { ProjectStatus } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../platform/database/database.ts';
import { likeLiteral } from '../../platform/database/like.ts';
import { type Viewer, visibleTo } from './policy.ts';

/** Candidates that are ranked: the newest that match. */
const RANKED = 1000;
/** Popular skills are those of this many newest open projects. */
const SAMPLE = 10_000;

/**
 * Ids of open projects, best first: by full text (English stems) and by parts of words in title, skills and roles;
 * only when these do not fill the list, by trigram similarity, which forgives typing errors.
 */
export function searchStatement(query: string, viewer: Viewer, limit: number): SQL {
  const words = query.trim();
  // Two letters have no trigram: looking for them anywhere would read every row.
  const contains = words.length >= 3 ? sql`p.words ILIKE ${`%${likeLiteral(words)}%`}` : sql`false`;
  const similar = words.length >= 3 ? sql`${words}::text <% p.words` : sql`false`;
  const open = sql`p.status = 'open' AND ${visibleTo(viewer)}`;
  const text = sql`websearch_to_tsquery('english', ${words})`;
  return sql`
    WITH exact AS (
      SELECT id, 0 AS tier, ts_rank(search, ${text}) + (words ILIKE ${`%${likeLiteral(words)}%`})::int AS score, created_at
      FROM (
        SELECT p.id, p.search, p.words, p.created_at FROM projects.projects p
        WHERE ${open} AND (p.search @@ ${text} OR ${contains})
        ORDER BY p.created_at DESC LIMIT ${RANKED}
      ) newest
      ORDER BY score DESC, created_at DESC LIMIT ${limit}
    ), fuzzy AS (
      SELECT p.id, 1 AS tier, word_similarity(${words}, p.words) AS score, p.created_at FROM projects.projects p
      WHERE (SELECT count(*) FROM exact) < ${limit} AND ${open} AND ${similar} AND p.id NOT IN (SELECT id FROM exact)
      ORDER BY score DESC, p.created_at DESC LIMIT ${limit}
    )
    SELECT id FROM (SELECT * FROM exact UNION ALL SELECT * FROM fuzzy) found
    ORDER BY tier, score DESC, created_at DESC LIMIT ${limit}`;
}

export function createProjectSearch(db: Reader) {
  return {
    async search(query: string, viewer: Viewer, limit: number): Promise<number[]> {
      const { rows } = await db.execute<{ id: number }>(searchStatement(query, viewer, limit));
      return rows.map((row) => row.id);
    },

    /** How many projects there are in each state, drafts included; `public` are those that everybody can find. */
    async countByStatus(which: 'all' | 'public'): Promise<Partial<Record<ProjectStatus, number>>> {
      const { rows } = await db.execute<{ status: ProjectStatus; count: number }>(sql`
        SELECT status, count(*) AS count FROM projects.projects
        WHERE ${which === 'all'} OR visibility = 'public' GROUP BY status`);
      return Object.fromEntries(rows.map((row) => [row.status, row.count]));
    },

    /** The skills that the newest open public projects ask for most. */
    async popularSkills(limit: number): Promise<{ skill: string; count: number }[]> {
      const { rows } = await db.execute<{ skill: string; count: number }>(sql`
        SELECT name AS skill, count(*) AS count
        FROM (
          SELECT skills FROM projects.projects p
          WHERE status = 'open' AND visibility = 'public'
          ORDER BY created_at DESC, id DESC LIMIT ${SAMPLE}
        ) newest, jsonb_to_recordset(newest.skills) AS asked (name text)
        GROUP BY name ORDER BY count DESC, name LIMIT ${limit}`);
      return rows;
    },
  };
}
