/** A service with all modules on a durable PostgreSQL of its own, and nothing in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Db } from '../server/platform/database/database.ts';
import { startEmbeddedPostgres } from '../server/platform/database/embedded-postgres.ts';
import { createPool } from '../server/platform/database/pool.ts';
import { createService, type Service } from '../server/platform/service.ts';
import { allModules } from '../server/services/modules.ts';
import { benchConfig } from './config.ts';

export interface OwnStage {
  url: string;
  databaseUrl: string;
  platform: Service['platform'];
  /** For filling: its statements may take minutes. */
  patient: Db;
}

/** Runs `measure` on such a stage and takes everything down after it. */
export async function onOwnStage(measure: (stage: OwnStage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  try {
    const service = await createService({ config: benchConfig(), databaseUrl: postgres.url, modules: allModules });
    const pool = createPool(postgres.url, 'bench', { kept: 0, burst: 1, queue: 1 }, { query_timeout: 0 });
    try {
      await measure({
        url: await service.listen(),
        databaseUrl: postgres.url,
        platform: service.platform,
        patient: createDatabase(pool),
      });
    } finally {
      await pool.end();
      await service.stop();
    }
  } finally {
    await postgres.stop();
    await rm(postgres.dataFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @throws Error unless the answer is 2xx. */
export async function ask(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
