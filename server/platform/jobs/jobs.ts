/** Background work on pg-boss: enqueued in the caller's transaction, run at least once, given up to the dead letters. */
import { type AppJobs, jobs as contracts } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { fromDrizzle, type JobAttempt, type SendOptions } from 'pg-boss';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceparent } from '../telemetry/trace.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { type Claimed, createClaims } from './claims.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { Hopeless } from './outcomes.ts';
import { createBoss, prepareQueues, type QueueStatus, readStatus, schedule } from './queues.ts';
import { createRate } from './rate.ts';
import { refreshStatistics, tuneStorage } from './statistics.ts';
import { BEAT_EVERY, createWorker, type Worker, type WorkerOptions } from './worker.ts';

export type JobName = keyof AppJobs;
export type JobInput<N extends JobName> = Static<AppJobs[N]['input']>;

export interface JobContext {
  /** Fires when the time is over, another process has taken the job over, or this one stops. */
  signal: AbortSignal;
  id: string;
  /**
   * Completes the job in the transaction of its effect, so that nothing can come in between.
   *
   * @throws Error when another process has taken the job over, which is to undo the effect
   */
  complete(tx: Db): Promise<void>;
}
export type JobHandlers = { [N in JobName]?: (input: JobInput<N>, context: { signal: AbortSignal }) => Promise<void> };
export type Schedules = { [N in JobName]?: string };

export interface SendJobOptions {
  /** Not before this time. */
  startAfter?: Date;
}

export interface Jobs {
  /** Enqueues a job; it exists exactly if the transaction commits. */
  send<N extends JobName>(tx: Db, name: N, input: JobInput<N>, options?: SendJobOptions): Promise<void>;
  deadLetters: DeadLetters;
  /** Every queue there is, by name; the figures are some seconds old at the most. */
  status(): Promise<QueueStatus[]>;
}

/** What a queue is: its name, what it takes, and how it is worked on. */
export interface Queue {
  name: string;
  input: TSchema;
  retryLimit: number;
  expireInSeconds: number;
  /** Seconds between two tries at the most; 600 unless said. */
  retryDelayMax?: number;
  /** Runs side by side in one process; 10 unless said. */
  concurrency?: number;
  /** Runs that may begin in a second, in all processes together. */
  ratePerSecond?: number;
  /** When it is enqueued by itself, with an empty input; UTC. */
  cron?: string | undefined;
  /** Jobs of one key run one after the other in this process, in the order of their ids. */
  keyOf?(input: unknown): string | undefined;
  /** @throws Hopeless to give up at once, Postponed to come back later, anything else to be tried again */
  handle(input: unknown, context: JobContext): Promise<void>;
}

/** How a job enters a queue; the id is made up unless it is given. */
export interface EnqueueOptions extends SendJobOptions {
  /** Enqueued twice under one id, it is there once. */
  id?: string;
  key?: string;
}

/** What is kept elsewhere than in pg-boss, and worked on in the same way: its claims say how it is fetched and settled. */
export type Work<J extends Claimed> = Omit<WorkerOptions<J>, 'keyOf' | 'rate' | 'onEnd' | 'log'>;

