/**
 * Works on one queue in one process: fetches ahead as far as the handlers are quick, runs some side by side, those of one
 * key one after the other, and settles each as soon as it ends, so that a slow neighbour holds up nobody.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { JobAttempt } from 'pg-boss';
import { describeError } from '../telemetry/log.ts';
import { runInTrace } from '../telemetry/trace.ts';
import type { Claimed, Claims } from './claims.ts';
import { Hopeless, Postponed } from './outcomes.ts';

/** Milliseconds of work that are fetched ahead. */
const AHEAD = 300;
const MOST_AHEAD = 20;
/** A job that was fetched ahead and not begun for so long goes back, since others may have time for it. */
const GIVE_BACK_AFTER = 5000;

export interface WorkerOptions {
  queue: string;
  claims: Claims;
  concurrency: number;
  expireInSeconds: number;
  retryLimit: number;
  /** @throws Postponed, Hopeless, or anything else to be tried again */
  run(job: Claimed, signal: AbortSignal): Promise<'completed' | 'to complete'>;
  /** Jobs of one key run one after the other, in the order of their ids. */
  keyOf(job: Claimed): string | undefined;
  /** When so many jobs may begin, as milliseconds from now, and how many may be fetched at a time. */
  rate: { most: number; reserve(count: number): Promise<number[]> } | undefined;
  onEnd(outcome: 'completed' | 'failed' | 'given_up' | 'postponed'): void;
  log: FastifyBaseLogger;
}

export interface Worker {
  queue: string;
  /** There may be work. @returns how many jobs were fetched at once */
  wake(): Promise<number>;
  /** To be called every few seconds: keeps the claims alive. */
  beat(): Promise<void>;
  /** Fetches nothing any more, gives back what has not begun, and waits for the rest. */
  drain(milliseconds: number): Promise<void>;
}

interface Task {
  job: Claimed;
  key: string | undefined;
  fetchedAt: number;
  beginAt: number;
  abort: AbortController;
  state: 'waiting' | 'running' | 'settling';
}

