/** SQL of college domains, the codes mailed to their addresses, and the badges that they earn. */
import type { User } from '@collabthon/contracts/accounts';
import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { BADGE_CODE_MINUTES } from './mails.ts';
import { badgeCodes, badges, collegeDomains } from './tables.ts';

export const BADGE_CODE_ATTEMPTS = 5;

/** Exact up to 10,000. */
const badgeCount = sql<number>`(
  SELECT count(*) FROM (
    SELECT FROM accounts.badges b WHERE b.domain_id = college_domains.id LIMIT 10000) counted)`.mapWith(Number);
const withBadges = { ...getTableColumns(collegeDomains), badges: badgeCount };

export function createBadgeStore(db: Db) {
  return {
    listDomains: () => db.select(withBadges).from(collegeDomains).orderBy(asc(collegeDomains.domain)),

    /** @returns null when the domain is listed already. */
    async addDomain(domain: { domain: string; college: string; kind: 'student' | 'alumni' }) {
      const [row] = await db.insert(collegeDomains).values(domain).onConflictDoNothing().returning();
      return row ? { ...row, badges: 0 } : null;
    },

    /** Holds the domain, so that nobody earns a badge that says the old words. @returns null when there is none. */
    async changeDomain(id: number, change: { college?: string | undefined; kind?: 'student' | 'alumni' | undefined }) {
      const [found] = await db.select(withBadges).from(collegeDomains).where(eq(collegeDomains.id, id)).for('update');
      if (!found) return null;
      const domain = { ...found, college: change.college ?? found.college, kind: change.kind ?? found.kind };
      await db
        .update(collegeDomains)
        .set({ college: domain.college, kind: domain.kind })
        .where(eq(collegeDomains.id, id));
      const holders = await db.select({ user_id: badges.user_id }).from(badges).where(eq(badges.domain_id, id));
      return { domain, holders: holders.map(({ user_id }) => user_id) };
    },

    /** Removes a domain with its codes and badges. @returns null when there is none. */
    async removeDomain(id: number): Promise<{ domain: string; holders: number[] } | null> {
      // The lock keeps a code that is being confirmed from earning a badge of a domain that is going.
      const [found] = await db
        .select({ domain: collegeDomains.domain })
        .from(collegeDomains)
        .where(eq(collegeDomains.id, id))
        .for('update');
      if (!found) return null;
      const holders = await db.delete(badges).where(eq(badges.domain_id, id)).returning({ user_id: badges.user_id });
      await db.delete(collegeDomains).where(eq(collegeDomains.id, id));
      return { domain: found.domain, holders: holders.map(({ user_id }) => user_id) };
    },

    /** The listed domain that covers this one: itself or the nearest parent. */
    async findCovering(domain: string) {
      const labels = domain.split('.');
      const candidates = labels.map((_, index) => labels.slice(index).join('.'));
      const [row] = await db
        .select()
        .from(collegeDomains)
        .where(inArray(collegeDomains.domain, candidates))
        .orderBy(desc(sql`length(${collegeDomains.domain})`))
        .limit(1);
      return row ?? null;
    },

    async setCode(code: { userId: number; domainId: number; email: string; codeHash: string }) {
      const values = {
        domain_id: code.domainId,
        email: code.email,
        code_hash: code.codeHash,
        attempts: 0,
        expires_at: sql`now() + make_interval(mins => ${BADGE_CODE_MINUTES})` as never,
      };
      await db
        .insert(badgeCodes)
        .values({ user_id: code.userId, ...values })
        .onConflictDoUpdate({ target: badgeCodes.user_id, set: values });
    },

    /** Counts an attempt before it is judged. @returns null when there is no code that may still be tried. */
    async tryCode(userId: number) {
      const [row] = await db
        .update(badgeCodes)
        .set({ attempts: sql`${badgeCodes.attempts} + 1` })
        .where(
          and(
            eq(badgeCodes.user_id, userId),
            lt(badgeCodes.attempts, BADGE_CODE_ATTEMPTS),
            gt(badgeCodes.expires_at, sql`now()`),
          ),
        )
        .returning();
      return row ?? null;
    },

    /** Uses the code up. @returns false when somebody else did, or its domain went. */
    async takeCode(userId: number, codeHash: string): Promise<boolean> {
      const result = await db
        .delete(badgeCodes)
        .where(and(eq(badgeCodes.user_id, userId), eq(badgeCodes.code_hash, codeHash)));
      return result.rowCount === 1;
    },

    /** @returns null when the address has earned another account's badge, or the domain is gone. */
    async grant(badge: { userId: number; domainId: number; emailHash: string }): Promise<User['college_badge']> {
      await db.delete(badges).where(and(eq(badges.email_hash, badge.emailHash), lte(badges.expires_at, sql`now()`)));
      const [domain] = await db.select().from(collegeDomains).where(eq(collegeDomains.id, badge.domainId)).for('share');
      if (!domain) return null;
      const { rows } = await db.execute<{ confirmed_at: string; expires_at: string }>(sql`
        INSERT INTO ${badges} (user_id, domain_id, email_hash, expires_at)
        SELECT ${badge.userId}, ${badge.domainId}, ${badge.emailHash}, now() + interval '12 months'
        WHERE NOT EXISTS (
          SELECT FROM accounts.badges WHERE email_hash = ${badge.emailHash} AND user_id <> ${badge.userId})
        ON CONFLICT (user_id) DO UPDATE SET domain_id = EXCLUDED.domain_id, email_hash = EXCLUDED.email_hash,
          confirmed_at = now(), expires_at = EXCLUDED.expires_at
        RETURNING to_json(confirmed_at)#>>'{}' AS confirmed_at, to_json(expires_at)#>>'{}' AS expires_at`);
      const row = rows[0];
      if (!row) return null;
      const times = {
        confirmed_at: new Date(row.confirmed_at).toISOString(),
        expires_at: new Date(row.expires_at).toISOString(),
      };
      return { college: domain.college, domain: domain.domain, kind: domain.kind, ...times };
    },

    /** Removes badges that have lapsed. @returns their holders. */
    async dropLapsed(limit: number): Promise<number[]> {
      const { rows } = await db.execute<{ user_id: number }>(sql`
        DELETE FROM ${badges} WHERE user_id IN (
          SELECT user_id FROM accounts.badges WHERE expires_at <= now() LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING user_id`);
      return rows.map(({ user_id }) => user_id);
    },

    async deleteExpiredCodes() {
      await db.delete(badgeCodes).where(lt(badgeCodes.expires_at, sql`now()`));
    },
  };
}