export interface JobRunner extends Jobs {
  /** To be called before `start`. */
  addQueue(queue: Queue): void;
  /** To be called before `start`. */
  addWork<J extends Claimed>(work: Work<J>): void;
  /** Something is about to be due there. */
  hint(work: string): void;
  registerJobs(handlers: JobHandlers, schedules: Schedules): void;
  /** Enqueues for a queue added by `addQueue`. */
  enqueue(tx: Db, name: string, input: object, options?: EnqueueOptions): Promise<void>;
  /** Creates the queues and begins to work on them, if this process does. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const DEFAULT_CONCURRENCY = 10;
/** Milliseconds that running jobs have to end when the process stops. */
const DRAIN_WITHIN = 1200;

export type CheckedQueue = Queue & { check: ReturnType<typeof Compile> };

export interface JobsOptions {
  url: string;
  log: FastifyBaseLogger;
  metrics: Metrics;
  /** Whether this process works on the queues; without it, it enqueues only. */
  work: boolean;
  /** Whether cron lines are in force. */
  schedules: boolean;
}

export function createJobs({ url, log, metrics, work, schedules }: JobsOptions): JobRunner {
  const boss = createBoss({ url, log, work });
  const queues = new Map<string, CheckedQueue>();
  const works = new Map<string, () => Worker>();
  const workers = new Map<string, Worker>();
  const ended = metrics.counter('jobs_ended_total', 'Runs of jobs by how they ended', ['queue', 'outcome']);
  let alarm: Alarm | undefined;
  let beat: NodeJS.Timeout | undefined;
  let beating: Promise<unknown> = Promise.resolve();

  const addQueue = (queue: Queue) => {
    if (queues.has(queue.name)) throw new Error(`Queue ${queue.name} is defined twice.`);
    queues.set(queue.name, { ...queue, check: Compile(queue.input) });
  };

  const enqueue = async (tx: Db, name: string, input: object, options: EnqueueOptions = {}) => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`There is no queue ${name}.`);
    if (!queue.check.Check(input)) throw new Error(`Job ${name}: ${explain(queue.check.Errors(input))}`);
    const send: SendOptions = { db: fromDrizzle(tx, sql) };
    if (options.id) send.id = options.id;
    if (options.key) send.singletonKey = options.key;
    if (options.startAfter) send.startAfter = options.startAfter;
    const trace = traceparent();
    await boss.send(name, trace ? { ...input, traceparent: trace } : input, send);
    if (!options.startAfter) alarm?.hint(name);
  };

  const run = async (queue: CheckedQueue, job: Claimed, signal: AbortSignal) => {
    const input = withoutTrace(job.data);
    if (!queue.check.Check(input)) {
      throw new Hopeless(`The payload is not of this version: ${explain(queue.check.Errors(input))}`);
    }
    let isCompleted = false;
    const complete = async (tx: Db) => {
      const attempt: JobAttempt = { id: job.id, retryCount: job.retryCount };
      const { affected } = (await boss.complete(queue.name, attempt, undefined, { db: fromDrizzle(tx, sql) })) as {
        affected: number;
      };
      if (affected !== 1) throw new Error('Another process has taken this job over.');
      isCompleted = true;
    };
    await queue.handle(input, { signal, id: job.id, complete });
    return isCompleted ? 'completed' : 'to complete';
  };

  const createWorkerOf = (queue: CheckedQueue): Worker => {
    const { name, ratePerSecond, keyOf } = queue;
    return createWorker<Claimed>({
      queue: name,
      claims: createClaims(boss, name),
      concurrency: queue.concurrency ?? DEFAULT_CONCURRENCY,
      expireInSeconds: queue.expireInSeconds,
      retryLimit: queue.retryLimit,
      run: (job, signal) => run(queue, job, signal),
      keyOf: (job) => keyOf?.(job.data),
      rate: ratePerSecond === undefined ? undefined : createRate(boss, name, ratePerSecond),
      onEnd: (outcome) => ended.inc({ queue: name, outcome }),
      log,
    });
  };

  let reading: Promise<QueueStatus[]> | undefined;
  /** Those who ask at the same time share an answer, as the gauges do. */
  const status = () => {
    reading ??= readStatus(boss, [...queues.keys()]).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauge = (name: string, help: string, value: (status: QueueStatus) => number) =>
    metrics.gauge(
      name,
      help,
      ['queue'],
      async () => (await status()).map((one) => ({ labels: { queue: one.name }, value: value(one) })),
      { isShared: true },
    );
  gauge('job_queue_ready', 'Jobs that are due and wait for a worker', ({ ready }) => ready);
  gauge('job_queue_oldest_ready_seconds', 'How long the oldest of them waits', (one) => one.oldest_ready_seconds);
  gauge('job_dead_letters', 'Jobs that were given up and wait for somebody', (one) => one.dead_letters);

  return {
    addQueue,
    addWork(options) {
      const onEnd = (outcome: string) => ended.inc({ queue: options.queue, outcome });
      works.set(options.queue, () => createWorker({ ...options, onEnd, log }));
    },
    hint: (name) => alarm?.hint(name),
    enqueue,
    send: enqueue,
    deadLetters: createDeadLetters(boss),
    status,
    registerJobs(handlers, crons) {
      for (const [key, handle] of Object.entries(handlers)) {
        const name = key as JobName;
        addQueue({ name, ...contracts[name], cron: crons[name], handle: handle as Queue['handle'] });
      }
    },
    async start() {
      await boss.start();
      const orphans = await prepareQueues(boss, [...queues.values()]);
      if (work) {
        await tuneStorage(boss);
        if (schedules) await schedule(boss, [...queues.values()]);
        for (const queue of [...queues.values(), ...orphans]) workers.set(queue.name, createWorkerOf(queue));
        for (const [name, create] of works) workers.set(name, create());
        let beats = 0;
        beat = setInterval(() => {
          beats += 1;
          const statistics = beats % 2 === 0 ? [refreshStatistics(boss)] : [];
          beating = Promise.all([...statistics, ...[...workers.values()].map((worker) => worker.beat())]).catch(
            (error: unknown) => log.warn({ err: error }, 'a heartbeat of the jobs failed'),
          );
        }, BEAT_EVERY);
      }
      alarm = await createAlarm(boss, workers, new Set(works.keys()), (error) => {
        log.warn({ err: error }, 'the alarm of the jobs failed');
        return undefined;
      });
    },
    async stop() {
      clearInterval(beat);
      await alarm?.stop();
      await beating;
      await Promise.all([...workers.values()].map((worker) => worker.drain(DRAIN_WITHIN)));
      await boss.stop({ graceful: false });
    },
  };
}

const withoutTrace = ({ traceparent: _trace, ...input }: Record<string, unknown>) => input;
