/**
 * `npm run bench -- saga`: sagas of three steps, each a transaction with a write of its own, against the same three
 * transactions without a saga; as many side by side, on the same database.
 */
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { testConfig } from '../server/platform/config/test-config.ts';
import { createDatabase, type Db } from '../server/platform/database/database.ts';
import { createPool } from '../server/platform/database/pool.ts';
import { defineModule } from '../server/platform/module.ts';
import { defineSaga } from '../server/platform/saga/define.ts';
import { createService } from '../server/platform/service.ts';
import { onQueueStage } from './queue-stage.ts';
import { compareSeries } from './statistics.ts';

const SAGAS = 3000;
const LANES = 20;

const write = (db: Db, n: number, step: number) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`INSERT INTO written (n, step) VALUES (${n}, ${step})`);
    await tx.execute(sql`UPDATE counted SET times = times + 1 WHERE n = ${n % 1000}`);
  });

let left = 0;
let finished = Promise.withResolvers<void>();
const three = defineSaga('bench.three', Type.Object({ n: Type.Integer() }))
  .step('one', { do: ({ input, platform }) => write(platform.db, input.n, 1) })
  .pivot('two', { do: ({ input, platform }) => write(platform.db, input.n, 2) })
  .step('three', {
    async do({ input, platform }) {
      await write(platform.db, input.n, 3);
      left -= 1;
      if (left === 0) finished.resolve();
    },
  })
  .end();

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  await onQueueStage(async ({ databaseUrl }) => {
    const pool = createPool(databaseUrl, 'bench', { kept: 20, burst: 10, queue: 1000 });
    const db = createDatabase(pool);
    await db.execute(sql`CREATE TABLE written (n int NOT NULL, step int NOT NULL)`);
    await db.execute(sql`CREATE TABLE counted (n int PRIMARY KEY, times int NOT NULL DEFAULT 0)`);
    await db.execute(sql`INSERT INTO counted SELECT generate_series(0, 999)`);
    const service = await createService({
      config: testConfig(),
      databaseUrl,
      modules: [defineModule({ name: 'bench', mount: () => ({ sagas: [three] }) })],
      work: true,
      poolLimits: { kept: 20, burst: 10, queue: 1000 },
    });
    try {
      const ours: number[] = [];
      const reference: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        left = SAGAS;
        finished = Promise.withResolvers();
        const a = await perSecond(async () => {
          await inLanes((n) =>
            db.transaction(async (tx) => {
              await service.platform.sagas.start(tx, three, { n }, { key: `${round}/${n}` });
            }),
          );
          await finished.promise;
        });
        const b = await perSecond(() =>
          inLanes(async (n) => {
            for (const step of [1, 2, 3]) await write(db, n, step);
          }),
        );
        // The first round warms up.
        if (round === 0) continue;
        ours.push(a);
        reference.push(b);
      }
      print({ bench: 'saga', ...compareSeries(ours, reference), unit: 'sagas/s', steps: 3, lanes: LANES, rounds });
    } finally {
      await service.stop();
      await pool.end();
    }
  });
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return SAGAS / ((performance.now() - start) / 1000);
}

async function inLanes(work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      while (next < SAGAS) await work(next++);
    }),
  );
}
