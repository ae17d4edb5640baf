/**
 * Sessions that count and read in several processes, through the cache, over two replicas whose replay stops and goes on and
 * a Redis that is killed, frozen and emptied: nobody reads what is older than what they wrote, what others wrote is seen
 * within a second, and nothing that is outdated stays.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { projectRoot } from '../../server/platform/config/config.ts';
import { migrate, migrationSources } from '../../server/platform/database/migrate.ts';
import type { ReadToken } from '../../server/platform/database/read-token.ts';
import { type RedisServer, startRedisServer } from '../../server/platform/testing/redis-server.ts';
import { startReplicatedDatabase } from '../../server/platform/testing/test-replicas.ts';
import type { Done, Order, Place } from '../cache-process.ts';
import { randomFrom } from '../play.ts';

interface CacheOutcome {
  scenario: 'cache';
  steps: number;
  reads: number;
  writes: number;
  /** Own writes that were not read, in the process that took them or with their token in another. */
  stale: number;
  /** Writes of others that were not read a second after they were acknowledged. */
  late: number;
  /** Entries of any process that were not what is in the database, in the end. */
  survived: number;
  failed: number;
  redis_outages: number;
  /** The part of the reads that the cache answered. */
  hit_share: number;
}

const PROCESSES = 3;
const SESSIONS = 16;
/** Milliseconds after which what others wrote is seen in every process. */
const SEEN_WITHIN = 1000;
/** Milliseconds that replay and Redis go on, and are away, at the most. */
const CALM = { replica: 400, redis: 1500 };
const AWAY = { replica: 200, redis: 500 };

/** It kills nothing but Redis, so that it plays by itself. @param within milliseconds after which it takes no further step */
export const wrongs = ['stale', 'late', 'survived', 'failed'];

export async function playItself({ steps, seed, within }: { steps: number; seed: number; within: number }) {
  const random = randomFrom(seed);
  const [database, redis] = await Promise.all([startReplicatedDatabase(), startRedisServer()]);
  const counts = { steps: 0, reads: 0, writes: 0, stale: 0, late: 0, survived: 0, failed: 0, redis_outages: 0 };
  const owner = new pg.Client({ connectionString: database.url });
  let processes: Process[] = [];
  let isDone = false;
  try {
    await owner.connect();
    await prepare(owner, database.url);
    const replicaUrls = database.replicas.map(({ url }) => url);
    const place = { databaseUrl: database.url, replicaUrls, redisUrl: redis.url };
    processes = await Promise.all(Array.from({ length: PROCESSES }, () => startProcess(place)));
    const anyone = () => processes[Math.floor(random() * PROCESSES)] as Process;

    const trouble = [
      ...database.replicas.map(async (replica) => {
        while (!isDone) {
          await pause(CALM.replica * random() ** 2);
          await replica.pause();
          await pause(AWAY.replica * random());
          await replica.resume();
        }
      }),
      (async () => {
        while (!isDone) {
          await pause(CALM.redis * random());
          await hurt(redis, random());
          counts.redis_outages += 1;
        }
      })(),
    ];

    /** By counter, what was acknowledged last, and what more than a second ago. */
    const known = Array.from({ length: SESSIONS }, () => [{ n: 0, at: Number.NEGATIVE_INFINITY }]);
    const due = (counter: number, now: number) => known[counter]?.findLast(({ at }) => at + SEEN_WITHIN < now)?.n ?? 0;
    const end = Date.now() + within;
    const sessions = Array.from({ length: SESSIONS }, async (_, own) => {
      let mine = 0;
      let token: ReadToken | null = null;
      let writtenAt = anyone();
      const write = async () => {
        writtenAt = anyone();
        const done = await writtenAt.ask('write', own, token);
        mine = done.value;
        token = done.token;
        counts.writes += 1;
        known[own]?.push({ n: mine, at: performance.now() });
      };
      const readOwn = async () => {
        const isThere = random() < 0.5;
        const { value } = await (isThere ? writtenAt : anyone()).ask('read', own, isThere ? null : token);
        counts.reads += 1;
        if (value < mine) counts.stale += 1;
      };
      const readAnother = async () => {
        const counter = Math.floor(random() * SESSIONS);
        const least = due(counter, performance.now());
        const { value } = await anyone().ask('read', counter, null);
        counts.reads += 1;
        if (value < least) counts.late += 1;
      };
      while (counts.steps < steps && Date.now() < end) {
        counts.steps += 1;
        const chance = random();
        await (chance < 0.05 ? write() : chance < 0.4 ? readOwn() : readAnother()).catch(() => {
          counts.failed += 1;
        });
      }
    });
    await Promise.all(sessions);
    isDone = true;
    await Promise.all(trouble);

    await pause(SEEN_WITHIN);
    const { rows } = await owner.query<{ id: number; n: number }>('SELECT id, n FROM counters');
    for (const process of processes) {
      for (const { id, n } of rows) if ((await process.ask('read', id, null)).value !== n) counts.survived += 1;
    }
    const shares = await Promise.all(processes.map((process) => process.ask('figures', 0, null)));
    const share = shares.reduce((sum, { value }) => sum + value, 0) / PROCESSES;
    const outcome: CacheOutcome = { scenario: 'cache', ...counts, hit_share: Math.round(1000 * share) / 1000 };
    return outcome;
  } finally {
    isDone = true;
    for (const process of processes) await process.stop();
    await owner.end();
    await redis.close();
    await database.close();
  }
}

async function prepare(owner: pg.Client, url: string): Promise<void> {
  await migrate(url, migrationSources([]));
  await owner.query('CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)');
  await owner.query(`INSERT INTO counters SELECT id, 0 FROM generate_series(0, ${SESSIONS - 1}) AS id`);
}

/** One of what may happen to Redis. */
async function hurt(redis: RedisServer, chance: number): Promise<void> {
  if (chance < 0.5) {
    await redis.kill();
    await pause(AWAY.redis * chance);
    return redis.start();
  }
  redis.freeze();
  await pause(AWAY.redis * (chance - 0.5));
  redis.thaw();
}

interface Process {
  ask(act: Order['act'], counter: number, token: ReadToken | null): Promise<Done>;
  stop(): Promise<void>;
}

async function startProcess(place: Place): Promise<Process> {
  const entry = join(import.meta.dirname, '../cache-process.ts');
  const child: ChildProcess = fork(join(projectRoot, 'scripts/run.mjs'), [entry], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(place);
  await once(child, 'message');
  const waiting = new Map<number, PromiseWithResolvers<Done>>();
  let last = 0;
  child.on('message', (done: Done) => {
    const asked = waiting.get(done.id);
    waiting.delete(done.id);
    if (done.error === undefined) asked?.resolve(done);
    else asked?.reject(new Error(done.error));
  });
  child.once('exit', () => {
    for (const asked of waiting.values()) asked.reject(new Error('The process ended.'));
  });
  return {
    ask(act, counter, token) {
      last += 1;
      const asked = Promise.withResolvers<Done>();
      waiting.set(last, asked);
      child.send({ id: last, act, counter, token } satisfies Order);
      return asked.promise;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
