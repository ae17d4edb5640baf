/**
 * Works on one queue in one process: fetches ahead as far as the handlers are quick, runs some side by side, those of one
 * key one after the other, and settles each as soon as it ends, so that a slow neighbour holds up nobody.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { describeError } from '../telemetry/log.ts';
import { runInTrace } from '../telemetry/trace.ts';
import type { Claimed, Claims } from './claims.ts';
import { Hopeless, Postponed } from './outcomes.ts';

/** Milliseconds of work that are fetched ahead. */
const AHEAD = 300;
const MOST_AHEAD = 20;
export const BEAT_EVERY = 2000;
/** Milliseconds by which the next beat may be late. */
const LATE = 1000;
/** A job that was fetched ahead and not begun for so long goes back, since others may have time for it. */
const GIVE_BACK_AFTER = 5000;

export interface WorkerOptions<J extends Claimed = Claimed> {
  queue: string;
  claims: Claims<J>;
  concurrency: number;
  expireInSeconds: number;
  retryLimit: number;
  /**
   * Milliseconds that a claim is good for without a word from us. Whoever cannot renew it in time stops in time, and
   * leaves it to run out. Without it, others take over what goes on here.
   */
  lease?: number;
  /** @throws Postponed, Hopeless, or anything else to be tried again */
  run(job: J, signal: AbortSignal): Promise<'completed' | 'to complete'>;
  /** Jobs of one key run one after the other, in the order of their ids. */
  keyOf?(job: J): string | undefined;
  /** When so many jobs may begin, as milliseconds from now, and how many may be fetched at a time. */
  rate?: { most: number; reserve(count: number): Promise<number[]> } | undefined;
  onEnd(outcome: 'completed' | 'failed' | 'given_up' | 'postponed'): void;
  log: FastifyBaseLogger;
}

export interface Worker {
  queue: string;
  /** There may be work. @returns how many jobs were fetched at once */
  wake(): Promise<number>;
  /** To be called every `BEAT_EVERY` milliseconds: keeps the claims alive. */
  beat(): Promise<void>;
  /** Fetches nothing any more, gives back what has not begun, and waits for the rest. */
  drain(milliseconds: number): Promise<void>;
}

interface Task<J> {
  job: J;
  key: string | undefined;
  fetchedAt: number;
  /** When the claim was renewed last, by a clock that nobody sets. */
  keptAt: number;
  beginAt: number;
  abort: AbortController;
  state: 'waiting' | 'running' | 'settling';
}

export function createWorker<J extends Claimed>(options: WorkerOptions<J>): Worker {
  const { queue, claims, concurrency, log, lease = Number.POSITIVE_INFINITY } = options;
  const tasks = new Map<string, Task<J>>();
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
        const askedAt = performance.now();
        const jobs = await claims.fetch(room);
        fetched += jobs.length;
        if (jobs.length === room) mayHaveMore = true;
        await take(jobs, askedAt);
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

  const take = async (jobs: J[], keptAt: number) => {
    const delays = jobs.length > 0 ? await options.rate?.reserve(jobs.length) : undefined;
    const now = Date.now();
    // PostgreSQL returns what an UPDATE changed in no order.
    const inOrder = jobs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const [index, job] of inOrder.entries()) {
      const beginAt = now + (delays?.[index] ?? 0);
      const abort = new AbortController();
      tasks.set(job.id, { job, key: options.keyOf?.(job), fetchedAt: now, keptAt, beginAt, abort, state: 'waiting' });
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
      if (isRunningOut(task, 0)) forget(task);
      else void perform(task);
    }
  };

  /** What was let go may have been fetched again meanwhile. */
  const forget = (task: Task<J>) => {
    if (tasks.get(task.job.id) === task) tasks.delete(task.job.id);
  };

  /** Whether others may take it over before so many milliseconds have passed. */
  const isRunningOut = ({ keptAt }: Task<J>, within: number) => performance.now() + within > keptAt + lease;

  const perform = async (task: Task<J>): Promise<void> => {
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
    forget(task);
    unsettled -= 1;
    if (key !== undefined) {
      busyKeys.delete(key);
      begin();
    }
    if (mayHaveMore) void wake();
  };

  /** Runs the handler. @returns how the job is to be settled */
  const attempt = async ({ job, key, abort }: Task<J>): Promise<() => Promise<void>> => {
    const tries = job.retryCount + 1;
    const expiry = setTimeout(
      () => abort.abort(new Error(`It took longer than ${options.expireInSeconds} s.`)),
      options.expireInSeconds * 1000,
    );
    try {
      const outcome = await Promise.race([options.run(job, abort.signal), aborted(abort.signal)]);
      options.onEnd('completed');
      return outcome === 'completed' ? nothing : () => claims.complete(job);
    } catch (error) {
      if (error instanceof Postponed) {
        options.onEnd('postponed');
        setTimeout(() => void wake(), error.milliseconds + 10).unref();
        // Those behind it have to wait for the same reason.
        const behind = held('waiting').filter((task) => key !== undefined && task.key === key);
        for (const task of behind) forget(task);
        return () => claims.release([job, ...behind.map((task) => task.job)], error.milliseconds);
      }
      const { message } = describeError(error);
      const isOver = error instanceof Hopeless || job.retryCount >= options.retryLimit;
      log.error({ err: error, queue, job: job.id, tries }, isOver ? 'job given up' : 'job failed');
      options.onEnd(isOver ? 'given_up' : 'failed');
      // What was stopped may not have ended yet.
      if (abort.signal.aborted && options.lease !== undefined) return nothing;
      return () => (error instanceof Hopeless ? claims.giveUp(job, message) : claims.fail(job, message));
    } finally {
      clearTimeout(expiry);
    }
  };

  /** The outcome is known, so it is not lost while the database is away: the claim is kept alive and settled later. */
  const persist = async (settle: () => Promise<void>, { job, abort }: Task<J>) => {
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

  const held = (...states: Task<J>['state'][]) => [...tasks.values()].filter(({ state }) => states.includes(state));

  const giveBack = async (unbegun: Task<J>[]) => {
    for (const task of unbegun) forget(task);
    await claims.release(unbegun.map(({ job }) => job));
  };

  return {
    queue,
    wake,
    async beat() {
      for (const task of held('running')) {
        if (isRunningOut(task, BEAT_EVERY + LATE))
          task.abort.abort(new Error('The claim could not be renewed in time.'));
      }
      const now = Date.now();
      const stale = held('waiting').filter((task) => now - Math.max(task.fetchedAt, task.beginAt) > GIVE_BACK_AFTER);
      await giveBack(stale);
      const kept = [...tasks.values()];
      if (kept.length === 0) return;
      const askedAt = performance.now();
      const lost = new Set(await claims.touch(kept.map(({ job }) => job)));
      for (const task of kept) {
        if (!lost.has(task.job)) task.keptAt = askedAt;
        else if (task.state === 'waiting') forget(task);
        else if (task.state === 'running') task.abort.abort(new Error('Another process has taken this job over.'));
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

const nothing = async () => {};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
