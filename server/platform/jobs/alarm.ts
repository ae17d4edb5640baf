/**
 * Wakes workers when there is work, in this process and in others. A notification inside the transactions that enqueue
 * would make them commit one after the other (PostgreSQL holds one lock for it through each commit; measured, a quarter
 * of the commits), so it is sent beside them, gathered; whoever is woken looks several times, as the commit comes a
 * little later. A look for what is due, once a second for all queues, catches whatever else there is.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Worker } from './worker.ts';

const CHANNEL = 'collabthon_jobs';
/** Milliseconds from one look to the next after a hint. */
const LOOKS = [2, 5, 15, 50, 200];
const POLL_EVERY = 1000;
/** Milliseconds from one word to other processes to the next, at the least: each is a commit that wakes all of them. */
const TELL_EVERY = 5;

export interface Alarm {
  /** Something is about to be committed to a queue. */
  hint(queue: string): void;
  stop(): Promise<void>;
}

export async function createAlarm(
  boss: PgBoss,
  workers: ReadonlyMap<string, Worker>,
  /** Those of them whose work is not kept in pg-boss. */
  elsewhere: ReadonlySet<string>,
  onError: (error: unknown) => undefined,
): Promise<Alarm> {
  const database = boss.getDb();
  const self = randomUUID();
  const hinted = new Set<string>();
  const looks = new Map<string, { timer: NodeJS.Timeout; at: number; step: number }>();
  let stopped = false;
  let telling = false;

  const look = (queue: string, step = 0) => {
    const worker = workers.get(queue);
    const delay = LOOKS[step];
    if (!worker || delay === undefined || stopped) return;
    const planned = looks.get(queue);
    const at = Date.now() + delay;
    if (planned && planned.at <= at) {
      planned.step = Math.min(planned.step, step);
      return;
    }
    clearTimeout(planned?.timer);
    const plan = {
      at,
      step,
      timer: setTimeout(async () => {
        looks.delete(queue);
        if ((await worker.wake()) === 0) look(queue, plan.step + 1);
      }, delay),
    };
    looks.set(queue, plan);
  };

  /** Other processes hear of all that was hinted since the last time. */
  const tell = async () => {
    if (telling) return;
    telling = true;
    try {
      while (hinted.size > 0 && !stopped) {
        const words = [self, ...hinted].join(',');
        hinted.clear();
        await database.executeSql('SELECT pg_notify($1, $2)', [CHANNEL, words]);
        await pause(TELL_EVERY);
      }
    } catch (error) {
      onError(error);
    } finally {
      telling = false;
    }
  };

  const wakeDue = async () => {
    for (const name of elsewhere) void workers.get(name)?.wake();
    const names = [...workers.keys()].filter((name) => !elsewhere.has(name));
    const { rows } = (await database.executeSql(
      `SELECT queue FROM unnest($1::text[]) AS queue
       WHERE EXISTS (SELECT 1 FROM pgboss.job WHERE name = queue AND state IN ('created', 'retry') AND NOT blocked AND start_after <= now())`,
      [names],
    )) as { rows: { queue: string }[] };
    for (const { queue } of rows) void workers.get(queue)?.wake();
  };

  // Where it cannot be had, behind some poolers, the look for what is due finds everything within a second.
  const listening =
    workers.size > 0
      ? await database
          .listen?.(
            CHANNEL,
            (payload) => {
              const [sender, ...queues] = payload.split(',');
              if (sender !== self) for (const queue of queues) look(queue);
            },
            () => void wakeDue().catch(onError),
          )
          .catch(onError)
      : undefined;
  let polling = Promise.resolve();
  const poll =
    workers.size > 0
      ? setInterval(() => {
          polling = wakeDue().catch(onError);
        }, POLL_EVERY)
      : undefined;

  return {
    hint(queue) {
      look(queue);
      hinted.add(queue);
      setImmediate(() => void tell());
    },
    async stop() {
      stopped = true;
      clearInterval(poll);
      for (const { timer } of looks.values()) clearTimeout(timer);
      await polling;
      await listening?.close();
    },
  };
}
