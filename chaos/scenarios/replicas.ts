/**
 * Sessions that write and read over two real replicas whose replay stops and goes on at random: nobody reads what is older
 * than what they have written or read, and nothing is written on a standby.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { createDatabase, sqlState } from '../../server/platform/database/database.ts';
import { createPool } from '../../server/platform/database/pool.ts';
import { openReplicas } from '../../server/platform/database/replicas.ts';
import { createMetrics } from '../../server/platform/telemetry/metrics.ts';
import { startReplicatedDatabase } from '../../server/platform/testing/test-replicas.ts';
import { randomFrom } from '../play.ts';

interface ReplicasOutcome {
  scenario: 'replicas';
  steps: number;
  /** Own writes that were not read. */
  stale: number;
  /** Reads that saw less than the same session had seen before. */
  backwards: number;
  /** Writes by the reader that were taken, and reads that failed. */
  written: number;
  failed: number;
  /** The part of the reads that replicas answered. */
  off_primary_share: number;
}

const SESSIONS = 16;
/** Milliseconds that a replay goes on, and stands still, at the most. */
const CALM = 400;
const STILL = 200;
/** Every so many steps somebody tries to write where one only reads. */
const STRAY = 500;
const READ_ONLY = '25006';
const LIMITS = { kept: 8, burst: 12, queue: 500 };

export const wrongs = ['stale', 'backwards', 'written', 'failed'];

/** It kills nothing, so that it plays by itself. @param within milliseconds after which it takes no further step */
export async function playItself({ steps, seed, within }: { steps: number; seed: number; within: number }) {
  const random = randomFrom(seed);
  const database = await startReplicatedDatabase();
  const pool = createPool(database.url, 'chaos', LIMITS);
  const metrics = createMetrics({});
  const urls = database.replicas.map(({ url }) => url);
  const replicas = await openReplicas(database.url, urls, metrics, LIMITS);
  const db = createDatabase(pool, replicas.noteWrite);
  const counts = { steps: 0, stale: 0, backwards: 0, written: 0, failed: 0 };
  let isDone = false;
  try {
    await db.execute(sql`CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)`);
    await db.execute(sql`INSERT INTO counters SELECT id, 0 FROM generate_series(0, ${SESSIONS - 1}) AS id`);
    // Of a table that is not there yet nobody has seen anything.
    for (const host of replicas.hosts) {
      do await host.check();
      while (host.lag().bytes > 0 || !host.isOnline());
    }
    const trouble = database.replicas.map(async (replica) => {
      while (!isDone) {
        // Often for a moment only, so that it stands still again half way.
        await pause(CALM * random() ** 2);
        await replica.pause();
        await pause(STILL * random());
        await replica.resume();
      }
    });

    const end = Date.now() + within;
    const sessions = Array.from({ length: SESSIONS }, async (_, own) => {
      /** The last value of each counter that this session knows of. */
      const seen = Array.from({ length: SESSIONS }, () => 0);
      const inSession = <T>(work: () => Promise<T>) => replicas.readings.run(`session ${own}`, null, work, () => {});
      const look = async (id: number) => {
        const { rows } = await replicas.reader.execute<{ n: number }>(sql`SELECT n FROM counters WHERE id = ${id}`);
        const n = rows[0]?.n ?? 0;
        if (n < (seen[id] ?? 0)) counts[id === own ? 'stale' : 'backwards'] += 1;
        seen[id] = Math.max(n, seen[id] ?? 0);
      };
      const write = async () => {
        const { rows } = await db.transaction((tx) =>
          tx.execute<{ n: number }>(sql`UPDATE counters SET n = n + 1 WHERE id = ${own} RETURNING n`),
        );
        seen[own] = rows[0]?.n ?? 0;
      };
      const stray = async () => {
        const state = await replicas.reader.execute(sql`UPDATE counters SET n = -1 WHERE id = ${own}`).catch(sqlState);
        if (state !== READ_ONLY) counts.written += 1;
      };
      while (counts.steps < steps && Date.now() < end) {
        counts.steps += 1;
        const chance = random();
        const another = Math.floor(random() * SESSIONS);
        const work =
          counts.steps % STRAY === 0 ? stray : chance < 0.2 ? write : () => look(chance < 0.6 ? own : another);
        await inSession(work).catch(() => {
          counts.failed += 1;
        });
      }
    });
    await Promise.all(sessions);
    isDone = true;
    await Promise.all(trouble);
    const outcome: ReplicasOutcome = {
      scenario: 'replicas',
      ...counts,
      off_primary_share: Math.round(1000 * (await shareOfReplicas(metrics))) / 1000,
    };
    return outcome;
  } finally {
    isDone = true;
    await replicas.close();
    await pool.end();
    await database.close();
  }
}

async function shareOfReplicas({ registry }: ReturnType<typeof createMetrics>): Promise<number> {
  const reads = (await registry.getSingleMetric('database_reads_total')?.get())?.values ?? [];
  const sum = (all: typeof reads) => all.reduce((total, { value }) => total + value, 0);
  return sum(reads.filter(({ labels }) => labels.host !== 'primary')) / Math.max(1, sum(reads));
}
