/**
 * One of the processes of the scenario `cache`: counts in PostgreSQL and reads what it counted through the cache, over
 * replicas and Redis, as it is told by its parent. It ends when that does.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { createCache } from '../server/platform/cache/cache.ts';
import { createDatabase } from '../server/platform/database/database.ts';
import { createListener } from '../server/platform/database/listener.ts';
import { createPool } from '../server/platform/database/pool.ts';
import type { ReadToken } from '../server/platform/database/read-token.ts';
import { openReplicas } from '../server/platform/database/replicas.ts';
import { createLog } from '../server/platform/telemetry/log.ts';
import { createMetrics } from '../server/platform/telemetry/metrics.ts';

export interface Place {
  databaseUrl: string;
  replicaUrls: string[];
  redisUrl: string;
}
export interface Order {
  id: number;
  act: 'read' | 'write' | 'figures';
  counter: number;
  /** What the session has to see. */
  token: ReadToken | null;
}
export interface Done {
  id: number;
  value: number;
  token: ReadToken | null;
  error?: string;
}

const LIMITS = { kept: 4, burst: 8, queue: 500 };
/** Short, so that entries are made anew ahead of time and outlive their time as well. */
const SECONDS = 3;
/** Milliseconds from a read to its entry, at the most. */
const SLOWEST = 20;

process.on('disconnect', () => process.exit());
process.once('message', async (place: Place) => {
  const act = await open(place);
  process.on('message', (order: Order) => {
    act(order).then(
      (done) => process.send?.({ id: order.id, ...done }),
      (error: Error) => process.send?.({ id: order.id, value: 0, token: null, error: error.stack ?? String(error) }),
    );
  });
  process.send?.('ready');
});

async function open({ databaseUrl, replicaUrls, redisUrl }: Place) {
  const metrics = createMetrics({});
  const pool = createPool(databaseUrl, 'chaos', LIMITS);
  const { reader, readings, noteWrite } = await openReplicas(databaseUrl, replicaUrls, metrics, LIMITS);
  const db = createDatabase(pool, noteWrite);
  const listener = createListener(databaseUrl);
  const log = createLog('silent');
  const cache = await createCache({ db, databaseUrl, listener, log, metrics, redisUrl, megabytes: 8, serves: true });

  const read = (counter: number) =>
    cache.read(`counter ${counter}`, { seconds: SECONDS, tags: [`counter/${counter}`] }, async () => {
      const { rows } = await reader.execute<{ n: number }>(sql`SELECT n FROM counters WHERE id = ${counter}`);
      // What is changed meanwhile is not to be kept.
      await pause(SLOWEST * Math.random() ** 2);
      return rows[0]?.n ?? -1;
    });
  const write = (counter: number) =>
    db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ n: number }>(
        sql`UPDATE counters SET n = n + 1 WHERE id = ${counter} RETURNING n`,
      );
      await cache.invalidate(tx, [`counter/${counter}`]);
      return rows[0]?.n ?? -1;
    });
  const shareOfHits = async () => {
    const of = async (name: string) =>
      ((await metrics.registry.getSingleMetric(name)?.get())?.values ?? []).reduce((sum, { value }) => sum + value, 0);
    const given =
      (await of('cache_hits_total')) + (await of('cache_stale_total')) + (await of('cache_coalesced_total'));
    return given / Math.max(1, given + (await of('cache_loads_total')));
  };

  return async ({ act, counter, token }: Order): Promise<Omit<Done, 'id'>> => {
    if (act === 'figures') return { value: await shareOfHits(), token: null };
    let news = token;
    const work = () => (act === 'read' ? read(counter) : write(counter));
    const value = await readings.run(null, token, work, (next) => {
      news = next;
    });
    return { value, token: news };
  };
}
