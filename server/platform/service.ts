/** A process: the platform, the modules that it mounts, and an HTTP server in front; started and stopped as one. */

import { type AddressInfo, Server as NetServer } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ACCESS_TOKEN_SECONDS, createAuth } from './auth/auth.ts';
import { createRevocations } from './auth/revocations.ts';
import { createCache } from './cache/cache.ts';
import { createCalls } from './calls/calls.ts';
import { addPurges } from './cdn/purges.ts';
import type { Config } from './config/config.ts';
import { createDatabase } from './database/database.ts';
import { createListener } from './database/listener.ts';
import { migrate, migrationSources } from './database/migrate.ts';
import { type CheckedPool, createPool, defaultPoolLimits, type PoolLimits } from './database/pool.ts';
import { openReplicas } from './database/replicas.ts';
import { createEvents } from './events/events.ts';
import { forgetPerson } from './forget.ts';
import { createRunReading } from './http/read-tokens.ts';
import type { MountedRoute } from './http/routes.ts';
import { createServer } from './http/server.ts';
import { createJobs } from './jobs/jobs.ts';
import { createLimiter } from './limits/limiter.ts';
import { createMail } from './mail/mail.ts';
import { addMaintenance } from './maintenance.ts';
import type { Module, Platform } from './module.ts';
import { createPeers, type Peer } from './peers/peers.ts';
import { mountPeerRoutes } from './peers/routes.ts';
import { createRealtime } from './realtime/realtime.ts';
import { streamRoutes } from './realtime/route.ts';
import { createWords } from './realtime/words.ts';
import { createSagas } from './saga/sagas.ts';
import { createLog } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';

export interface ServiceOptions {
  config: Config;
  databaseUrl: string;
  /** Streaming replicas of that database. */
  replicaUrls?: readonly string[];
  modules: Module[];
  poolLimits?: PoolLimits;
  /** Where other modules run in services of their own: who this one is, and the others. */
  apart?: { name: string; hears: readonly string[]; peers: readonly Peer[] } | undefined;
  /** Take part in background work; as `config.jobs` says unless given. */
  work?: boolean;
  /** What is answered to who asks for metrics; those of this process unless given. */
  collectMetrics?: () => Promise<string>;
  /** Mounts what is neither API nor module: the web, pages of the demo. */
  extend?: (app: FastifyInstance, platform: Platform) => Promise<void>;
}

export interface Service {
  app: FastifyInstance;
  platform: Platform;
  /** Begins to accept requests. @returns the address, `http://127.0.0.1:8000` */
  listen(): Promise<string>;
  /**
   * Takes no new connections, and asks those who have one to come back by another; nothing that was asked fails. Another
   * process has to listen meanwhile.
   * @param within milliseconds that connections may stay open
   */
  leave(within: number): Promise<void>;
  /** Not ready, then no new requests, then those in flight, then jobs, then connections. */
  stop(): Promise<void>;
}

/** The module that signs members in, whose keys sign their tokens. */
const SIGNS_IN = 'accounts';
/** Milliseconds that requests in flight have to end when the process stops. */
const CLOSE_WITHIN = 2000;

