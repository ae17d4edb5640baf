/**
 * `npm run bench -- router`: one row by its key through the router of replicas, in a session, against the same statement by
 * the same layer over a plain pool to the same replica.
 */
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Reader } from '../server/platform/database/database.ts';
import { readOnly } from '../server/platform/database/host.ts';
import { openReplicas } from '../server/platform/database/replicas.ts';
import { createMetrics } from '../server/platform/telemetry/metrics.ts';
import { startReplicatedDatabase } from '../server/platform/testing/test-replicas.ts';
import { type Measured, runContest } from './harness.ts';

const LANES = 16;
const ROWS = 1000;
const LIMITS = { kept: LANES, burst: 4, queue: 100 };

export async function run(print: (line: object) => void, turns: { rounds: number; seconds: number }): Promise<void> {
  const database = await startReplicatedDatabase();
  try {
    await fill(database.url);
    const [replica] = database.replicas;
    if (!replica) throw new Error('There is no replica.');
    const plain = new pg.Pool({ connectionString: replica.url, max: LANES, ...readOnly });
    plain.on('error', () => {});
    const replicas = await openReplicas(database.url, [replica.url], createMetrics({}), LIMITS);
    const [host] = replicas.hosts;
    do await host?.check();
    while (host && (!host.isOnline() || host.lag().bytes > 0));

    const direct = drizzle({ client: plain });
    const inSession = (lane: number) => (work: () => Promise<void>) =>
      replicas.readings.run(`session ${lane}`, null, work, () => {});
    print(
      await runContest(
        {
          bench: 'router',
          unit: 'reads/s',
          ours: (seconds) => measure(replicas.reader, seconds, inSession),
          reference: (seconds) => measure(direct, seconds, () => (work) => work()),
        },
        turns,
      ),
    );
    await plain.end();
    await replicas.close();
  } finally {
    await database.close();
  }
}

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE things (id int PRIMARY KEY, name text NOT NULL)');
  await client.query(`INSERT INTO things SELECT id, 'thing ' || id FROM generate_series(1, ${ROWS}) AS id`);
  await client.query('VACUUM ANALYZE things');
  await client.end();
}

type Around = (lane: number) => (work: () => Promise<void>) => Promise<void>;

/** @param around each read is a piece of work of its own, as a request is */
async function measure(reader: Reader, seconds: number, around: Around): Promise<Measured> {
  const { user: before, system } = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const read = async () => {
    const id = 1 + (count % ROWS);
    const { rows } = await reader.execute<{ name: string }>(sql`SELECT name FROM things WHERE id = ${id}`);
    if (rows[0]?.name !== `thing ${id}`) throw new Error(`Thing ${id} is ${JSON.stringify(rows)}.`);
  };
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const run = around(lane);
    while (performance.now() < end) {
      await run(read);
      count += 1;
    }
  });
  await Promise.all(lanes);
  const after = process.cpuUsage();
  return {
    per_second: (count * 1000) / (performance.now() - start),
    cpu_us: (after.user + after.system - before - system) / count,
  };
}
