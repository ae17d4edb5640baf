/** The claims of one process on the sagas of one module, as a worker takes, keeps and settles them. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../database/database.ts';
import type { Claimed, Claims } from '../jobs/claims.ts';
import { createSagaStore, type HeldSaga } from './store.ts';

interface ClaimedSaga extends Claimed {
  saga: HeldSaga;
}

/** Milliseconds until a saga is taken up again whose run has failed. */
const AFTER_FAILURE = 1000;

export function createSagaClaims(db: Db, module: string, names: string[]): Claims<ClaimedSaga> {
  const store = createSagaStore(db);
  /** What a run leaves is written by itself, with what came of its step. */
  const complete = async () => {};
  const fail = ({ saga }: ClaimedSaga) => store.letGo(saga, AFTER_FAILURE * (0.5 + Math.random()));
  return {
    async fetch(limit) {
      const held = await store.claim(module, names, randomUUID(), limit);
      return held.map((saga) => ({
        id: String(saga.id),
        retryCount: 0,
        data: { traceparent: saga.traceparent ?? undefined },
        saga,
      }));
    },
    complete,
    fail,
    giveUp: fail,
    async release(jobs, milliseconds = 0) {
      if (jobs.length > 0) {
        await store.giveBack(
          jobs.map(({ saga }) => saga),
          milliseconds,
        );
      }
    },
    async touch(jobs) {
      const kept = await store.keepHold(jobs.map(({ saga }) => saga));
      return jobs.filter(({ saga }) => !kept.has(saga.id));
    },
  };
}
