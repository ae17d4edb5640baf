/** SQL of sessions and of the tokens that are mailed. */
import type { Role } from '@collabthon/contracts/accounts';
import { and, countDistinct, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { mailedTokens, sessions, users } from './tables.ts';

/** A session ends 30 days after it began, or after 7 days without use. */
const isLive = and(
  isNull(sessions.ended_at),
  gt(sessions.created_at, sql`now() - interval '30 days'`),
  gt(sessions.last_used_at, sql`now() - interval '7 days'`),
);

export interface SessionOwner {
  user_id: number;
  username: string;
  role: Role;
  session_id: number;
  is_verified: boolean;
}

const owner = {
  user_id: users.id,
  username: users.username,
  role: users.role,
  session_id: sessions.id,
  is_verified: users.is_verified,
};

export function createSessionStore(db: Db) {
  return {
    /**
     * Opens a session if the account is still as it was when its password was checked, so that a reset or a suspension in
     * between wins. The row's lock orders the two.
     */
    async open(session: {
      userId: number;
      passwordHash: string | null;
      kind: 'browser' | 'token';
      tokenHash: string;
      userAgent: string;
    }): Promise<SessionOwner | null> {
      const { rows } = await db.execute<{ session_id: number }>(sql`
        INSERT INTO ${sessions} (user_id, kind, token_hash, user_agent)
        SELECT id, ${session.kind}, ${session.tokenHash}, ${session.userAgent} FROM ${users}
        WHERE id = ${session.userId} AND is_active AND password_hash IS NOT DISTINCT FROM ${session.passwordHash}::text
        FOR SHARE
        RETURNING id AS session_id`);
      return rows[0] ? this.findOwner(rows[0].session_id) : null;
    },

    /** @returns null when the account is suspended */
    async findOwner(sessionId: number): Promise<SessionOwner | null> {
      const [row] = await db
        .select(owner)
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.user_id))
        .where(and(eq(sessions.id, sessionId), users.is_active));
      return row ?? null;
    },

    /** Who holds a browser's cookie. Use is noted at most every five minutes, so that reads stay reads. */
    async resolve(tokenHash: string): Promise<SessionOwner | null> {
      const [row] = await db
        .select({ ...owner, isStale: sql<boolean>`${sessions.last_used_at} < now() - interval '5 minutes'` })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.user_id))
        .where(and(eq(sessions.token_hash, tokenHash), eq(sessions.kind, 'browser'), isLive, users.is_active));
      if (!row) return null;
      const { isStale, ...found } = row;
      if (isStale) await db.update(sessions).set({ last_used_at: sql`now()` }).where(eq(sessions.id, found.session_id));
      return found;
    },

    /** The live session of a program, locked until the transaction ends. */
    async lockForRefresh(sessionId: number, retrySeconds: number) {
      const [session] = await db
        .select({
          token_hash: sessions.token_hash,
          previous_hash: sessions.previous_hash,
          mayRetry: sql<boolean>`coalesce(${sessions.rotated_at} > now() - make_interval(secs => ${retrySeconds}), false)`,
        })
        .from(sessions)
        .where(and(eq(sessions.id, sessionId), eq(sessions.kind, 'token'), isLive))
        .for('update');
      const found = session && (await this.findOwner(sessionId));
      return found ? { session, owner: found } : null;
    },

    async rotate(sessionId: number, { from, to }: { from: string; to: string }) {
      await db
        .update(sessions)
        .set({ previous_hash: from, token_hash: to, rotated_at: sql`now()`, last_used_at: sql`now()` })
        .where(eq(sessions.id, sessionId));
    },

    /** Ends one session, or all of a member's, or all but one. @returns the ids of those that were open. */
    async end(filter: { id: number; userId: number } | { userId: number; except?: number }): Promise<number[]> {
      const narrowed =
        'id' in filter
          ? eq(sessions.id, filter.id)
          : filter.except === undefined
            ? undefined
            : ne(sessions.id, filter.except);
      const rows = await db
        .update(sessions)
        .set({ ended_at: sql`now()` })
        .where(and(eq(sessions.user_id, filter.userId), isNull(sessions.ended_at), narrowed))
        .returning({ id: sessions.id });
      return rows.map(({ id }) => id);
    },

    listLive: (userId: number) =>
      db
        .select({
          id: sessions.id,
          kind: sessions.kind,
          user_agent: sessions.user_agent,
          created_at: sessions.created_at,
          last_used_at: sessions.last_used_at,
        })
        .from(sessions)
        .where(and(eq(sessions.user_id, userId), isLive))
        .orderBy(desc(sessions.last_used_at), desc(sessions.id))
        .limit(100),

    /** Rows of sessions that ended or lapsed a month ago. */
    async deleteOld() {
      await db.delete(sessions).where(sql`${sessions.last_used_at} < now() - interval '60 days'`);
    },

    async addMailedToken(token: {
      tokenHash: string;
      userId: number;
      purpose: 'verify' | 'reset';
      email: string;
      hours: number;
    }) {
      await db.insert(mailedTokens).values({
        token_hash: token.tokenHash,
        user_id: token.userId,
        purpose: token.purpose,
        email: token.email,
        expires_at: sql`now() + make_interval(hours => ${token.hours})` as never,
      });
    },

    /** Uses a token up. @returns whose it was and for which address, or null when there is no such token any more. */
    async takeMailedToken(tokenHash: string, purpose: 'verify' | 'reset') {
      const [row] = await db
        .delete(mailedTokens)
        .where(
          and(
            eq(mailedTokens.token_hash, tokenHash),
            eq(mailedTokens.purpose, purpose),
            gt(mailedTokens.expires_at, sql`now()`),
          ),
        )
        .returning({ user_id: mailedTokens.user_id, email: mailedTokens.email });
      return row ?? null;
    },

    /** Makes an account's tokens worthless. The rows stay for a day, since they count what an address was sent. */
    async voidMailedTokens(userId: number) {
      await db
        .update(mailedTokens)
        .set({ expires_at: sql`now()` as never })
        .where(eq(mailedTokens.user_id, userId));
    },

    /** Whose token it is, without using it up. */
    async findMailedToken(tokenHash: string, purpose: 'verify' | 'reset') {
      const [row] = await db
        .select({ user_id: mailedTokens.user_id })
        .from(mailedTokens)
        .where(
          and(
            eq(mailedTokens.token_hash, tokenHash),
            eq(mailedTokens.purpose, purpose),
            gt(mailedTokens.expires_at, sql`now()`),
          ),
        );
      return row ?? null;
    },

    /** How many mails with tokens went to an address within the last day, and how many seconds ago the newest did. */
    async recentMails(email: string, purpose: 'verify' | 'reset') {
      // Those who count and then mail take turns, or two at once would both find that nothing was sent.
      await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('mail to ' || lower(${email}), 0))`);
      const [row] = await db
        .select({
          // The tokens of one mail are written in one transaction, which gives them the same time.
          count: countDistinct(mailedTokens.created_at),
          newestAge: sql<number | null>`extract(epoch FROM now() - max(${mailedTokens.created_at}))::float8`,
        })
        .from(mailedTokens)
        .where(
          and(
            sql`lower(${mailedTokens.email}) = lower(${email})`,
            eq(mailedTokens.purpose, purpose),
            gt(mailedTokens.created_at, sql`now() - interval '1 day'`),
          ),
        );
      return row ?? { count: 0, newestAge: null };
    },

    async deleteExpiredTokens() {
      await db.delete(mailedTokens).where(sql`${mailedTokens.expires_at} < now() - interval '1 day'`);
    },
  };
}
