/** Reads over two real replicas that lag, hang, die and come back, as those who read see it: not at all. */
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeSigningKey } from '../config/secrets.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { type ReplicatedDatabase, startReplicatedDatabase } from '../testing/test-replicas.ts';
import { createDatabase, type Db, sqlState } from './database.ts';
import { createPool } from './pool.ts';
import { createTokenSigner, type ReadToken, tokenAt } from './read-token.ts';
import { openReplicas, type Replicas } from './replicas.ts';

const LIMITS = { kept: 0, burst: 10, queue: 500 };

let database: ReplicatedDatabase;
let pool: pg.Pool;
let metrics: Metrics;
let replicas: Replicas;
let db: Db;

beforeAll(async () => {
  database = await startReplicatedDatabase();
  metrics = createMetrics({});
  const urls = database.replicas.map(({ url }) => url);
  replicas = await openReplicas(database.url, urls, metrics, LIMITS);
  pool = createPool(database.url, 'test', LIMITS);
  db = createDatabase(pool, replicas.noteWrite);
  await db.execute(sql`CREATE TABLE notes (id int PRIMARY KEY, n int)`);
  await db.execute(sql`INSERT INTO notes VALUES (1, 0)`);
  await vi.waitUntil(async () => {
    await Promise.all(replicas.hosts.map((host) => host.check()));
    return replicas.hosts.every((host) => host.lag().bytes === 0);
  });
});
afterAll(async () => {
  await replicas.close();
  await pool.end();
  await database.close();
});
afterEach(async () => {
  for (const replica of database.replicas) await replica.resume().catch(() => {});
  await allOnline();
});

const allOnline = () =>
  vi.waitUntil(() => replicas.hosts.every((host) => host.isOnline()), { timeout: 20_000, interval: 20 });

const session = <T>(key: string | null, work: () => Promise<T>, onToken: (token: ReadToken) => void = () => {}) =>
  replicas.readings.run(key, null, work, onToken);
const read = async () => Number((await replicas.reader.execute(sql`SELECT n FROM notes WHERE id = 1`)).rows[0]?.n);
const increment = () => db.transaction((tx) => tx.execute(sql`UPDATE notes SET n = n + 1 WHERE id = 1`));
const current = async () => Number((await db.execute(sql`SELECT n FROM notes WHERE id = 1`)).rows[0]?.n);

/** How many reads went where, for these reasons; resets nothing. */
const counted = async (host: string, ...reasons: string[]) => {
  const { values } = (await metrics.registry.getSingleMetric('database_reads_total')?.get()) ?? { values: [] };
  return values
    .filter(({ labels }) => labels.host === host && (reasons.length === 0 || reasons.includes(String(labels.reason))))
    .reduce((sum, { value }) => sum + value, 0);
};
/** One that has this replica for its home. */
async function sessionOf(host: string): Promise<string> {
  for (let n = 0; ; n += 1) {
    const before = await counted(host, 'home');
    await session(`at home ${n}`, read);
    if ((await counted(host, 'home')) > before) return `at home ${n}`;
  }
}

/** Reads of many who come and go, until told to stop. @returns what failed, how many there were, and the longest one */
function load() {
  let isDone = false;
  const failures: unknown[] = [];
  const times: number[] = [];
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let turn = 0; !isDone; turn += 1) {
      const began = performance.now();
      await session(turn % 2 ? `${lane}` : null, read).catch((error: unknown) => failures.push(error));
      times.push(performance.now() - began);
    }
  });
  return {
    count: () => times.length,
    async stop() {
      isDone = true;
      await Promise.all(lanes);
      return { failures, count: times.length, longest: Math.max(...times) };
    },
  };
}

describe('reads', () => {
  it('come from replicas', async () => {
    const before = await counted('primary');
    for (let n = 0; n < 50; n += 1) await session(n % 2 ? String(n) : null, read);
    expect(await counted('primary')).toBe(before);
    expect(await counted('replica-1', 'free', 'home')).toBeGreaterThan(0);
    expect(await counted('replica-2', 'free', 'home')).toBeGreaterThan(0);
  });

  it('of one request come from one host', async () => {
    const identity = sql`SELECT current_setting('port') AS port`;
    for (let n = 0; n < 20; n += 1) {
      const ports = await session(null, async () => {
        const answers = await Promise.all(Array.from({ length: 5 }, () => replicas.reader.execute(identity)));
        return answers.map(({ rows }) => rows[0]?.port);
      });
      expect(new Set(ports).size).toBe(1);
    }
  });

  it('cannot write, neither on a replica nor on the primary that stands in for it', async () => {
    const write = () => replicas.reader.execute(sql`INSERT INTO notes VALUES (2, 2)`).catch(sqlState);
    expect(await session(null, write)).toBe('25006');
    for (const replica of database.replicas) await replica.pause();
    await session('writer', async () => {
      await increment();
      expect(await write()).toBe('25006');
    });
  });

  it('outside of any request see what was committed before', async () => {
    for (let n = 0; n < 20; n += 1) {
      await increment();
      expect(await read()).toBe(await current());
    }
  });
});

