/** What a module is to the platform that mounts it. */
import type { Routes } from '@collabthon/contracts/contract';
import type { FastifyBaseLogger } from 'fastify';
import type { Auth } from './auth/auth.ts';
import type { Cache } from './cache/cache.ts';
import type { CallHandlers, CallInput, Calls } from './calls/calls.ts';
import type { Config } from './config/config.ts';
import type { Db, Reader } from './database/database.ts';
import type { Events, Outdates, Subscribers } from './events/events.ts';
import type { MountedRoute, RouteHandlers } from './http/routes.ts';
import type { JobHandlers, Jobs, Schedules } from './jobs/jobs.ts';
import type { Mail } from './mail/mail.ts';
import type { Realtime } from './realtime/realtime.ts';
import type { Saga } from './saga/define.ts';
import type { Sagas } from './saga/sagas.ts';
import type { Metrics } from './telemetry/metrics.ts';

export interface Platform {
  config: Config;
  log: FastifyBaseLogger;
  db: Db;
  /**
   * For reads that may come from a replica: what a session has written or seen, it sees here; of others, what is at most ten
   * seconds old. No read decides a write here.
   */
  reader: Reader;
  /** What is changed is named here in its transaction; routes say themselves what is kept of them. */
  cache: Cache;
  events: Events;
  jobs: Jobs;
  sagas: Sagas;
  calls: Calls;
  mail: Mail;
  realtime: Realtime;
  auth: Auth;
  metrics: Metrics;
  /** Erases what other services of the platform know of a person, beside their modules. @throws while work about them is under way there */
  forgetElsewhere(person: CallInput<'platform.forgetMember'>): Promise<void>;
}

export interface Mounted {
  routes?: MountedRoute[];
  calls?: CallHandlers;
  subscribers?: Subscribers;
  /** Tags of what is not to be given from the cache any more, by event: the module's own, and those that it subscribes to. */
  outdates?: Outdates;
  jobs?: JobHandlers;
  /** Cron lines, UTC, by job. */
  schedules?: Schedules;
  sagas?: readonly Saga[];
}

export interface Module {
  name: string;
  /** Folder of its SQL files; a module without tables has none. */
  migrations?: URL;
  mount(platform: Platform): Mounted;
}

export const defineModule = <M extends Module>(module: M): M => module;

/** Pairs the routes of a contract with their handlers; leaving one out is a type error. */
export const handleRoutes = <const R extends Routes>(routes: R, handlers: RouteHandlers<R>): MountedRoute[] =>
  Object.entries(routes).map(([key, spec]) => ({
    key,
    spec,
    handle: handlers[key as keyof R] as unknown as MountedRoute['handle'],
  }));
