/** Queues as the platform uses them: what is given up and why, limits, what a stop leaves behind, and traces. */
import { sql } from 'drizzle-orm';
import { type TObject, Type } from 'typebox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Db } from '../database/database.ts';
import { createPool } from '../database/pool.ts';
import { createLog } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { runInTrace, traceparent } from '../telemetry/trace.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createJobs, type JobRunner, type Queue } from './jobs.ts';
import { createBoss } from './queues.ts';
import { createRate } from './rate.ts';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
let db: Db;
const runners: JobRunner[] = [];
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, 'jobs test', { kept: 0, burst: 10, queue: 100 });
  db = createDatabase(pool);
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) });

/** A process of its own as far as the queues are concerned. */
async function open(queue: Partial<Queue> & Pick<Queue, 'name'>, { work = true } = {}): Promise<JobRunner> {
  const metrics = createMetrics({});
  const runner = createJobs({ url: database.url, log, metrics, work, schedules: false });
  runner.addQueue({ input: Type.Object({}), retryLimit: 3, expireInSeconds: 30, handle: async () => {}, ...queue });
  await runner.start();
  runners.push(runner);
  return runner;
}

const numbered: TObject = Type.Object({ n: Type.Integer() }, { additionalProperties: false });
const send = (runner: JobRunner, queue: string, inputs: object[]) =>
  db.transaction(async (tx) => {
    for (const input of inputs) await runner.enqueue(tx, queue, input);
  });
const letters = async (runner: JobRunner, queue: string) => runner.deadLetters.list(db, { queue, limit: 10 });
const until = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 25 });

describe('a job that cannot work', () => {
  it('is given up at once when its payload is of an older version', async () => {
    const name = 'test.older';
    let runs = 0;
    const before = await open({ name, input: Type.Object({ id: Type.Integer() }) }, { work: false });
    await send(before, name, [{ id: 7 }]);
    const runner = await open({
      name,
      input: numbered,
      async handle() {
        runs += 1;
      },
    });
    await until(() => letters(runner, name)).toHaveLength(1);
    const [letter] = await letters(runner, name);
    expect(letter).toMatchObject({ queue: name, payload: { id: 7 }, tries: 1 });
    expect(letter?.error).toMatch(/not of this version: .*n/);
    expect(runs).toBe(0);
  });

  it('is given up at once when nobody knows its name any more', async () => {
    const before = await open({ name: 'test.gone' }, { work: false });
    await send(before, 'test.gone', [{}]);
    const runner = await open({ name: 'test.other' });
    await until(() => letters(runner, 'test.gone')).toHaveLength(1);
    expect((await letters(runner, 'test.gone'))[0]?.error).toBe('There is no job test.gone in this version.');
  });

  it('cannot be enqueued under a name that nobody knows', async () => {
    const runner = await open({ name: 'test.known' });
    await expect(send(runner, 'test.unknown', [{}])).rejects.toThrow('There is no queue test.unknown.');
  });

  it('is tried as often as its queue says, then kept with the last error, and runs again when it is redriven', async () => {
    const name = 'test.poison';
    let isHealed = false;
    const tried: number[] = [];
    const runner = await open({
      name,
      input: numbered,
      retryLimit: 1,
      async handle(input) {
        tried.push((input as { n: number }).n);
        if (!isHealed) throw new Error(`try ${tried.length} failed`);
      },
    });
    await send(runner, name, [{ n: 5 }]);
    await until(() => letters(runner, name)).toHaveLength(1);
    const [letter] = await letters(runner, name);
    expect(letter).toMatchObject({ queue: name, payload: { n: 5 }, error: 'try 2 failed', tries: 2 });
    expect(tried).toEqual([5, 5]);

    isHealed = true;
    expect(await db.transaction((tx) => runner.deadLetters.redrive(tx, { queue: name }))).toBe(1);
    await until(() => tried).toEqual([5, 5, 5]);
    expect(await letters(runner, name)).toEqual([]);
  });

  it('is given up when every process that works on it dies or hangs', async () => {
    const name = 'test.hangs';
    const runner = await open({ name, retryLimit: 0, expireInSeconds: 1, handle: () => new Promise(() => {}) });
    await send(runner, name, [{}]);
    await until(() => letters(runner, name)).toHaveLength(1);
    expect((await letters(runner, name))[0]?.error).toMatch(/longer than 1 s|timed out/);
  });
});

