/** `npm run bench -- enqueue-to-start`: milliseconds from the commit that enqueues to the handler, one job at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import { Type } from 'typebox';
import { createDatabase } from '../server/platform/database/database.ts';
import { createPool } from '../server/platform/database/pool.ts';
import { createJobs } from '../server/platform/jobs/jobs.ts';
import { createLog } from '../server/platform/telemetry/log.ts';
import { createMetrics } from '../server/platform/telemetry/metrics.ts';
import { onQueueStage } from './queue-stage.ts';
import { median, percentile, rounded } from './statistics.ts';

const JOBS = 300;

export async function run(print: (line: object) => void): Promise<void> {
  await onQueueStage(async ({ databaseUrl, bare }) => {
    const pool = createPool(databaseUrl, 'bench', { kept: 1, burst: 4, queue: 10 });
    const db = createDatabase(pool);
    const jobs = createJobs({
      url: databaseUrl,
      log: createLog('error'),
      metrics: createMetrics({}),
      work: true,
      schedules: false,
    });
    let begun = () => {};
    jobs.addQueue({
      name: 'bench.ours',
      input: Type.Object({}),
      retryLimit: 2,
      expireInSeconds: 60,
      handle: async () => begun(),
    });
    await jobs.start();
    await bare.create('bench.bare');
    await bare.work('bench.bare', () => begun());

    const time = async (enqueue: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      const beginning = new Promise<void>((resolve) => {
        begun = resolve;
      });
      await enqueue();
      await beginning;
      const took = performance.now() - start;
      // The next one finds an idle worker.
      await pause(20);
      return took;
    };
    const ours: number[] = [];
    const reference: number[] = [];
    for (let job = 0; job < JOBS; job += 1) {
      ours.push(await time(() => db.transaction((tx) => jobs.enqueue(tx, 'bench.ours', {}))));
      reference.push(await time(() => bare.send('bench.bare', {})));
    }
    await jobs.stop();
    await pool.end();
    print({
      bench: 'enqueue-to-start',
      ours: rounded(median(ours)),
      reference: rounded(median(reference)),
      ratio: rounded(median(ours) / median(reference), 3),
      ours_p95: rounded(percentile(ours, 0.95)),
      reference_p95: rounded(percentile(reference, 0.95)),
      unit: 'ms',
      jobs: JOBS,
    });
  });
}
