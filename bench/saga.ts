/**
 * `npm run bench -- saga`: sagas of three steps, each a transaction with two writes, against the same three transactions
 * without a saga; as many side by side, on the same database. `saga` are local steps, `saga_called` those of the form
 * that calls others, whose intent is written before they act. Counts what was written.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { testConfig } from '../server/platform/config/test-config.ts';
import type { Db } from '../server/platform/database/database.ts';
import { defineModule } from '../server/platform/module.ts';
import { defineSaga, type Saga } from '../server/platform/saga/define.ts';
import { createService } from '../server/platform/service.ts';
import { onQueueStage } from './queue-stage.ts';
import { compareSeries } from './statistics.ts';

const SAGAS = 3000;
const LANES = 20;

type Input = { n: number };
const input = Type.Object({ n: Type.Integer() });

async function write(tx: Db, n: number, step: number): Promise<void> {
  await tx.execute(sql`INSERT INTO written (n, step) VALUES (${n}, ${step})`);
  await tx.execute(sql`UPDATE counted SET times = times + 1 WHERE n = ${n % 1000}`);
}
const writeAlone = (db: Db, n: number, step: number) => db.transaction((tx) => write(tx, n, step));

/** The last steps that are still to be done in this turn; whoever waits asks the database only then. */
let left = 0;
let reached = Promise.withResolvers<void>();
async function writeLast(tx: Db, n: number): Promise<void> {
  await write(tx, n, 3);
  left -= 1;
  if (left === 0) reached.resolve();
}

const local = defineSaga('bench.local', input)
  .step('one', { local: true, do: ({ input: { n }, tx }) => write(tx, n, 1) })
  .pivot('two', { local: true, do: ({ input: { n }, tx }) => write(tx, n, 2) })
  .step('three', { local: true, do: ({ input: { n }, tx }) => writeLast(tx, n) })
  .end();
const called = defineSaga('bench.called', input)
  .step('one', { do: ({ input: { n }, platform }) => writeAlone(platform.db, n, 1) })
  .pivot('two', { do: ({ input: { n }, platform }) => writeAlone(platform.db, n, 2) })
  .step('three', { do: ({ input: { n }, platform }) => platform.db.transaction((tx) => writeLast(tx, n)) })
  .end();

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  for (const [bench, saga] of [
    ['saga', local],
    ['saga_called', called],
  ] as const) {
    await onQueueStage(async ({ databaseUrl }) => {
      print({ bench, ...(await compare(databaseUrl, saga, rounds)), unit: 'sagas/s', steps: 3, lanes: LANES, rounds });
    });
  }
}

async function compare(databaseUrl: string, saga: Saga<Input>, rounds: number): Promise<object> {
  const module = defineModule({ name: 'bench', mount: () => ({ sagas: [saga] }) });
  const service = await createService({
    config: testConfig(),
    databaseUrl,
    modules: [module],
    work: true,
    poolLimits: { kept: 20, burst: 10, queue: 1000 },
  });
  // Both have this pool alone.
  const { db, sagas } = service.platform;
  try {
    await db.execute(sql`CREATE TABLE written (n int NOT NULL, step int NOT NULL)`);
    await db.execute(sql`CREATE TABLE counted (n int PRIMARY KEY, times int NOT NULL DEFAULT 0)`);
    await db.execute(sql`INSERT INTO counted SELECT generate_series(0, 999)`);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const a = await perSecond(db, async () => {
        left = SAGAS;
        reached = Promise.withResolvers();
        await inLanes((n) =>
          db.transaction(async (tx) => {
            await sagas.start(tx, saga, { n }, { key: `${round}/${n}` });
          }),
        );
        await haveEnded(db, SAGAS * (round + 1));
      });
      const b = await perSecond(db, () =>
        inLanes(async (n) => {
          for (const step of [1, 2, 3]) await writeAlone(db, n, step);
        }),
      );
      // The first round warms up.
      if (round === 0) continue;
      ours.push(a);
      reference.push(b);
    }
    return compareSeries(ours, reference);
  } finally {
    await service.stop();
  }
}

/** @throws Error unless each of the three writes of each saga is there once. */
async function perSecond(db: Db, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { rows } = await db.execute<{ all: number; different: number; times: number }>(sql`
    SELECT count(*)::int AS all, count(DISTINCT (n, step))::int AS different,
      (SELECT sum(times)::int FROM counted) AS times FROM written`);
  const [{ all, different, times }] = rows as [(typeof rows)[number]];
  if (all !== SAGAS * 3 || different !== all || times !== all) {
    throw new Error(`Of ${SAGAS * 3} writes there are ${all}, ${different} different ones, and ${times} are counted.`);
  }
  await db.execute(sql`TRUNCATE written`);
  await db.execute(sql`UPDATE counted SET times = 0`);
  return SAGAS / seconds;
}

async function haveEnded(db: Db, count: number): Promise<void> {
  await reached.promise;
  for (;;) {
    const { rows } = await db.execute<{ open: boolean }>(sql`
      SELECT EXISTS (SELECT FROM platform.sagas WHERE due_at IS NOT NULL) AS open`);
    if (rows[0]?.open === false) break;
    await pause(5);
  }
  const { rows } = await db.execute<{ done: number }>(sql`
    SELECT count(*)::int AS done FROM platform.sagas WHERE state = 'completed'`);
  if (rows[0]?.done !== count) throw new Error(`Of ${count} sagas ${rows[0]?.done} are completed.`);
}

async function inLanes(work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      while (next < SAGAS) await work(next++);
    }),
  );
}
