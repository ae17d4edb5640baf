/** SQL of drafts. */
import type { Draft } from '@collabthon/contracts/accounts';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { drafts } from './tables.ts';

export type DraftState = Omit<Draft, 'content'>;

const state = { key: drafts.key, version: drafts.version, updated_at: drafts.updated_at };

export function createDraftStore(db: Db, userId: number) {
  const isMine = eq(drafts.user_id, userId);
  const isThis = (key: string) => and(isMine, eq(drafts.key, key));

  return {
    /** Makes those who keep drafts of this member take turns, until the transaction ends. */
    async takeTurn() {
      await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('drafts of ' || ${userId}::bigint, 0))`);
    },

    /** Last changed first. */
    list: ({ prefix, limit }: { prefix: string; limit: number }): Promise<Draft[]> =>
      db
        .select({ ...state, content: drafts.content })
        .from(drafts)
        .where(and(isMine, sql`starts_with(${drafts.key}, ${prefix})`))
        .orderBy(desc(drafts.updated_at), desc(drafts.version))
        .limit(limit),

    async find(key: string): Promise<Draft | null> {
      const [row] = await db
        .select({ ...state, content: drafts.content })
        .from(drafts)
        .where(isThis(key));
      return row ?? null;
    },

    /** The draft that is there, and whether it says the same. */
    async compare(key: string, content: Draft['content']): Promise<(DraftState & { isSame: boolean }) | null> {
      const [row] = await db
        .select({ ...state, isSame: sql<boolean>`${drafts.content} = ${JSON.stringify(content)}::jsonb` })
        .from(drafts)
        .where(isThis(key));
      return row ?? null;
    },

    async count(): Promise<number> {
      const [row] = await db.select({ count: count() }).from(drafts).where(isMine);
      return row?.count ?? 0;
    },

    async keep(key: string, content: Draft['content']): Promise<DraftState> {
      const [row] = await db
        .insert(drafts)
        .values({ user_id: userId, key, content })
        .onConflictDoUpdate({
          target: [drafts.user_id, drafts.key],
          set: { content, version: sql`excluded.version`, updated_at: sql`now()` },
        })
        .returning(state);
      if (!row) throw new Error('A draft that was just kept is not there.');
      return row;
    },

    async discard(key: string) {
      await db.delete(drafts).where(isThis(key));
    },
  };
}

/** Discards up to `limit` drafts that nobody has changed for 90 days. @returns how many there were */
export async function discardOldDrafts(db: Db, limit: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    DELETE FROM accounts.drafts WHERE (user_id, key) IN (
      SELECT user_id, key FROM accounts.drafts WHERE updated_at < now() - interval '90 days'
      ORDER BY updated_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`);
  return rowCount ?? 0;
}
