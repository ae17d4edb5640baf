/** Sagas: started in the caller's transaction, worked on like jobs, from step to step until they are done or undone. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { type TObject, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import type { JobRunner } from '../jobs/jobs.ts';
import type { Platform } from '../module.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceparent } from '../telemetry/trace.ts';
import { createSagaClaims } from './claims.ts';
import type { Saga } from './define.ts';
import { createRun } from './run.ts';
import { createSagaAdmin, createSagaStore, HELD_SECONDS, type SagaRow } from './store.ts';

export interface Sagas {
  /**
   * The saga exists exactly if the transaction commits; started again under its key, it is there once.
   *
   * @returns whether this call is the one that started it
   */
  start<Input extends object>(tx: Db, saga: Saga<Input>, input: Input, options: { key: string }): Promise<boolean>;
  /** Turns a saga back that waits and is not past its pivot. @returns whether it did */
  cancel(tx: Db, saga: { name: string }, key: string): Promise<boolean>;
  /** Lets a parked saga go on with all its tries. @returns its name, or null when it is not parked */
  resume(tx: Db, id: number): Promise<string | null>;
  /**
   * Waits until a saga has done a step, or has ended in any way, or the time is over.
   *
   * @returns how it is then; null if there is none
   */
  follow(saga: { name: string }, key: string, until: { to: string; milliseconds: number }): Promise<SagaRow | null>;
  list: ReturnType<typeof createSagaAdmin>['list'];
  find: ReturnType<typeof createSagaAdmin>['find'];
  counts: ReturnType<typeof createSagaAdmin>['counts'];
}

export interface SagaRunner extends Sagas {
  /** To be called before the jobs start. */
  register(module: string, sagas: readonly Saga[], platform: Platform): void;
}

export function createSagas(db: Db, jobs: JobRunner, log: FastifyBaseLogger, metrics: Metrics): SagaRunner {
  const defined = new Map<string, { saga: Saga; check: ReturnType<typeof Compile<TObject>> }>();
  const parked = metrics.counter('sagas_parked_total', 'Sagas that could neither finish nor be undone', ['saga']);
  const admin = createSagaAdmin(db);
  metrics.gauge(
    'sagas_parked',
    'Sagas that wait for somebody',
    [],
    async () => [{ labels: {}, value: (await admin.counts()).parked }],
    { isShared: true },
  );

  jobs.addQueue({
    name: 'platform.delete_sagas',
    input: Type.Object({}),
    retryLimit: 2,
    expireInSeconds: 300,
    cron: '27 * * * *',
    handle: () => admin.deleteOld(),
  });

  return {
    async start(tx, { name }, input, { key }) {
      const known = defined.get(name);
      if (!known) throw new Error(`There is no saga ${name}.`);
      if (!known.check.Check(input)) throw new Error(`Saga ${name}: ${explain(known.check.Errors(input))}`);
      const [first] = known.saga.steps;
      if (!first) throw new Error(`Saga ${name} has no step.`);
      const wakeAt = first.until?.({ input, results: {} } as never) ?? null;
      const trace = traceparent() ?? null;
      const id = await createSagaStore(tx).insert({ name, key, input, first: first.name, wakeAt, traceparent: trace });
      if (id !== null && !wakeAt) jobs.hint(queueOf(name));
      return id !== null;
    },

    async cancel(tx, { name }, key) {
      const steps = defined.get(name)?.saga.steps ?? [];
      const pivot = steps.findIndex(({ isPivot }) => isPivot);
      const isCancelled = await createSagaAdmin(tx).cancel(name, key, pivot === -1 ? steps.length : pivot);
      if (isCancelled) jobs.hint(queueOf(name));
      return isCancelled;
    },

    async resume(tx, id) {
      const name = await createSagaAdmin(tx).resume(id);
      if (name !== null) jobs.hint(queueOf(name));
      return name;
    },

    async follow({ name }, key, { to, milliseconds }) {
      const end = Date.now() + milliseconds;
      for (let delay = 5; ; delay = Math.min(100, delay * 1.5)) {
        const saga = await admin.findByKey(name, key);
        const isFar = saga?.steps.some((step) => step.name === to && step.state === 'done');
        if (!saga || isFar || saga.ended_at !== null || saga.state === 'parked' || Date.now() > end) return saga;
        await pause(delay);
      }
    },

    list: admin.list,
    find: admin.find,
    counts: admin.counts,

    register(module, sagas, platform) {
      if (sagas.length === 0) return;
      for (const saga of sagas) {
        if (saga.name.split('.')[0] !== module) throw new Error(`Saga ${saga.name} is not one of ${module}.`);
        if (defined.has(saga.name)) throw new Error(`Saga ${saga.name} is defined twice.`);
        defined.set(saga.name, { saga, check: Compile(saga.input) });
      }
      const run = createRun({ db, log, platform, onParked: (saga) => parked.inc({ saga }) });
      const ofModule = new Map(sagas.map((saga) => [saga.name, saga]));
      jobs.addWork({
        queue: queueOf(`${module}.`),
        claims: createSagaClaims(db, module, [...ofModule.keys()]),
        concurrency: 20,
        lease: HELD_SECONDS * 1000,
        // Steps have a policy of their own; a run fails with its process or the database, which come back.
        retryLimit: Number.POSITIVE_INFINITY,
        // Longer than any saga takes that goes on without a break; its steps have limits of their own.
        expireInSeconds: 3600,
        async run({ saga }, signal) {
          await run(ofModule.get(saga.name) as Saga, saga, signal);
          return 'completed';
        },
      });
    },
  };
}

/** Each module's sagas are worked on apart, so that a process works on those of its own modules. */
const queueOf = (saga: string) => `${saga.split('.')[0]}/sagas`;
