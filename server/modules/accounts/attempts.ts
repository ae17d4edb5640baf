/**
 * Growing delay after failures, shared by all processes. Each failure raises a level that drains with time; above what is
 * free, the wait doubles: 1, 2, 4, … seconds.
 *
 * Signing in counts in three places. The pair of account and address: five failures are free, so a stranger delays only
 * their own address (of IPv6 the /64) and not the person. The account and the address alone: more are free, against guessing from many
 * addresses or at many accounts; a pair that has signed in before is exempt from these two.
 */
import { inArray, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { networkOf } from '../../platform/http/address.ts';
import { problem } from '../../platform/http/problems.ts';
import type { Secrets } from './secrets.ts';
import { attempts } from './tables.ts';

interface Rule {
  /** Failures without a delay. */
  free: number;
  drainPerHour: number;
  /** The first delay; every further failure doubles it. */
  firstSeconds: number;
  maxSeconds: number;
}

const QUARTER = 15 * 60;
const rules = {
  pair: { free: 5, drainPerHour: 5, firstSeconds: 1, maxSeconds: QUARTER },
  account: { free: 50, drainPerHour: 50, firstSeconds: 1, maxSeconds: QUARTER },
  // A campus shares one address.
  address: { free: 100, drainPerHour: 600, firstSeconds: 1, maxSeconds: 60 },
  totp: { free: 5, drainPerHour: 5, firstSeconds: 1, maxSeconds: QUARTER },
  /** Confirming a change with the password, once signed in. */
  confirmation: { free: 5, drainPerHour: 5, firstSeconds: 1, maxSeconds: QUARTER },
  /** Tokens from links that are not ours. */
  token: { free: 20, drainPerHour: 60, firstSeconds: 1, maxSeconds: QUARTER },
  /** Codes mailed to a college address, by account and by address. */
  badge: { free: 5, drainPerHour: 0.25, firstSeconds: 3600, maxSeconds: 24 * 3600 },
} satisfies Record<string, Rule>;

/** What is counted, e.g. `['totp', 12]`. */
export type Counter = readonly [rule: keyof typeof rules, ...who: (string | number)[]];

export interface Attempts {
  /** @throws 429 with Retry-After while one of them has to wait. */
  assertOpen(...counters: Counter[]): Promise<void>;
  fail(...counters: Counter[]): Promise<void>;
  reset(...counters: Counter[]): Promise<void>;
}

export interface SignInAttempts {
  /** @throws 429 with Retry-After */
  assertOpen(name: string, address: string): Promise<void>;
  fail(name: string, address: string): Promise<void>;
  /** The pair starts anew and is known for 30 days. */
  succeed(name: string, address: string): Promise<void>;
}

export function createAttempts(db: Db, { keyedHash }: Secrets): Attempts & { signIn: SignInAttempts } {
  const keyOf = (counter: Counter) => keyedHash('attempts', ...counter);

  const read = async (counters: readonly Counter[]) => {
    const rows = await db
      .select({
        key: attempts.key,
        level: attempts.level,
        age: sql<number>`extract(epoch FROM now() - ${attempts.last_at})::float8`,
        isKnown: sql<boolean>`coalesce(${attempts.known_until} > now(), false)`,
      })
      .from(attempts)
      .where(inArray(attempts.key, counters.map(keyOf)));
    return counters.map((counter) => {
      const row = rows.find(({ key }) => key === keyOf(counter));
      return { wait: row ? waitSeconds(rules[counter[0]], row.level, row.age) : 0, isKnown: row?.isKnown ?? false };
    });
  };
  const refuse = (wait: number) => {
    if (wait > 0) throw tooMany(Math.ceil(wait));
  };

  const fail = async (...counters: Counter[]) => {
    for (const counter of counters) {
      const drained = sql`greatest(0, ${attempts.level} - ${rules[counter[0]].drainPerHour}
        * extract(epoch FROM now() - ${attempts.last_at}) / 3600)`;
      await db
        .insert(attempts)
        .values({ key: keyOf(counter), level: 1 })
        .onConflictDoUpdate({ target: attempts.key, set: { level: sql`${drained} + 1`, last_at: sql`now()` } });
    }
  };

  return {
    async assertOpen(...counters) {
      refuse(Math.max(...(await read(counters)).map(({ wait }) => wait)));
    },
    fail,
    async reset(...counters) {
      await db
        .update(attempts)
        .set({ level: 0 })
        .where(inArray(attempts.key, counters.map(keyOf)));
    },

    signIn: {
      async assertOpen(name, address) {
        const [pair, account, whole] = await read(signInCounters(name, address));
        if (!pair || !account || !whole) return;
        refuse(pair.isKnown ? pair.wait : Math.max(pair.wait, account.wait, whole.wait));
      },
      fail: (name, address) => fail(...signInCounters(name, address)),
      async succeed(name, address) {
        const known = { level: 0, known_until: sql`now() + interval '30 days'` };
        await db
          .insert(attempts)
          .values({ key: keyOf(pairOf(name, address)), ...known })
          .onConflictDoUpdate({ target: attempts.key, set: { ...known, last_at: sql`now()` } });
      },
    },
  };
}

const pairOf = (name: string, address: string): Counter => ['pair', name.toLowerCase(), networkOf(address)];
const signInCounters = (name: string, address: string): Counter[] => [
  pairOf(name, address),
  ['account', name.toLowerCase()],
  ['address', networkOf(address)],
];

/** Seconds still to wait at this level, `age` seconds after the last failure. */
export function waitSeconds(
  { free, firstSeconds, maxSeconds }: Omit<Rule, 'drainPerHour'>,
  level: number,
  age: number,
): number {
  // Rounded, so that what drains between two quick failures gives none away.
  const failures = Math.round(level);
  if (failures < free) return 0;
  return Math.max(0, Math.min(maxSeconds, firstSeconds * 2 ** (failures - free)) - age);
}

const tooMany = (seconds: number) =>
  problem(429, 'too_many_attempts', `Too many attempts. Try again ${inWords(seconds)}.`, {
    params: { seconds },
    headers: { 'retry-after': String(seconds) },
  });

const inWords = (seconds: number) =>
  seconds === 1 ? 'in a second' : seconds < 90 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;

/** Forgets counters that have drained. */
export async function forgetOldAttempts(db: Db): Promise<void> {
  await db
    .delete(attempts)
    .where(sql`${attempts.last_at} < now() - interval '2 days' AND coalesce(${attempts.known_until} < now(), true)`);
}

/** Counts nothing and refuses nobody, for load tests. */
export const noSignInAttempts: SignInAttempts = {
  assertOpen: async () => {},
  fail: async () => {},
  succeed: async () => {},
};