/** Migrates the database and builds everything; nothing is reachable from outside before `listen`. */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { config, databaseUrl, modules } = options;
  const log: FastifyBaseLogger = createLog(config.log.level);
  await migrate(databaseUrl, migrationSources(modules));

  const pool = createPool(databaseUrl, 'collabthon', options.poolLimits);
  const pools: Record<string, CheckedPool> = { primary: pool };
  const metrics = createMetrics(pools);
  const replicas = options.replicaUrls?.length
    ? await openReplicas(databaseUrl, options.replicaUrls, metrics, options.poolLimits)
    : null;
  Object.assign(pools, replicas?.pools);
  const db = createDatabase(pool, replicas?.noteWrite);
  const listener = createListener(databaseUrl);
  const revocations = await createRevocations(listener, ACCESS_TOKEN_SECONDS);
  const { signingKey } = config.secrets;
  const peers = options.apart ? createPeers({ ...options.apart, signingKey, metrics }) : null;
  const isElsewhere = (module: string) => peers !== null && modules.every(({ name }) => name !== module);
  const memberKeys = isElsewhere(SIGNS_IN) ? peers?.keysOf(peers.withModule(SIGNS_IN)) : undefined;
  const auth = createAuth(signingKey, revocations, memberKeys);
  const jobs = createJobs({
    url: databaseUrl,
    log,
    metrics,
    work: options.work ?? config.jobs !== 'none',
    schedules: config.environment !== 'test',
  });
  const serves = config.jobs !== 'only';
  const cache = await createCache({
    db,
    databaseUrl,
    listener,
    log,
    metrics,
    redisUrl: config.redis.url,
    megabytes: config.cache.megabytes,
    serves,
    notePurge: addPurges(config.cdn, db, jobs),
  });
  const events = createEvents(db, jobs, peers, cache);
  const sagas = createSagas(db, jobs, log, metrics);
  const calls = createCalls(db, peers);
  const mail = createMail(config.mail, db, jobs);
  addMaintenance(jobs, db);
  const words = await createWords({ db, listener, log, metrics, redisUrl: config.redis.url, topic: 'stream' });
  const realtime = await createRealtime({ db, words, serves, log, metrics, revocations });
  const limiter =
    serves && config.http.rateLimits
      ? await createLimiter({ db, log, metrics, redisUrl: config.redis.url, processes: config.workers })
      : null;
  const platform: Platform = {
    config,
    log,
    db,
    reader: replicas?.reader ?? db,
    cache,
    events,
    jobs,
    calls: calls.call,
    mail,
    realtime,
    auth,
    metrics,
    sagas,
    async forgetElsewhere(person) {
      for (const peer of peers?.all ?? []) await calls.callAt(peer, 'platform.forgetMember', person);
    },
  };

  const routes: MountedRoute[] = [...streamRoutes(realtime)];
  for (const module of modules) {
    const mounted = module.mount(platform);
    routes.push(...(mounted.routes ?? []));
    calls.register(mounted.calls ?? {});
    events.subscribe(module.name, mounted.subscribers ?? {}, mounted.outdates);
    jobs.registerJobs(mounted.jobs ?? {}, mounted.schedules ?? {});
    sagas.register(module.name, mounted.sagas ?? [], platform);
  }

  calls.register({
    'platform.forgetMember': async ({ user_id, addresses }) => {
      await db.transaction((tx) => forgetPerson(tx, { userId: user_id, addresses }));
      return {};
    },
  });
  if (isElsewhere(SIGNS_IN)) {
    events.subscribe('sessions', { 'session.ended': (tx, { session_ids }) => revocations.add(tx, session_ids) });
  }
  if (options.apart) refuseUnheard(options.apart, events.heard());

  let stopping = false;
  let leaving = false;
  const app = await createServer({
    config,
    log,
    db,
    auth,
    calls: calls.call,
    metrics,
    cache,
    runReading: replicas && createRunReading(config, replicas.readings),
    limiter,
    databaseQueue: () => pool.waitingCount / (options.poolLimits ?? defaultPoolLimits).queue,
    routes: serves ? routes : null,
    collectMetrics: options.collectMetrics,
    isStopping: () => stopping,
    isLeaving: () => leaving,
  });
  if (serves && peers) mountPeerRoutes(app, { peers, calls, events, signingKey });
  if (serves) await options.extend?.(app, platform);
  await jobs.start();

  return {
    app,
    platform,
    async listen() {
      await app.listen({ host: config.http.host, port: config.http.port });
      const { port } = app.server.address() as AddressInfo;
      return `http://${config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host}:${port}`;
    },
    async leave(within) {
      leaving = true;
      realtime.close();
      const { promise: isOver, resolve } = Promise.withResolvers<void>();
      // That of HTTP would also close idle connections, on which the next request may be on its way.
      NetServer.prototype.close.call(app.server, () => resolve());
      const patience = setTimeout(resolve, within);
      await isOver;
      clearTimeout(patience);
    },
    async stop() {
      stopping = true;
      realtime.close();
      const closed = app.close();
      // A connection that never sent a request, as browsers open ahead of need, would be waited for without end.
      const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN);
      await closed;
      clearTimeout(patience);
      await jobs.stop();
      words.close();
      limiter?.close();
      cache.close();
      revocations.close();
      await listener.close();
      await replicas?.close();
      await pool.end();
    },
  };
}

/** What a service subscribes to and the others do not know of would never arrive. @throws Error */
function refuseUnheard({ name, hears }: { name: string; hears: readonly string[] }, subscribed: string[]): void {
  const unknown = subscribed.filter((event) => !hears.includes(event));
  const idle = hears.filter((event) => !subscribed.includes(event));
  if (unknown.length + idle.length === 0) return;
  throw new Error(
    `What the service ${name} hears is not what its peers are told: it also subscribes to ${unknown.join(', ') || 'nothing'}, and not to ${idle.join(', ') || 'nothing'}.`,
  );
}