describe('a session', () => {
  it('sees its own writes, from the primary while replay is paused', async () => {
    for (const replica of database.replicas) await replica.pause();
    const before = await counted('primary', 'token');
    await session('a', increment);
    expect(await session('a', read)).toBe(await current());
    expect(await counted('primary', 'token')).toBe(before + 1);
    // Of others it may see less.
    expect(await session('b', read)).toBe((await current()) - 1);
  });

  it('is answered by the replica that has come far enough', async () => {
    await database.replicas[0]?.pause();
    await session('c', increment);
    const before = await counted('replica-2');
    for (let n = 0; n < 5; n += 1) expect(await session(null, async () => read())).toBeLessThanOrEqual(await current());
    for (let n = 0; n < 5; n += 1) expect(await session('c', read)).toBe(await current());
    expect(await counted('replica-2')).toBeGreaterThan(before);
  });

  it('takes what it has to see along, and only where it wrote', async () => {
    const tokens: ReadToken[] = [];
    await session('d', read, (token) => tokens.push(token));
    await session(
      'd',
      () => db.transaction((tx) => tx.execute(sql`SELECT 1`)),
      (token) => tokens.push(token),
    );
    expect(tokens).toEqual([]);
    for (const replica of database.replicas) await replica.pause();
    await session('d', increment, (token) => tokens.push(token));
    expect(tokens).toHaveLength(1);
    const elsewhere = await replicas.readings.run('unknown here', tokens[0] ?? null, read, () => {});
    expect(elsewhere).toBe(await current());
  });

  it('goes on from what it has read elsewhere while its replica was out', async () => {
    const [replica] = database.replicas;
    const key = await sessionOf('replica-1');
    const before = await current();
    expect(await session(key, read)).toBe(before);
    await replica?.pause();
    await increment();
    replica?.signal('SIGSTOP', 'all');
    try {
      await expect.poll(() => replicas.hosts[0]?.isOnline()).toBe(false);
      await expect.poll(() => session(key, read)).toBe(before + 1);
    } finally {
      replica?.signal('SIGCONT', 'all');
    }
    // It is well, but not as far.
    await allOnline();
    expect(await session(key, read)).toBe(before + 1);
  });

  it('with a token of another timeline reads from the primary', async () => {
    const { lsn, timeline } = { lsn: 1, timeline: 0 };
    const before = await counted('primary', 'token');
    await replicas.readings.run('e', tokenAt({ lsn, timeline }), read, () => {});
    expect(await counted('primary', 'token')).toBe(before + 1);
  });
});

describe('a replica that', () => {
  it('is killed under load costs no read, and comes back', async () => {
    const reads = load();
    await expect.poll(reads.count).toBeGreaterThan(100);
    database.replicas[0]?.signal('SIGKILL');
    await expect.poll(() => replicas.hosts[0]?.isOnline()).toBe(false);
    await allOnline();
    const before = await counted('replica-1');
    await expect.poll(() => counted('replica-1')).toBeGreaterThan(before);
    expect((await reads.stop()).failures).toEqual([]);
  });

  it('hangs is left within a moment, and comes back', async () => {
    const reads = load();
    await expect.poll(reads.count).toBeGreaterThan(100);
    database.replicas[1]?.signal('SIGSTOP', 'all');
    try {
      await expect.poll(() => replicas.hosts[1]?.isOnline()).toBe(false);
      const before = reads.count();
      await expect.poll(reads.count).toBeGreaterThan(before + 100);
    } finally {
      database.replicas[1]?.signal('SIGCONT', 'all');
    }
    await allOnline();
    const { failures, longest } = await reads.stop();
    expect(failures).toEqual([]);
    // Far less than the 35 s after which a read gives up by itself.
    expect(longest).toBeLessThan(5000);
  });

  it('takes no new connections is left, too', async () => {
    const reads = () =>
      Array.from({ length: 24 }, () => session(null, () => replicas.reader.execute(sql`SELECT pg_sleep(0.2)`)));
    database.replicas[0]?.signal('SIGSTOP');
    try {
      // More than there are connections already.
      await expect(Promise.all(reads())).resolves.toHaveLength(24);
      expect(replicas.hosts[0]?.isOnline()).toBe(false);
    } finally {
      database.replicas[0]?.signal('SIGCONT');
    }
  });

  it('cancels a read that stands in the way of replay has it answered elsewhere', async () => {
    // The first read takes a snapshot that the rows which are then cleaned away belong to.
    const slow = session(null, () =>
      replicas.reader.execute(sql`SELECT (SELECT count(*) FROM notes) AS n, pg_sleep(4), (SELECT count(*) FROM notes)`),
    );
    for (let n = 0; n < 5; n += 1) await increment();
    await db.execute(sql`VACUUM notes`);
    expect((await slow).rows).toHaveLength(1);
  });
});

describe('a token', () => {
  const signer = createTokenSigner(makeSigningKey());

  const signed = () => {
    const token = tokenAt({ timeline: 1, lsn: 123_456_789 });
    return { token, text: signer.write(token) };
  };

  it('is read as it was written', () => {
    const { token, text } = signed();
    expect(signer.read(text)).toEqual(token);
  });
  it('counts for nothing when it is tampered with, of another key, expired or nonsense', () => {
    const { token, text } = signed();
    const last = text.at(-2) === 'A' ? 'B' : 'A';
    const forged = [
      `2${text.slice(1)}`,
      `${text.slice(0, -2)}${last}${text.slice(-1)}`,
      createTokenSigner(makeSigningKey()).write(token),
      signer.write({ ...token, until: Date.now() - 1 }),
      '',
      'a.b',
      undefined,
      [text],
    ];
    expect(forged.map(signer.read)).toEqual(forged.map(() => null));
  });
});
