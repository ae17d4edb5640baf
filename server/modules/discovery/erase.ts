/** Forgets somebody whose account is closed: their documents, and the words that only they used. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { createIndexing } from './indexing.ts';

/** To be called when profiles and projects have forgotten them. Doing it again changes nothing. */
export async function eraseMember(
  db: Db,
  { indexProfile, indexProject }: ReturnType<typeof createIndexing>,
  userId: number,
): Promise<void> {
  await indexProfile(userId);
  const { rows } = await db.execute<{ project_id: number }>(
    sql`SELECT project_id FROM discovery.project_documents WHERE owner_id = ${userId} ORDER BY project_id`,
  );
  for (const { project_id } of rows) await indexProject(project_id);
  // In the order in which writers of documents take them; a word that one of those holds is about to be used.
  await db.execute(sql`
    DELETE FROM discovery.words w USING (
      SELECT kind, word FROM discovery.words WHERE documents <= 0
      ORDER BY kind, word COLLATE "C" FOR UPDATE SKIP LOCKED
    ) unused WHERE w.kind = unused.kind AND w.word = unused.word`);
}
