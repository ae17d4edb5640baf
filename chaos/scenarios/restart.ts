/**
 * A service whose PostgreSQL restarts again and again under its requests: who reads notices nothing but a moment, nobody
 * reads what is older than what they wrote, and what was acknowledged is there.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { testConfig } from '../../server/platform/config/test-config.ts';
import { createService } from '../../server/platform/service.ts';
import { TEST_PASSWORD } from '../../server/platform/testing/test-app.ts';
import { allModules } from '../../server/services/modules.ts';
import { openDatabase } from '../database.ts';
import { randomFrom } from '../play.ts';

interface RestartOutcome extends Record<string, unknown> {
  scenario: 'restart';
  restarts: number;
  reads: number;
  failed_reads: number;
  /** Reads that saw less than what their reader had written. */
  stale: number;
  writes_acknowledged: number;
  /** Turned away with 503 and a time to come back, which is no loss. */
  writes_refused: number;
  /** Acknowledged and not there. */
  lost: number;
  /** Milliseconds that a read took at the most. */
  longest_read_ms: number;
}

export const wrongs = ['failed_reads', 'stale', 'lost'];

const WRITERS = 4;
const READERS = 12;
/** Milliseconds between two restarts. */
const CALM = 1500;
/** One restart for so many of the steps that are asked for. */
const STEPS = 10_000;

export async function playItself({ steps, seed, within }: { steps: number; seed: number; within: number }) {
  const random = randomFrom(seed);
  const database = await openDatabase();
  // Several writers and readers share few connections, so that some always wait.
  const service = await createService({
    config: testConfig(),
    databaseUrl: database.url,
    modules: allModules,
    poolLimits: { kept: 2, burst: 6, queue: 500 },
  });
  const outcome: RestartOutcome = {
    scenario: 'restart',
    restarts: 0,
    reads: 0,
    failed_reads: 0,
    stale: 0,
    writes_acknowledged: 0,
    writes_refused: 0,
    lost: 0,
    longest_read_ms: 0,
  };
  try {
    const base = `${await service.listen()}/api/v1`;
    const acknowledged: number[] = [];
    let isDone = false;

    const read = async <T>(path: string, token?: string): Promise<T | null> => {
      const began = performance.now();
      outcome.reads += 1;
      const answer = await fetch(base + path, token ? { headers: { authorization: `Bearer ${token}` } } : {});
      outcome.longest_read_ms = Math.max(outcome.longest_read_ms, Math.round(performance.now() - began));
      const body = (await answer.json()) as T;
      if (answer.ok) return body;
      outcome.failed_reads += 1;
      return null;
    };
    const tokens = await Promise.all(Array.from({ length: WRITERS }, (_, at) => signUp(base, `writer_${at}`)));
    const writer = async (token: string) => {
      while (!isDone) {
        const answer = await post(base, '/projects', { title: 'Tide', description: 'It rises.' }, token);
        const body = (await answer.json()) as { id: number; title: string };
        if (answer.status === 201) {
          acknowledged.push(body.id);
          outcome.writes_acknowledged += 1;
          const own = await read<{ id: number }[]>('/projects/my/projects?limit=1', token);
          if (own && (own[0]?.id ?? 0) < body.id) outcome.stale += 1;
        } else if (answer.status === 503 && answer.headers.has('retry-after')) {
          outcome.writes_refused += 1;
          await pause(50);
        } else throw new Error(`A write was answered with ${answer.status}: ${JSON.stringify(body)}`);
      }
    };
    const reader = async () => {
      while (!isDone) {
        const known = acknowledged[Math.floor(random() * acknowledged.length)];
        if (known === undefined || random() < 0.5) await read('/projects?limit=20');
        else if ((await read<{ id: number }>(`/projects/${known}`))?.id !== known) outcome.stale += 1;
      }
    };
    const end = Date.now() + within;
    const trouble = async () => {
      const wanted = Math.max(1, Math.round(steps / STEPS));
      while (outcome.restarts < wanted && Date.now() < end) {
        await pause(CALM * (0.5 + random()));
        await database.restart();
        outcome.restarts += 1;
      }
      await pause(CALM);
    };
    await Promise.all([
      trouble().finally(() => {
        isDone = true;
      }),
      ...tokens.map(writer),
      ...Array.from({ length: READERS }, reader),
    ]);

    const { rows } = await service.platform.db.execute<{ id: number }>(sql`SELECT id FROM projects.projects`);
    const there = new Set(rows.map(({ id }) => id));
    outcome.lost = acknowledged.filter((id) => !there.has(id)).length;
    return outcome;
  } finally {
    await service.stop();
    await database.close();
  }
}

const post = (base: string, path: string, body: object, token?: string) =>
  fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

/** @returns an access token, which no database is asked about */
async function signUp(base: string, username: string): Promise<string> {
  const person = { username, email: `${username}@example.org`, password: TEST_PASSWORD };
  await post(base, '/auth/register', person);
  const answer = await post(base, '/auth/login', { username, password: TEST_PASSWORD });
  return ((await answer.json()) as { access_token: string }).access_token;
}
