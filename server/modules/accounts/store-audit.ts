/** SQL of the audit log, which only grows. */
import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { audit } from './tables.ts';

export function createAuditStore(db: Db) {
  return {
    async append(entry: typeof audit.$inferInsert) {
      await db.insert(audit).values(entry);
    },

    /** Newest first, `before` an id; all there is, or what was done to one thing. */
    list: ({ before, limit, target }: { before: number | null; limit: number; target: string | undefined }) =>
      db
        .select({
          id: audit.id,
          actor_id: audit.actor_id,
          action: audit.action,
          target: audit.target,
          detail: audit.detail,
          created_at: audit.created_at,
        })
        .from(audit)
        .where(and(before === null ? undefined : lt(audit.id, before), target ? eq(audit.target, target) : undefined))
        .orderBy(desc(audit.id))
        .limit(limit),

    /** Exact up to 10,000. */
    async total(target: string | undefined): Promise<number> {
      const some = db
        .select({ one: sql`1` })
        .from(audit)
        .where(target ? eq(audit.target, target) : undefined)
        .limit(10_000)
        .as('some');
      const [row] = await db.select({ total: count() }).from(some);
      return row?.total ?? 0;
    },
  };
}
