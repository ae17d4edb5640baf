/** Accounts in bulk, for the demo campus. */
import type { Role } from '@collabthon/contracts/accounts';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Platform } from '../../platform/module.ts';
import { createContext, presentMember } from './context.ts';
import { createUserStore } from './store.ts';
import { badges, collegeDomains, users } from './tables.ts';

export interface DemoAccount {
  username: string;
  email: string;
  password: string;
  role?: Role;
  /** The address is confirmed; true unless said. */
  is_verified?: boolean;
  /** A domain that earns the badge; it is put on the list if it is not there. */
  badge?: { domain: string; college: string; kind: 'student' | 'alumni' };
  /** RFC 3339; now unless said. */
  created_at?: string;
}

/**
 * Inserts demo accounts in one transaction and returns their ids in the given order. Each password is hashed once, however
 * many accounts share it. No mail goes out.
 *
 * With `publish` (the default), `member.registered` and `member.changed` are published for each, as if they had come one
 * by one; without, the caller has to fill what other modules derive from these events.
 *
 * @throws when a username or a verified address is there already
 */
export async function insertDemoAccounts(
  platform: Platform,
  accounts: readonly DemoAccount[],
  { publish = true }: { publish?: boolean } = {},
): Promise<number[]> {
  const { passwords, secrets } = createContext(platform);
  const hashes = new Map<string, string>();
  for (const { password } of accounts) {
    if (!hashes.has(password)) hashes.set(password, await passwords.hash(password));
  }

  return platform.db.transaction(async (tx) => {
    const ids: number[] = [];
    for (let at = 0; at < accounts.length; at += 500) {
      const rows = await tx
        .insert(users)
        .values(
          accounts.slice(at, at + 500).map((account) => ({
            username: account.username,
            email: account.email,
            password_hash: hashes.get(account.password) ?? null,
            role: account.role ?? ('student' as const),
            is_verified: account.is_verified ?? true,
            is_demo: true,
            ...(account.created_at !== undefined && { created_at: account.created_at }),
          })),
        )
        .returning({ id: users.id });
      ids.push(...rows.map(({ id }) => id));
    }

    const domains = new Map<string, number>();
    for (const { badge } of accounts) {
      if (!badge || domains.has(badge.domain)) continue;
      await tx.insert(collegeDomains).values(badge).onConflictDoNothing();
      const [row] = await tx
        .select({ id: collegeDomains.id })
        .from(collegeDomains)
        .where(eq(collegeDomains.domain, badge.domain));
      if (row) domains.set(badge.domain, row.id);
    }
    const granted = accounts.flatMap(({ badge, email }, index) => {
      const domain_id = badge && domains.get(badge.domain);
      const user_id = ids[index];
      if (!domain_id || !user_id) return [];
      const email_hash = secrets.keyedHash('badge address', email.toLowerCase());
      return [{ user_id, domain_id, email_hash, expires_at: sql`now() + interval '12 months'` as never }];
    });
    for (let at = 0; at < granted.length; at += 500) await tx.insert(badges).values(granted.slice(at, at + 500));
    await tx.update(users).set({ greeted_at: sql`now()` }).where(inArray(users.id, ids));

    if (publish) {
      const store = createUserStore(tx);
      for (const id of ids) {
        const account = await store.find(id);
        if (!account) continue;
        await platform.events.publish(tx, 'member.registered', {
          user_id: id,
          username: account.username,
          is_demo: true,
        });
        await platform.events.publish(tx, 'member.changed', presentMember(account));
      }
    }
    return ids;
  });
}
