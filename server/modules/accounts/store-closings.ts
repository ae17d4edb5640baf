/** SQL of accounts that are about to be closed. */
import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { closings } from './tables.ts';

export type ClosingRow = typeof closings.$inferSelect;

export function createClosingStore(db: Db) {
  const select = (userId: number) => db.select().from(closings).where(eq(closings.user_id, userId));
  return {
    async find(userId: number): Promise<ClosingRow | null> {
      return (await select(userId))[0] ?? null;
    },

    async lock(userId: number): Promise<ClosingRow | null> {
      return (await select(userId).for('update'))[0] ?? null;
    },

    /** @returns null when it has begun before */
    async begin(userId: number, days: number): Promise<ClosingRow | null> {
      const [row] = await db
        .insert(closings)
        .values({ user_id: userId, closes_at: sql`now() + make_interval(days => ${days})` as never })
        .onConflictDoNothing()
        .returning();
      return row ?? null;
    },

    async remove(userId: number): Promise<void> {
      await db.delete(closings).where(eq(closings.user_id, userId));
    },
  };
}
