/** Processes that count in one database and read what they counted through the cache, with a Redis that a test may hurt. */
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createDatabase, type Db } from '../database/database.ts';
import { createListener } from '../database/listener.ts';
import { createPool } from '../database/pool.ts';
import { readFrom } from '../database/reading.ts';
import { createLog } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { startRedisServer } from '../testing/redis-server.ts';
import { createTestDatabase, TEST_POOL } from '../testing/test-database.ts';
import { type Cache, createCache } from './cache.ts';

export const keeping = { seconds: 300, tags: ['counter'] };

export interface Process {
  cache: Cache;
  db: Db;
  /** Reads the counter through the cache. */
  read(): Promise<number>;
  /** Adds one and says so, as one. @returns the new value */
  write(): Promise<number>;
  loads(): number;
  figure(name: string): Promise<number>;
  close(): Promise<void>;
}

/** What the tests of a file share. */
export async function openPlace() {
  const [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  const open: Process[] = [];

  const onDatabase = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const onRedis = async (...command: [string, ...string[]]): Promise<void> => {
    const client = new Redis(redis.url);
    await client.call(...command).finally(() => client.disconnect());
  };
  const start = async ({ redisUrl = null as string | null, megabytes = 8 } = {}): Promise<Process> => {
    const pool = createPool(database.url, 'test', TEST_POOL);
    const db = createDatabase(pool);
    const listener = createListener(database.url);
    const metrics = createMetrics({});
    const log = createLog('silent');
    const parts = { db, databaseUrl: database.url, listener, log, metrics, redisUrl, megabytes, serves: true };
    const cache = await createCache(parts);
    let loads = 0;
    const process: Process = {
      cache,
      db,
      read: () =>
        cache.read('counter', keeping, async () => {
          loads += 1;
          return readCounter(db);
        }),
      write: () =>
        db.transaction(async (tx) => {
          const { rows } = await tx.execute<{ n: number }>(sql`UPDATE counters SET n = n + 1 RETURNING n`);
          await cache.invalidate(tx, ['counter']);
          return rows[0]?.n ?? 0;
        }),
      loads: () => loads,
      async figure(name) {
        const { values } = (await metrics.registry.getSingleMetric(name)?.get()) ?? { values: [] };
        return values.reduce((sum, { value }) => sum + value, 0);
      },
      async close() {
        cache.close();
        await listener.close();
        await pool.end();
      },
    };
    open.push(process);
    return process;
  };

  await onDatabase('CREATE TABLE counters (n int NOT NULL)');
  await onDatabase('INSERT INTO counters VALUES (0)');
  return {
    database,
    redis,
    onDatabase,
    onRedis,
    start,
    /** Ends the processes, and what they left behind. */
    async clear() {
      for (const process of open.splice(0)) await process.close();
      await onDatabase('TRUNCATE platform.cache_changes');
      await onRedis('FLUSHALL');
    },
    async close() {
      await redis.close();
      await database.drop();
    },
  };
}

export type CachePlace = Awaited<ReturnType<typeof openPlace>>;

export async function readCounter(db: Db): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`SELECT n FROM counters`);
  return rows[0]?.n ?? 0;
}

/** As for a session that has a token of this moment. */
export async function afterNow<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const { rows } = await db.execute<{ lsn: number }>(
    sql`SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::int8 AS lsn`,
  );
  return readFrom({ timeline: 1, lsn: rows[0]?.lsn ?? 0 }, work);
}
