/** Once for a test run: a PostgreSQL server without fsync, and a migrated template that every test file copies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { testConfig } from '../config/test-config.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { createService } from '../service.ts';
import { loadModules } from './modules.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export const TEMPLATE = 'collabthon_template';

export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'collabthon-tests-'));
  const postgres = await startEmbeddedPostgres({ dataDir, ephemeral: true });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();

  // A started and stopped service leaves the schema, the queues and nothing else.
  const url = new URL(postgres.url);
  url.pathname = `/${TEMPLATE}`;
  const modules = await loadModules();
  const service = await createService({ config: testConfig(), databaseUrl: url.href, modules, work: false });
  await service.stop();
  project.provide('postgresUrl', postgres.url);

  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
