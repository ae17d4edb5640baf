/** SQL of accounts and the identities that others vouch for. */
import type { Role, User } from '@collabthon/contracts/accounts';
import type { Locale } from '@collabthon/contracts/shapes';
import { and, asc, count, desc, eq, gt, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { likeLiteral } from '../../platform/database/like.ts';
import { badges, closings, collegeDomains, identities, users } from './tables.ts';

const account = {
  id: users.id,
  username: users.username,
  email: users.email,
  pending_email: users.pending_email,
  password_hash: users.password_hash,
  role: users.role,
  locale: users.locale,
  is_active: users.is_active,
  is_verified: users.is_verified,
  is_demo: users.is_demo,
  totp_enabled: users.totp_enabled,
  totp_secret: users.totp_secret,
  version: users.version,
  created_at: users.created_at,
  updated_at: users.updated_at,
  is_google_account: sql<boolean>`EXISTS (
    SELECT FROM ${identities} WHERE ${identities.user_id} = ${users.id} AND ${identities.provider} = 'google')`,
  closes_at: sql<string | null>`(
    SELECT ${closings.closes_at} FROM ${closings} WHERE ${closings.user_id} = ${users.id})`.mapWith(isoTime),
  badge: {
    college: collegeDomains.college,
    domain: collegeDomains.domain,
    kind: collegeDomains.kind,
    confirmed_at: badges.confirmed_at,
    expires_at: badges.expires_at,
  },
};

export type Account = Omit<typeof users.$inferSelect, 'greeted_at' | 'totp_last_step'> & {
  is_google_account: boolean;
  /** When it is to be closed, if it is. */
  closes_at: string | null;
  badge: User['college_badge'];
};

export interface NewAccount {
  username: string;
  email: string;
  password_hash: string | null;
  role?: Role;
  /** English unless said. */
  locale?: Locale;
  is_verified?: boolean;
  is_demo?: boolean;
}

export interface UserList {
  skip: number;
  limit: number;
  /** Any part of a username or address. */
  q?: string | undefined;
  /** Beside those that `q` finds. */
  ids?: number[] | undefined;
  role?: Role | undefined;
  is_active?: boolean | undefined;
  newest_first?: boolean | undefined;
}

/** A left join answers with empty columns where there is no badge. */
const toAccount = ({
  badge,
  ...row
}: Omit<Account, 'badge'> & { badge: Record<keyof NonNullable<User['college_badge']>, unknown> | null }): Account => ({
  ...row,
  badge: badge?.college && badge.expires_at ? (badge as NonNullable<User['college_badge']>) : null,
});

const sameName = (name: string) => sql`lower(${users.username}) = lower(${name})`;
const sameEmail = (email: string) => sql`lower(${users.email}) = lower(${email})`;

/**
 * Unverified accounts of one address that it may stand for. Oldest first, so that nobody who registers later with
 * somebody's address comes before them.
 */
const CLAIMANTS = 5;

export function createUserStore(db: Db) {
  const select = () =>
    db
      .select(account)
      .from(users)
      .leftJoin(badges, and(eq(badges.user_id, users.id), gt(badges.expires_at, sql`now()`)))
      .leftJoin(collegeDomains, eq(collegeDomains.id, badges.domain_id))
      .$dynamic();
  const one = async (query: ReturnType<typeof select>): Promise<Account | undefined> =>
    (await query.limit(1)).map(toAccount)[0];

  return {
    find: (id: number) => one(select().where(eq(users.id, id))),

    findByName: (name: string) => one(select().where(sameName(name))),

    findByVerifiedEmail: (email: string) => one(select().where(and(sameEmail(email), eq(users.is_verified, true)))),

    /** The verified account of an address, and the oldest few unverified ones that name it. */
    async findByEmail(email: string): Promise<{ owner: Account | undefined; claimants: Account[] }> {
      const rows = await select()
        .where(sameEmail(email))
        .orderBy(desc(users.is_verified), asc(users.id))
        .limit(1 + CLAIMANTS);
      const found = rows.map(toAccount);
      return {
        owner: found.find(({ is_verified }) => is_verified),
        claimants: found.filter(({ is_verified }) => !is_verified).slice(0, CLAIMANTS),
      };
    },

    findByIdentity: (provider: string, subject: string) =>
      one(
        select()
          .innerJoin(identities, eq(identities.user_id, users.id))
          .where(and(eq(identities.provider, provider), eq(identities.subject, subject))),
      ),

    /** @returns null when the name is taken. @throws a unique violation when the address is verified elsewhere */
    async insert(values: NewAccount): Promise<{ id: number } | null> {
      const { rows } = await db.execute<{ id: number }>(sql`
        INSERT INTO ${users} (username, email, password_hash, role, locale, is_verified, is_demo)
        VALUES (${values.username}, ${values.email}, ${values.password_hash}, ${values.role ?? 'student'},
          ${values.locale ?? 'en'}, ${values.is_verified ?? false}, ${values.is_demo ?? false})
        ON CONFLICT (lower(username)) DO NOTHING RETURNING id`);
      return rows[0] ?? null;
    },

    /** Takes the row's lock; every change that others hear about counts the version up. */
    async change(
      id: number,
      values: Partial<
        Pick<
          typeof users.$inferInsert,
          'username' | 'email' | 'pending_email' | 'role' | 'locale' | 'is_active' | 'is_verified'
        >
      >,
    ) {
      await db
        .update(users)
        .set({ ...values, version: sql`${users.version} + 1`, updated_at: sql`now()` })
        .where(eq(users.id, id));
    },

    /** Drops a change of address that waits, too: whoever asked for it may have known the old password. */
    async setPassword(id: number, passwordHash: string) {
      await db
        .update(users)
        .set({ password_hash: passwordHash, pending_email: null, updated_at: sql`now()` })
        .where(eq(users.id, id));
    },

    /** A better hash of the same password; nothing happens if the password was changed meanwhile. */
    async replaceHash(id: number, from: string, to: string) {
      await db
        .update(users)
        .set({ password_hash: to })
        .where(and(eq(users.id, id), eq(users.password_hash, from)));
    },

    async lock(id: number): Promise<boolean> {
      return (await db.select({ id: users.id }).from(users).where(eq(users.id, id)).for('no key update')).length > 0;
    },

    /** Ids of the active admins, whose rows stay locked, so that two of them cannot remove each other. */
    async lockActiveAdmins(): Promise<number[]> {
      const rows = await db
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.role, 'admin'), eq(users.is_active, true)))
        .orderBy(asc(users.id))
        .for('no key update');
      return rows.map(({ id }) => id);
    },

    /** @returns whether this call is the one that greets. */
    async markGreeted(id: number): Promise<boolean> {
      const result = await db
        .update(users)
        .set({ greeted_at: sql`now()` })
        .where(and(eq(users.id, id), sql`${users.greeted_at} IS NULL`));
      return result.rowCount === 1;
    },

    async list({ skip, limit, q, ids = [], role, is_active, newest_first }: UserList): Promise<Account[]> {
      const part = q && `%${likeLiteral(q.toLowerCase())}%`;
      const rows = await select()
        .where(
          and(
            part
              ? sql`(lower(${users.username}) LIKE ${part} OR lower(${users.email}) LIKE ${part}
                  OR ${users.id} = ANY (${sql.param(ids)}::bigint[]))`
              : undefined,
            role && eq(users.role, role),
            is_active === undefined ? undefined : eq(users.is_active, is_active),
          ),
        )
        .orderBy(newest_first ? desc(users.id) : asc(users.id))
        .offset(skip)
        .limit(limit);
      return rows.map(toAccount);
    },

    /** Active members whose name contains the text, those that begin with it first. */
    async searchByName(text: string, { skip, limit }: { skip: number; limit: number }): Promise<Account[]> {
      const name = sql`lower(${users.username})`;
      const sought = likeLiteral(text.toLowerCase());
      const rows = await select()
        .where(and(eq(users.is_active, true), sql`${name} LIKE ${`%${sought}%`}`))
        .orderBy(sql`${name} LIKE ${`${sought}%`} DESC, length(${users.username}), ${name}`)
        .offset(skip)
        .limit(limit);
      return rows.map(toAccount);
    },

    async counts(): Promise<{ total: number; active: number }> {
      const [row] = await db
        .select({ total: count(), active: sql<number>`count(*) FILTER (WHERE ${users.is_active})`.mapWith(Number) })
        .from(users);
      return row ?? { total: 0, active: 0 };
    },

    /** @returns whether the identity now belongs to this account. */
    async addIdentity(provider: string, subject: string, userId: number): Promise<boolean> {
      await db.insert(identities).values({ provider, subject, user_id: userId }).onConflictDoNothing();
      const [row] = await db
        .select({ user_id: identities.user_id })
        .from(identities)
        .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
      return row?.user_id === userId;
    },

    async dropIdentities(userId: number) {
      await db.delete(identities).where(eq(identities.user_id, userId));
    },

    /** Accounts nobody confirmed or used for 90 days; they are removed, and their names are free again. */
    async deleteNeverVerified(limit: number): Promise<{ id: number; username: string; version: number }[]> {
      const { rows } = await db.execute<{ id: number; username: string; version: number }>(sql`
        DELETE FROM ${users} WHERE id IN (
          SELECT id FROM accounts.users u
          WHERE NOT is_verified AND NOT is_demo AND role = 'student' AND created_at < now() - interval '90 days'
            AND NOT EXISTS (
              SELECT FROM accounts.sessions s WHERE s.user_id = u.id AND s.last_used_at > now() - interval '90 days')
            AND NOT EXISTS (SELECT FROM accounts.identities i WHERE i.user_id = u.id)
          LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING id, username, version`);
      return rows;
    },
  };
}
