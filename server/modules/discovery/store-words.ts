/** The vocabulary: in how many documents that anybody may see each word is. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';
import { sources } from './sources.ts';

/** The words of a document that count at present; none when there is no document. */
export async function countedWords(tx: Db, kind: Kind, id: number): Promise<string[]> {
  const { table, key } = sources[kind];
  const { rows } = await tx.execute<{ words: string[] }>(
    sql`SELECT tsvector_to_array(search) AS words FROM ${table} WHERE ${key} = ${id} AND is_counted`,
  );
  return (rows[0]?.words ?? []).filter((word) => !word.startsWith('='));
}

/**
 * Counts a document with the words `after` instead of `before`. Rows are taken in one order by everybody, so that two
 * documents written at once do not wait for each other in a ring.
 */
export async function countWords(tx: Db, kind: Kind, before: string[], after: string[]): Promise<void> {
  const old = new Set(before);
  const fresh = new Set(after);
  const added = after.filter((word) => !old.has(word));
  const gone = before.filter((word) => !fresh.has(word));
  if (added.length + gone.length === 0) return;
  await tx.execute(sql`
    INSERT INTO discovery.words (kind, word, stem, documents)
    SELECT ${kind}, word, (ts_lexize('english_stem', word))[1], change
    FROM (
      SELECT unnest(${sql.param(added)}::text[]) AS word, 1 AS change
      UNION ALL
      SELECT unnest(${sql.param(gone)}::text[]), -1
    ) AS changes
    ORDER BY word COLLATE "C"
    ON CONFLICT (kind, word) DO UPDATE SET documents = words.documents + excluded.documents`);
}

/** Counts every word anew, whatever was counted before. Writers of documents wait meanwhile, searches do not. */
export async function recountWords(db: Db, kind: Kind): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('statement_timeout', '0', true)`);
    await tx.execute(sql`LOCK TABLE discovery.words IN SHARE ROW EXCLUSIVE MODE`);
    await tx.execute(sql`DELETE FROM discovery.words WHERE kind = ${kind}`);
    await tx.execute(sql`
      INSERT INTO discovery.words (kind, word, stem, documents)
      SELECT ${kind}, word, (ts_lexize('english_stem', word))[1], count(*)
      FROM ${sources[kind].table} d, unnest(tsvector_to_array(d.search)) AS word
      WHERE d.is_counted AND NOT starts_with(word, '=')
      GROUP BY word`);
  });
}