export function createWorker(options: WorkerOptions): Worker {
  const { queue, claims, concurrency, log } = options;
  const tasks = new Map<string, Task>();
  const busyKeys = new Set<string>();
  let running = 0;
  let unsettled = 0;
  let averageMs = AHEAD;
  let mayHaveMore = false;
  let isFetching = false;
  let fetching: Promise<number> = Promise.resolve(0);
  let stopping = false;

  const capacity = () => {
    const ahead = Math.min(MOST_AHEAD, Math.max(1, Math.floor(AHEAD / Math.max(averageMs, 1))));
    return Math.min(concurrency * ahead, options.rate?.most ?? Number.POSITIVE_INFINITY);
  };

  /** Fetches while there is room and more; one fetch at a time. */
  const fill = async (): Promise<number> => {
    let fetched = 0;
    try {
      while (mayHaveMore && !stopping) {
        const room = capacity() - (tasks.size - unsettled);
        const isAnyWaiting = tasks.size - unsettled > running;
        // Fetching one by one while there is something to do would cost a statement for each job.
        if (room < (isAnyWaiting ? capacity() / 2 : 1) || unsettled > capacity()) break;
        mayHaveMore = false;
        const jobs = await claims.fetch(room);
        fetched += jobs.length;
        if (jobs.length === room) mayHaveMore = true;
        await take(jobs);
      }
    } catch (error) {
      log.error({ err: error, queue }, 'jobs cannot be fetched');
    } finally {
      isFetching = false;
    }
    return fetched;
  };

  const wake = (): Promise<number> => {
    mayHaveMore = true;
    if (isFetching) return fetching;
    isFetching = true;
    fetching = fill();
    return fetching;
  };

  const take = async (jobs: Claimed[]) => {
    const delays = jobs.length > 0 ? await options.rate?.reserve(jobs.length) : undefined;
    const now = Date.now();
    // PostgreSQL returns what an UPDATE changed in no order.
    const inOrder = jobs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const [index, job] of inOrder.entries()) {
      const beginAt = now + (delays?.[index] ?? 0);
      const abort = new AbortController();
      tasks.set(job.id, { job, key: options.keyOf(job), fetchedAt: now, beginAt, abort, state: 'waiting' });
      if (beginAt > now) setTimeout(begin, beginAt - now).unref();
    }
    begin();
  };

  /** Starts what may start. */
  const begin = () => {
    const now = Date.now();
    const waitingKeys = new Set<string>();
    for (const task of tasks.values()) {
      if (running >= concurrency) return;
      if (task.state !== 'waiting') continue;
      const { key } = task;
      const mustWait = key !== undefined && (busyKeys.has(key) || waitingKeys.has(key));
      if (mustWait || task.beginAt > now) {
        if (key !== undefined) waitingKeys.add(key);
        continue;
      }
      if (stopping) return;
      void perform(task);
    }
  };

  const perform = async (task: Task): Promise<void> => {
    const { job, key } = task;
    const startedAt = performance.now();
    task.state = 'running';
    running += 1;
    if (key !== undefined) busyKeys.add(key);
    // `traceparent` was put there by whoever enqueued the job.
    await runInTrace(job.data.traceparent, async () => {
      const settle = await attempt(task);
      averageMs = averageMs * 0.8 + (performance.now() - startedAt) * 0.2;
      task.state = 'settling';
      running -= 1;
      unsettled += 1;
      if (key === undefined) begin();
      await persist(settle, task);
    });
    tasks.delete(job.id);
    unsettled -= 1;
    if (key !== undefined) {
      busyKeys.delete(key);
      begin();
    }
    if (mayHaveMore) void wake();
  };

  /** Runs the handler. @returns how the job is to be settled */
  const attempt = async ({ job, key, abort }: Task): Promise<() => Promise<void>> => {
    const tries = job.retryCount + 1;
    const expiry = setTimeout(
      () => abort.abort(new Error(`It took longer than ${options.expireInSeconds} s.`)),
      options.expireInSeconds * 1000,
    );
    try {
      const outcome = await Promise.race([options.run(job, abort.signal), aborted(abort.signal)]);
      options.onEnd('completed');
      return outcome === 'completed' ? async () => {} : () => claims.complete(job);
    } catch (error) {
      if (error instanceof Postponed) {
        options.onEnd('postponed');
        setTimeout(() => void wake(), error.milliseconds + 10).unref();
        // Those behind it have to wait for the same reason.
        const behind = held('waiting').filter((task) => key !== undefined && task.key === key);
        for (const task of behind) tasks.delete(task.job.id);
        return () => claims.release([job, ...behind.map((task) => task.job)], error.milliseconds);
      }
      const { message } = describeError(error);
      const isOver = error instanceof Hopeless || job.retryCount >= options.retryLimit;
      log.error({ err: error, queue, job: job.id, tries }, isOver ? 'job given up' : 'job failed');
      options.onEnd(isOver ? 'given_up' : 'failed');
      return () => (error instanceof Hopeless ? claims.giveUp(job, message) : claims.fail(job, message));
    } finally {
      clearTimeout(expiry);
    }
  };

  /** The outcome is known, so it is not lost while the database is away: the claim is kept alive and settled later. */
  const persist = async (settle: () => Promise<void>, { job, abort }: Task) => {
    for (;;) {
      try {
        return await settle();
      } catch (error) {
        log.warn({ err: error, queue, job: job.id }, 'the outcome of a job cannot be recorded yet');
        if (stopping || abort.signal.aborted) return;
        await pause(250);
      }
    }
  };

  const held = (...states: Task['state'][]) => [...tasks.values()].filter(({ state }) => states.includes(state));

  const giveBack = async (unbegun: Task[]) => {
    for (const { job } of unbegun) tasks.delete(job.id);
    await claims.release(unbegun.map(({ job }) => job));
  };

  return {
    queue,
    wake,
    async beat() {
      const now = Date.now();
      const stale = held('waiting').filter((task) => now - Math.max(task.fetchedAt, task.beginAt) > GIVE_BACK_AFTER);
      await giveBack(stale);
      const kept: JobAttempt[] = [...tasks.values()].map(({ job }) => job);
      if (kept.length === 0) return;
      for (const { id } of await claims.touch(kept)) {
        const task = tasks.get(id);
        if (task?.state === 'waiting') tasks.delete(id);
        else if (task?.state === 'running') task.abort.abort(new Error('Another process has taken this job over.'));
      }
    },
    async drain(milliseconds) {
      stopping = true;
      await fetching;
      await giveBack(held('waiting'));
      const end = Date.now() + milliseconds;
      while (tasks.size > 0 && Date.now() < end) await pause(10);
      for (const task of held('running')) {
        task.abort.abort(new Error('The process stops.'));
      }
      while (tasks.size > 0 && Date.now() < end + 500) await pause(10);
    },
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
