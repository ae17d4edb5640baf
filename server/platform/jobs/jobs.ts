/** Background work on pg-boss: enqueued in the caller's transaction, run at least once, given up to a dead-letter queue. */
import { randomUUID } from 'node:crypto';
import { type AppJobs, jobs as contracts } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { fromDrizzle, type Job, type JobResult, PgBoss, type SendOptions } from 'pg-boss';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import { describeError } from '../telemetry/log.ts';

export type JobName = keyof AppJobs;
export type JobInput<N extends JobName> = Static<AppJobs[N]['input']>;
export type JobHandlers = { [N in JobName]?: (input: JobInput<N>, context: { signal: AbortSignal }) => Promise<void> };
export type Schedules = { [N in JobName]?: string };

export interface SendJobOptions {
  /** Not before this time. */
  startAfter?: Date;
}

export interface Jobs {
  /** Enqueues a job; it exists exactly if the transaction commits. */
  send<N extends JobName>(tx: Db, name: N, input: JobInput<N>, options?: SendJobOptions): Promise<void>;
}

/** What a queue is: its name, what it takes, and how it is retried. */
export interface Queue {
  name: string;
  input: TSchema;
  retryLimit: number;
  expireInSeconds: number;
  /** Seconds between two tries at the most; 600 unless said. */
  retryDelayMax?: number;
  /** When it is enqueued by itself, with an empty input; UTC. */
  cron?: string | undefined;
  handle(input: unknown, context: { signal: AbortSignal }): Promise<void>;
}

export interface JobRunner extends Jobs {
  /** To be called before `start`. */
  addQueue(queue: Queue): void;
  registerJobs(handlers: JobHandlers, schedules: Schedules): void;
  /** Enqueues for a queue added by `addQueue`. */
  enqueue(tx: Db, name: string, input: object, options?: SendJobOptions): Promise<void>;
  /** Creates the queues and, unless `work` is false, begins to work on them. */
  start(options: { work: boolean; schedules: boolean }): Promise<void>;
  stop(): Promise<void>;
}

export const DEAD_LETTERS = 'dead-letters';
const DEAD_LETTERS_KEPT = 90 * 86_400;

type CheckedQueue = Queue & { check: ReturnType<typeof Compile> };

export function createJobs(url: string, log: FastifyBaseLogger): JobRunner {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'collabthon jobs',
    max: 10,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: true,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'));

  const queues = new Map<string, CheckedQueue>();

  const addQueue = (queue: Queue) => {
    if (queues.has(queue.name)) throw new Error(`Queue ${queue.name} is defined twice.`);
    queues.set(queue.name, { ...queue, check: Compile(queue.input) });
  };

  const enqueue = async (tx: Db, name: string, input: object, options: SendJobOptions = {}) => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`There is no queue ${name}.`);
    if (!queue.check.Check(input)) throw new Error(`Job ${name}: ${explain(queue.check.Errors(input))}`);
    const send: SendOptions = { id: randomUUID(), db: fromDrizzle(tx, sql) };
    if (options.startAfter) send.startAfter = options.startAfter;
    await boss.send(name, input, send);
  };

  /** Runs one job and settles it at once, so that a neighbour that hangs, or the end of the process, does not redo it. */
  const runOne = async (queue: CheckedQueue, job: Job<unknown>): Promise<JobResult> => {
    try {
      if (!queue.check.Check(job.data)) throw new Error(`Payload: ${explain(queue.check.Errors(job.data))}`);
      await queue.handle(job.data, { signal: job.signal });
      await boss.complete(queue.name, job.id);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      log.error({ err: error, queue: queue.name, job: job.id }, 'job failed');
      return { id: job.id, status: 'failed', output: { message: describeError(error).message } };
    }
  };

  /** Brings the cron lines of our own modules up to date; those of processes with other modules are theirs. */
  const schedule = async () => {
    const crons = new Map([...queues.values()].flatMap(({ name, cron }) => (cron ? [[name, cron] as const] : [])));
    const ours = new Set([...queues.keys()].map(moduleOf));
    for (const { name } of await boss.getSchedules()) {
      if (ours.has(moduleOf(name)) && !crons.has(name)) await boss.unschedule(name);
    }
    for (const [name, cron] of crons) await boss.schedule(name, cron, {});
  };

  return {
    addQueue,
    enqueue,
    send: enqueue,
    registerJobs(handlers, schedules) {
      for (const [key, handle] of Object.entries(handlers)) {
        const name = key as JobName;
        addQueue({ name, ...contracts[name], cron: schedules[name], handle: handle as Queue['handle'] });
      }
    },
    async start({ work, schedules }) {
      await boss.start();
      await boss.createQueue(DEAD_LETTERS, { retentionSeconds: DEAD_LETTERS_KEPT });
      for (const queue of queues.values()) {
        const options = {
          retryLimit: queue.retryLimit,
          retryBackoff: true,
          retryDelay: 1,
          retryDelayMax: queue.retryDelayMax ?? 600,
          expireInSeconds: queue.expireInSeconds,
          heartbeatSeconds: 10,
          deadLetter: DEAD_LETTERS,
          notify: true,
        };
        await boss.createQueue(queue.name, options);
        await boss.updateQueue(queue.name, options);
      }
      if (!work) return;
      if (schedules) await schedule();
      for (const queue of queues.values()) {
        await boss.work(
          queue.name,
          {
            // Side by side, since the time that a job may take counts for all of a batch.
            batchSize: 5,
            // A full batch means that there is more; without this a backlog drains one batch for each poll.
            burstWhenBatchFull: true,
            pollingIntervalSeconds: 0.5,
            notifyPollingIntervalSeconds: 5,
            perJobResults: true,
          } as const,
          (jobs: Job<unknown>[]) => Promise.all(jobs.map((job) => runOne(queue, job))),
        );
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 1500 }),
  };
}

const moduleOf = (queue: string) => queue.split(/[./]/)[0];