describe('the tries of a job', () => {
  it('lie a random part of a doubling time apart', async () => {
    const name = 'test.backoff';
    const runner = await open({ name, handle: () => Promise.reject(new Error('not now')) });
    await send(
      runner,
      name,
      Array.from({ length: 20 }, () => ({})),
    );
    const delays = async () => {
      const { rows } = await db.execute<{ delay: number }>(sql`
        SELECT extract(epoch FROM start_after - started_on)::float8 AS delay FROM pgboss.job
        WHERE name = ${name} AND state = 'retry' AND retry_count = 0`);
      return rows.map((row) => row.delay);
    };
    await until(async () => (await delays()).length).toBeGreaterThan(10);
    const seen = await delays();
    expect(new Set(seen.map((delay) => delay.toFixed(2))).size).toBeGreaterThan(5);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(1);
  });
});

describe('a queue', () => {
  it('runs no more side by side in a process than it says', async () => {
    const name = 'test.narrow';
    let running = 0;
    let peak = 0;
    let done = 0;
    const runner = await open({
      name,
      concurrency: 2,
      async handle() {
        running += 1;
        peak = Math.max(peak, running);
        await db.execute(sql`SELECT 1`);
        running -= 1;
        done += 1;
      },
    });
    await send(
      runner,
      name,
      Array.from({ length: 60 }, () => ({})),
    );
    await until(() => done).toBe(60);
    expect(peak).toBe(2);
  });

  it('keeps a rate that all processes share', async () => {
    const [one, other] = [1, 2].map(() => createBoss({ url: database.url, log, work: false }));
    if (!one || !other) throw new Error('unreachable');
    await Promise.all([one.start(), other.start()]);
    try {
      const first = await createRate(one, 'test.rated', 2).reserve(3);
      const second = await createRate(other, 'test.rated', 2).reserve(2);
      const gaps = [...first, ...second].map((at, index, all) => at - (all[index - 1] ?? at)).slice(1);
      // Half a second apart, less what reserving itself took.
      expect(first[0]).toBe(0);
      for (const gap of gaps) expect(gap).toBeGreaterThan(0);
      expect(second[1]).toBeLessThanOrEqual(2000);
      expect((first[2] ?? 0) - (first[0] ?? 0)).toBeGreaterThan(900);
    } finally {
      await Promise.all([one, other].map((boss) => boss.stop({ graceful: false })));
    }
  });

  it('works through jobs at its rate', async () => {
    const name = 'test.slow';
    let done = 0;
    const runner = await open({
      name,
      ratePerSecond: 20,
      async handle() {
        done += 1;
      },
    });
    await send(
      runner,
      name,
      Array.from({ length: 10 }, () => ({})),
    );
    await until(() => done).toBe(10);
  });

  it('gives back what it has not begun when its process stops', async () => {
    const name = 'test.stops';
    const blocked = Promise.withResolvers<void>();
    const first = await open({ name, input: numbered, concurrency: 1, handle: () => blocked.promise });
    await send(first, name, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    await until(async () => {
      const { rows } = await db.execute(sql`SELECT 1 FROM pgboss.job WHERE name = ${name} AND state = 'active'`);
      return rows.length;
    }).toBeGreaterThan(0);
    runners.splice(runners.indexOf(first), 1);
    await first.stop();
    blocked.resolve();

    const seen = new Set<number>();
    await open({ name, input: numbered, handle: async (input) => void seen.add((input as { n: number }).n) });
    await until(() => [...seen].sort()).toEqual([1, 2, 3]);
  });
});

describe('a trace', () => {
  it('goes from whoever enqueues into the job and its log lines', async () => {
    const name = 'test.traced';
    const trace = 'b'.repeat(32);
    const seen: (string | undefined)[] = [];
    const runner = await open({
      name,
      input: numbered,
      async handle() {
        seen.push(traceparent());
        log.info('in the job');
      },
    });
    await runInTrace(`00-${trace}-${'c'.repeat(16)}-01`, () => send(runner, name, [{ n: 1 }]));
    await until(() => seen).toHaveLength(1);
    expect(seen[0]).toMatch(new RegExp(`^00-${trace}-(?!c{16})[0-9a-f]{16}-01$`));
    expect(lines.find(({ msg }) => msg === 'in the job')).toMatchObject({ trace_id: trace });
  });
});
