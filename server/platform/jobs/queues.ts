/** The queues in pg-boss: created, brought up to date, scheduled, and what is known of each. */
import type { FastifyBaseLogger } from 'fastify';
import { PgBoss } from 'pg-boss';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { DEAD_LETTERS, DEAD_LETTERS_KEPT } from './dead-letters.ts';
import type { CheckedQueue } from './jobs.ts';
import { Hopeless } from './outcomes.ts';

/** Names of pg-boss's own begin with it. */
const INTERNAL = '__pgboss';
const DAY = 86_400;

export interface QueueStatus {
  name: string;
  ready: number;
  oldest_ready_seconds: number;
  /** For later: not due yet, or between two tries. */
  deferred: number;
  active: number;
  dead_letters: number;
}

export function createBoss({ url, log, work }: { url: string; log: FastifyBaseLogger; work: boolean }): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'collabthon jobs',
    max: 10,
    // Together with a heartbeat of 10 s: what a dead process held is tried again within 15 s.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    // Nothing of ours uses these.
    flowIntervalSeconds: 3600,
    registerInstance: false,
    openTelemetry: { enabled: false },
    supervise: work,
    schedule: work,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'));
  return boss;
}

/**
 * Creates what is missing and changes what differs. @returns queues of our modules that nobody defines any more, with a
 * handler that gives up what is in them; those of modules that run elsewhere are theirs.
 */
export async function prepareQueues(boss: PgBoss, queues: CheckedQueue[]): Promise<CheckedQueue[]> {
  const there = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!there.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS, { retentionSeconds: DEAD_LETTERS_KEPT });
  for (const queue of queues) {
    const options = {
      retryLimit: queue.retryLimit,
      // Doubles from one try to the next, by a random part of it.
      retryBackoff: true,
      retryDelay: 1,
      retryDelayMax: queue.retryDelayMax ?? 600,
      expireInSeconds: queue.expireInSeconds,
      heartbeatSeconds: 10,
      // What nobody worked on for so long is gone: longer than any outage.
      retentionSeconds: 90 * DAY,
      // What is done is kept for a look at it; the table stays small.
      deleteAfterSeconds: DAY,
      notify: false,
    };
    const present = there.get(queue.name);
    if (!present) await boss.createQueue(queue.name, { ...options, deadLetter: DEAD_LETTERS });
    else if (Object.entries(options).some(([name, value]) => present[name as keyof typeof options] !== value)) {
      await boss.updateQueue(queue.name, options);
    }
  }
  const ours = new Set(queues.map(({ name }) => moduleOf(name)));
  const known = new Set([DEAD_LETTERS, ...queues.map(({ name }) => name)]);
  return [...there.keys()]
    .filter((name) => !known.has(name) && !name.startsWith(INTERNAL) && ours.has(moduleOf(name)))
    .map(refusing);
}

const anything = Type.Unknown();

const refusing = (name: string): CheckedQueue => ({
  name,
  input: anything,
  check: Compile(anything),
  retryLimit: 0,
  expireInSeconds: 60,
  async handle() {
    throw new Hopeless(`There is no job ${name} in this version.`);
  },
});

/** Brings the cron lines of our own modules up to date; those of processes with other modules are theirs. */
export async function schedule(boss: PgBoss, queues: CheckedQueue[]): Promise<void> {
  const crons = new Map(queues.flatMap(({ name, cron }) => (cron ? [[name, cron] as const] : [])));
  const ours = new Set(queues.map(({ name }) => moduleOf(name)));
  for (const { name } of await boss.getSchedules()) {
    if (ours.has(moduleOf(name)) && !crons.has(name)) await boss.unschedule(name);
  }
  for (const [name, cron] of crons) await boss.schedule(name, cron, {});
}

/** From what pg-boss counts every second, but for the dead letters, which are few. */
export async function readStatus(boss: PgBoss, names: string[]): Promise<QueueStatus[]> {
  const [queues, { rows }] = await Promise.all([
    boss.getQueues(names),
    boss.getDb().executeSql(
      `SELECT source_name AS queue, count(*)::int AS dead FROM pgboss.job
       WHERE name = $1 AND state < 'active' GROUP BY source_name`,
      [DEAD_LETTERS],
    ) as Promise<{ rows: { queue: string; dead: number }[] }>,
  ]);
  const dead = new Map(rows.map((row) => [row.queue, row.dead]));
  const gone = [...dead.keys()].filter((name) => name && !names.includes(name));
  const nothing = { readyCount: 0, readyOldestSeconds: 0, deferredCount: 0, activeCount: 0 };
  return [...queues, ...gone.map((name) => ({ name, ...nothing }))]
    .map((queue) => ({
      name: queue.name,
      ready: queue.readyCount,
      oldest_ready_seconds: Math.round(queue.readyOldestSeconds ?? 0),
      deferred: queue.deferredCount,
      active: queue.activeCount,
      dead_letters: dead.get(queue.name) ?? 0,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const moduleOf = (queue: string) => queue.split(/[./]/)[0];
