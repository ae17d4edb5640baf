/** Where queues are measured: a durable PostgreSQL of its own, our schema, and pg-boss alone beside us. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { startEmbeddedPostgres } from '../server/platform/database/embedded-postgres.ts';
import { migrate, migrationSources } from '../server/platform/database/migrate.ts';

/** pg-boss as one would use it by hand, with an empty handler. */
export interface BareQueue {
  create(queue: string): Promise<void>;
  send(queue: string, data: object): Promise<void>;
  /** Fetches and completes until nothing is left. */
  drain(queue: string, batch: number): Promise<void>;
  work(queue: string, handle: (data: unknown) => void): Promise<void>;
}

export interface QueueStage {
  databaseUrl: string;
  bare: BareQueue;
  /** Puts so many empty jobs in. */
  fill(queue: string, count: number): Promise<void>;
}

export async function onQueueStage(measure: (stage: QueueStage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const boss = new PgBoss({ connectionString: postgres.url, useListenNotify: true });
  try {
    await migrate(postgres.url, migrationSources([]));
    await boss.start();
    await measure({
      databaseUrl: postgres.url,
      bare: bareQueue(boss),
      async fill(queue, count) {
        for (let from = 0; from < count; from += 5000) {
          await boss.insert(
            queue,
            Array.from({ length: Math.min(5000, count - from) }, () => ({ data: {} })),
          );
        }
      },
    });
  } finally {
    await boss.stop({ graceful: false });
    await postgres.stop();
    await rm(postgres.dataFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

const bareQueue = (boss: PgBoss): BareQueue => ({
  create: (queue) => boss.createQueue(queue, { notify: true }),
  async send(queue, data) {
    await boss.send(queue, data);
  },
  async drain(queue, batch) {
    for (;;) {
      const jobs = await boss.fetch(queue, { batchSize: batch });
      if (jobs.length === 0) return;
      await boss.complete(queue, jobs);
    }
  },
  async work(queue, handle) {
    await boss.work(queue, { notifyPollingIntervalSeconds: 5 }, async (jobs) => {
      for (const { data } of jobs) handle(data);
    });
  },
});
