/**
 * Many cores: one process for each, behind one port. The process that was started keeps the database and the port, and
 * serves nothing; its workers serve, and one of them works on jobs. One that dies is replaced. On SIGUSR2 all are replaced,
 * one after the other, each when the next one serves, so that no request fails.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { type Config, projectRoot } from '../platform/config/config.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { defaultPoolLimits, type PoolLimits } from '../platform/database/pool.ts';
import type { Service } from '../platform/service.ts';
import type { Lifetime } from './lifetime.ts';
import { type OpenDatabase, urlsOf } from './open-database.ts';

/** What a worker is told when it begins. */
export interface Orders {
  config: Config;
  databaseUrl: string;
  replicaUrls: readonly string[];
  poolLimits: PoolLimits;
  /** The first of an installation fills it. */
  isFirst: boolean;
}

type Figures = MetricObjectWithValues<MetricValue<string>>[];
type ToWorker =
  | { type: 'begin'; orders: Orders }
  | { type: 'give figures'; id: number }
  /** Null where those of workers of two versions do not go together. */
  | { type: 'figures of all'; id: number; text: string | null }
  | { type: 'leave' };
type ToOverseer =
  | { type: 'serving'; news: unknown }
  | { type: 'figures'; id: number; figures: Figures }
  | { type: 'want figures'; id: number };

const ENTRY = join(projectRoot, 'server/services/all.ts');

/** Milliseconds. */
const TIMES = {
  /** For a worker to give its figures; one that does not is left out. */
  figures: 1000,
  /** For one that leaves to answer what it was asked on connections that stay open. */
  leave: 5000,
  /** For one that is told to stop, before it is killed. */
  stop: 3500,
  /** Between the ends of one and the start of the next that takes its place, at the most. */
  longestPause: 5000,
};

/**
 * Starts workers and keeps as many alive. @returns what the first one has to tell, when all serve
 * @throws StartupError when the first one does not come to serve
 */
export async function oversee(lifetime: Lifetime, config: Config, database: OpenDatabase): Promise<unknown> {
  const slots: (Worker | undefined)[] = Array.from({ length: config.workers });
  const leaving = new Set<Worker>();
  let isStopping = false;

  cluster.setupPrimary({ exec: join(projectRoot, 'scripts/run.mjs'), args: [ENTRY, ...process.argv.slice(2)] });
  lifetime.closing(async () => {
    isStopping = true;
    await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => worker && stop(worker)));
  });
  answerWithFigures();

  const start = async (slot: number, isFirst: boolean): Promise<unknown> => {
    const worker = cluster.fork();
    const ended = once(worker, 'exit').then(() => {
      throw new StartupError('A process that was to serve has ended; what it said stands above.');
    });
    const serving = untilServing(worker);
    const jobs = config.jobs === 'here' && slot > 0 ? 'none' : config.jobs;
    const poolLimits = shareOf(config.workers);
    say(worker, { type: 'begin', orders: { config: { ...config, jobs }, ...urlsOf(database), poolLimits, isFirst } });
    const news = await Promise.race([serving, ended]);
    ended.catch(() => keep(slot, worker));
    const before = slots[slot];
    slots[slot] = worker;
    if (before) await leave(before);
    return news;
  };

  /** Puts another one in the place of one that has ended by itself. */
  const keep = async (slot: number, ended: Worker): Promise<void> => {
    if (isStopping || leaving.has(ended) || slots[slot] !== ended) return;
    slots[slot] = undefined;
    console.error(
      `A process that serves has ended (${ended.process.signalCode ?? ended.process.exitCode}); another starts.`,
    );
    for (let wait = 100; !isStopping; wait = Math.min(2 * wait, TIMES.longestPause)) {
      const isBack = await start(slot, false).then(
        () => true,
        () => false,
      );
      if (isBack) return;
      await pause(wait);
    }
  };

  const leave = async (worker: Worker): Promise<void> => {
    leaving.add(worker);
    const exit = once(worker, 'exit');
    say(worker, { type: 'leave' });
    const late = setTimeout(() => void stop(worker), 2 * TIMES.leave);
    await exit;
    clearTimeout(late);
    leaving.delete(worker);
  };

  let isReplacing = false;
  process.on('SIGUSR2', async () => {
    if (isReplacing) return;
    isReplacing = true;
    try {
      for (const slot of slots.keys()) if (!isStopping) await start(slot, false);
      console.log('All processes that serve are new.');
    } catch (error) {
      console.error(`The processes that serve stay as they are: ${(error as Error).message}`);
    }
    isReplacing = false;
  });

  // It migrates and fills the database, which the others then find so.
  const news = await start(0, true);
  await Promise.all([...slots.keys()].slice(1).map((slot) => start(slot, false)));
  return news;
}

