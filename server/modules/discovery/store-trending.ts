/** What moves these days: projects that many ask to join, skills that many ask for. */
import type { Project } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Reader } from '../../platform/database/database.ts';
import { visibleProjects } from './policy.ts';

export function createTrendingStore(db: Reader) {
  return {
    /**
     * Open projects of the last `days` by collaboration requests, then newest: the first of each day by its index, and of
     * those the first.
     */
    async listProjects(
      viewer: Principal | null,
      days: number,
      limit: number,
    ): Promise<(Project & { collaboration_count: number })[]> {
      const { rows } = await db.execute<{ card: Project; requests: number }>(sql`
        SELECT d.card, trending.requests
        FROM (
          SELECT first.*
          FROM generate_series(0, ${days + 1}::integer) AS ago
          CROSS JOIN LATERAL (
            SELECT r.project_id, r.requests, r.created_at
            FROM discovery.request_counts r JOIN discovery.project_documents d USING (project_id)
            WHERE r.is_open AND (r.created_at AT TIME ZONE 'UTC')::date = (now() AT TIME ZONE 'UTC')::date + 1 - ago
              AND r.created_at >= now() - make_interval(days => ${days}) AND ${visibleProjects(viewer)}
            ORDER BY r.requests DESC, r.created_at DESC, r.project_id DESC LIMIT ${limit}
          ) first
          ORDER BY requests DESC, created_at DESC, project_id DESC LIMIT ${limit}
        ) trending JOIN discovery.project_documents d USING (project_id)
        ORDER BY trending.requests DESC, trending.created_at DESC, d.project_id DESC`);
      return rows.map(({ card, requests }) => ({ ...card, collaboration_count: requests }));
    },

    /** Skills of public projects that were created in the last `days`, with the count of as many days before. */
    async listSkills(days: number, limit: number): Promise<{ skill: string; count: number; previous_count: number }[]> {
      const { rows } = await db.execute<{ skill: string; count: number; previous_count: number }>(sql`
        SELECT n.name AS skill, c.count, c.previous_count
        FROM (
          SELECT skill_id,
            count(*) FILTER (WHERE d.recent_at >= now() - make_interval(days => ${days}))::int AS count,
            count(*) FILTER (WHERE d.recent_at < now() - make_interval(days => ${days}))::int AS previous_count
          FROM discovery.project_documents d, unnest(d.skill_ids) AS skill_id
          WHERE d.recent_at >= now() - make_interval(days => ${2 * days}) AND d.status <> 'draft' AND d.owner_is_active
            AND d.visibility = 'public'
          GROUP BY skill_id
        ) c JOIN discovery.skill_names n USING (skill_id)
        WHERE c.count > 0
        ORDER BY c.count DESC, c.previous_count, n.name LIMIT ${limit}`);
      return rows;
    },
  };
}

export type TrendingStore = ReturnType<typeof createTrendingStore>;
