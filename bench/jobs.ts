/**
 * `npm run bench -- jobs`: empty jobs per second through platform/jobs, against pg-boss alone. Single: one at a time; the
 * bare part fetches one and completes it. Batched: as the platform gathers them; the bare part fetches and completes 50
 * at a time. Also how fast a backlog of 20,000 drains whose statistics nobody refreshed.
 */
import { Type } from 'typebox';
import { createJobs, type JobRunner } from '../server/platform/jobs/jobs.ts';
import { createLog } from '../server/platform/telemetry/log.ts';
import { createMetrics } from '../server/platform/telemetry/metrics.ts';
import { type BareQueue, onQueueStage } from './queue-stage.ts';
import { compareSeries, rounded } from './statistics.ts';

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  await onQueueStage(async (stage) => {
    for (const { bench, jobs, concurrency, batch } of [
      { bench: 'jobs_single', jobs: 500, concurrency: 1, batch: 1 },
      { bench: 'jobs_batched', jobs: 10_000, concurrency: 50, batch: 50 },
    ]) {
      const ours: number[] = [];
      const reference: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const a = await drainOurs(stage.databaseUrl, `bench.ours_${bench}`, jobs, concurrency, stage.fill);
        const b = await drainBare(stage.bare, `bench.bare_${bench}`, jobs, batch, stage.fill);
        // The first round warms up.
        if (round === 0) continue;
        ours.push(a);
        reference.push(b);
      }
      print({ bench, ...compareSeries(ours, reference), unit: 'jobs/s', rounds });
    }
  });
  await onQueueStage(async (stage) => {
    const perSecond = await drainOurs(stage.databaseUrl, 'bench.backlog', 20_000, 10, stage.fill);
    print({ bench: 'jobs_backlog', ours: rounded(perSecond), unit: 'jobs/s', jobs: 20_000 });
  });
}

type Fill = (queue: string, count: number) => Promise<void>;

async function drainOurs(url: string, queue: string, jobs: number, concurrency: number, fill: Fill): Promise<number> {
  let left = jobs;
  const done = Promise.withResolvers<void>();
  const open = (work: boolean): JobRunner => {
    const runner = createJobs({ url, log: createLog('error'), metrics: createMetrics({}), work, schedules: false });
    runner.addQueue({
      name: queue,
      input: Type.Object({}),
      retryLimit: 2,
      expireInSeconds: 60,
      concurrency,
      async handle() {
        left -= 1;
        if (left === 0) done.resolve();
      },
    });
    return runner;
  };
  const preparing = open(false);
  await preparing.start();
  await fill(queue, jobs);
  const runner = open(true);
  const start = performance.now();
  await runner.start();
  await done.promise;
  const seconds = (performance.now() - start) / 1000;
  await runner.stop();
  await preparing.stop();
  return jobs / seconds;
}

async function drainBare(bare: BareQueue, queue: string, jobs: number, batch: number, fill: Fill): Promise<number> {
  await bare.create(queue);
  await fill(queue, jobs);
  const start = performance.now();
  await bare.drain(queue, batch);
  return jobs / ((performance.now() - start) / 1000);
}
