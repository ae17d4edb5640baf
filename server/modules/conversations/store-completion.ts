/** What is missing here of what is elsewhere. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

export function createCompletionStore(db: Db) {
  const ids = async (query: SQL): Promise<number[]> => {
    const { rows } = await db.execute<{ id: number }>(query);
    return rows.map(({ id }) => id);
  };

  return {
    /** Projects of those teams that are further than what was heard of them. */
    teamsBehind: (teams: readonly { project_id: number; version: number }[]) =>
      ids(sql`
        SELECT w.id FROM unnest(
          ${sql.param(teams.map(({ project_id }) => project_id))}::bigint[],
          ${sql.param(teams.map(({ version }) => version))}::bigint[]
        ) AS w (id, version)
        LEFT JOIN conversations.projects p ON p.id = w.id
        WHERE coalesce(p.team_version, 0) < w.version`),

    requestsWithout: (requestIds: readonly number[]) =>
      ids(sql`
        SELECT w.id FROM unnest(${sql.param([...requestIds])}::bigint[]) AS w (id)
        WHERE NOT EXISTS (SELECT FROM conversations.conversations c WHERE c.request_id = w.id)`),

    projectsWithoutTitle: (projectIds: readonly number[]) =>
      ids(sql`
        SELECT DISTINCT w.id FROM unnest(${sql.param([...projectIds])}::bigint[]) AS w (id)
        LEFT JOIN conversations.projects p ON p.id = w.id WHERE p.title IS NULL`),
  };
}
