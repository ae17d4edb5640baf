/** Where the HTTP measures take place: a durable PostgreSQL with 10,000 projects, the service and the bare parts. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { projectBlueprints } from '../server/demo/projects/index.ts';
import { quiet } from '../server/demo/quiet.ts';
import { insertDemoAccounts } from '../server/modules/accounts/index.ts';
import { insertDemoProfiles } from '../server/modules/profiles/index.ts';
import { insertProjectsInBulk } from '../server/modules/projects/index.ts';
import { startEmbeddedPostgres } from '../server/platform/database/embedded-postgres.ts';
import type { Platform } from '../server/platform/module.ts';
import { createService, type Service } from '../server/platform/service.ts';
import { recordStatements, type Statement } from '../server/platform/testing/statements.ts';
import { allModules } from '../server/services/modules.ts';
import { type Child, pinGenerator, startChild } from './children.ts';
import { benchConfig } from './config.ts';
import type { ReferenceAnswer, ReferenceQuestion } from './reference-child.ts';
import type { ServiceAnswer, ServiceQuestion } from './service-child.ts';

const OWNERS = 100;
const PROJECTS = 10_000;
const MINUTE = 60_000;
export const LOGIN = { username: 'bench_1', password: 'a password for the bench' };

export interface Stage {
  /** Of the service. */
  url: string;
  databaseUrl: string;
  service: Child<ServiceQuestion, ServiceAnswer>;
  /** Starts another one on the same database, with so much cache. */
  startService(megabytes: number): Promise<Pick<Stage, 'url' | 'service'>>;
  reference: Child<ReferenceQuestion, ReferenceAnswer>;
  postgresVersion: string;
  isPinned: boolean;
  projectId: number;
  passwordHash: string;
  /** What the service asks the database for one request of each kind. */
  statements: Record<'list' | 'row' | 'create', Statement[]>;
  close(): Promise<void>;
}

export const paths = { list: '/api/v1/projects?limit=20', row: (id: number) => `/api/v1/projects/${id}` };

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const closing = [
    () => rm(folder, { recursive: true, force: true }),
    () => rm(postgres.dataFolder, { recursive: true, force: true }),
    () => postgres.stop(),
  ];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const filled = await fill(postgres.url);
    const isPinned = pinGenerator();
    const startService = async (megabytes: number) => {
      const service = await startChild<ServiceQuestion, ServiceAnswer>(join(import.meta.dirname, 'service-child.ts'));
      closing.push(() => service.stop());
      const { url } = await service.ask({ start: postgres.url, megabytes });
      return { url, service };
    };
    const started = await startService(0);
    const reference = await startChild<ReferenceQuestion, ReferenceAnswer>(
      join(import.meta.dirname, 'reference-child.ts'),
    );
    closing.push(() => reference.stop());
    return { ...filled, ...started, startService, databaseUrl: postgres.url, reference, isPinned, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(databaseUrl: string) {
  const service = await createService({ config: benchConfig(), databaseUrl, modules: allModules, work: false });
  try {
    const { db } = service.platform;
    const projectId = await insertProjects(service.platform);
    await db.execute(sql`VACUUM ANALYZE`);
    await db.execute(sql`CHECKPOINT`);
    const { rows } = await db.execute<{ version: string; hash: string }>(sql`
      SELECT current_setting('server_version') AS version, password_hash AS hash
      FROM accounts.users WHERE username = ${LOGIN.username}`);
    return {
      projectId,
      postgresVersion: rows[0]?.version ?? '',
      passwordHash: rows[0]?.hash ?? '',
      statements: {
        list: await statementsOf(service, { url: paths.list }),
        row: await statementsOf(service, { url: paths.row(projectId) }),
        create: await statementsOf(service, posting(await tokenOf(service))),
      },
    };
  } finally {
    await service.stop();
  }
}

/** @returns the id of one of them */
async function insertProjects(platform: Platform): Promise<number> {
  const accounts = Array.from({ length: OWNERS }, (_, at) => ({
    username: `bench_${at}`,
    email: `bench_${at}@bench.example`,
    password: LOGIN.password,
  }));
  const owners = await insertDemoAccounts(platform, accounts, { publish: false });
  const profiles = owners.map((user_id, at) => ({
    user_id,
    first_name: 'Bench',
    last_name: `Number ${at}`,
    college: 'Bench College',
    major: 'Computer Science',
    year: 2,
  }));
  await insertDemoProfiles(quiet(platform), profiles);
  const newest = Date.now() - MINUTE;
  const rows = Array.from({ length: PROJECTS }, (_, at) => {
    const blueprint = projectBlueprints[at % projectBlueprints.length];
    if (!blueprint) throw new Error('There are no blueprints.');
    const { title, description, skills, roles, hours } = blueprint;
    return {
      owner_id: owners[at % OWNERS] ?? 0,
      title: `${title} (${at})`,
      description,
      required_skills: skills,
      roles,
      ...(hours !== undefined && { hours_per_week: hours }),
      created_at: new Date(newest - at * MINUTE).toISOString(),
    };
  });
  const inserted = await insertProjectsInBulk(platform, rows, { announce: false });
  return inserted[PROJECTS / 2]?.id ?? 0;
}

/** What the service asks during one request is what the reference repeats. */
async function statementsOf(
  { app }: Service,
  asked: { url: string; method?: 'POST'; headers?: Record<string, string>; body?: string },
): Promise<Statement[]> {
  return recordStatements(async () => {
    const { statusCode, body } = await app.inject(asked);
    if (statusCode >= 300) throw new Error(`${asked.url} answered ${statusCode}: ${body}`);
  });
}

/** A project that is posted; the key is another one for each. */
export const posting = (token: string) => ({
  method: 'POST' as const,
  url: '/api/v1/projects',
  headers: {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  },
  body: JSON.stringify({ title: 'Bench', description: 'One of many.', required_skills: ['Python', 'React'] }),
});

async function tokenOf({ app }: Service): Promise<string> {
  const signedIn = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: LOGIN });
  return signedIn.json<{ access_token: string }>().access_token;
}