async function stop(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const exit = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  const late = setTimeout(() => worker.process.kill('SIGKILL'), TIMES.stop);
  await exit;
  clearTimeout(late);
}

/** All workers together have the connections of one process. */
function shareOf(workers: number): PoolLimits {
  const { kept, burst, queue } = defaultPoolLimits;
  const part = (whole: number) => Math.max(2, Math.ceil(whole / workers));
  return { kept: part(kept), burst: part(burst), queue };
}

/** Who dies at that very moment hears nothing; that it did is seen by its end. */
const unheard = () => {};
const say = (worker: Worker, message: ToWorker): void =>
  void (worker.isConnected() && worker.send(message, undefined, undefined, unheard));

const untilServing = (worker: Worker): Promise<unknown> =>
  new Promise((resolve) => {
    worker.on('message', (message: ToOverseer) => {
      if (message.type === 'serving') resolve(message.news);
    });
  });

/** Whichever worker is asked for metrics answers with those of all, gathered here. */
function answerWithFigures(): void {
  let lastId = 0;
  const given = new Map<number, (figures: Figures) => void>();
  cluster.on('message', (asking, message: ToOverseer) => {
    if (message.type === 'figures') return given.get(message.id)?.(message.figures);
    if (message.type !== 'want figures') return;
    const all = Object.values(cluster.workers ?? {}).map(async (worker): Promise<Figures[]> => {
      if (!worker?.isConnected()) return [];
      lastId += 1;
      const id = lastId;
      const answer = new Promise<Figures[]>((resolve) => given.set(id, (figures) => resolve([figures])));
      say(worker, { type: 'give figures', id });
      const figures = await Promise.race([answer, pause(TIMES.figures, [] as Figures[], { ref: false })]);
      given.delete(id);
      return figures;
    });
    void Promise.all(all)
      .then((figures) => AggregatorRegistry.aggregate(figures.flat()).metrics())
      .catch(() => null)
      .then((text) => say(asking, { type: 'figures of all', id: message.id, text }));
  });
}

export interface Overseen {
  orders: Orders;
  /** The metrics of all workers, in the text that Prometheus reads. */
  collectMetrics(): Promise<string>;
  /** Says that this worker serves, and from then on does what it is told. */
  serve(service: Service, news: unknown): void;
}

/** The worker's side: to be called first in a process that was forked. */
export async function takeOrders(lifetime: Lifetime): Promise<Overseen> {
  const tell = (message: ToOverseer): void =>
    void (process.connected && process.send?.(message, undefined, undefined, unheard));
  // Whoever started this one is dead, and the port with it.
  process.on('disconnect', () => void lifetime.end());
  const [begin] = (await once(process, 'message')) as [ToWorker];
  if (begin.type !== 'begin') throw new Error('A worker was told something before its orders.');

  let lastId = 0;
  const wanted = new Map<number, (text: string | null) => void>();
  return {
    orders: begin.orders,

    async collectMetrics() {
      lastId += 1;
      const id = lastId;
      const given = new Promise<string | null>((resolve) => wanted.set(id, resolve));
      tell({ type: 'want figures', id });
      const text = await given;
      if (text === null) throw new Error('The metrics of the workers cannot be put together.');
      return text;
    },

    serve(service, news) {
      process.on('message', (message: ToWorker) => {
        if (message.type === 'give figures') {
          void service.platform.metrics.registry
            .getMetricsAsJSON()
            .then((figures) => tell({ type: 'figures', id: message.id, figures }));
        }
        if (message.type === 'figures of all') {
          wanted.get(message.id)?.(message.text);
          wanted.delete(message.id);
        }
        if (message.type === 'leave') void service.leave(TIMES.leave).then(() => lifetime.end());
      });
      tell({ type: 'serving', news });
    },
  };
}
