/**
 * Events: written in the transaction of the change, delivered to each subscriber at least once by a queue of its own, and
 * effective once, since a subscriber records the event in the transaction of its effect.
 */
import { randomUUID } from 'node:crypto';
import { type AppEvents, events as contracts } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import type { JobRunner } from '../jobs/jobs.ts';

export type EventName = keyof AppEvents;
export type EventPayload<N extends EventName> = Static<AppEvents[N]>;

export interface EventMeta {
  event_id: string;
  /** RFC 3339; of the publishing process's clock. */
  published_at: string;
}

/**
 * Runs in a transaction that also records the event. Deliveries may be late and out of order: compare versions.
 */
export type Subscriber<N extends EventName> = (tx: Db, payload: EventPayload<N>, meta: EventMeta) => Promise<void>;
export type Subscribers = { [N in EventName]?: Subscriber<N> };

export interface Events {
  /** Publishes exactly if the transaction commits. */
  publish<N extends EventName>(tx: Db, name: N, payload: EventPayload<N>): Promise<void>;
}

export interface EventBus extends Events {
  /** To be called before the jobs start. */
  subscribe(module: string, subscribers: Subscribers): void;
}

const envelope = Type.Object({ event_id: Type.String(), published_at: Type.String(), payload: Type.Unknown() });
type Envelope = Static<typeof envelope>;

export function createEvents(db: Db, jobs: JobRunner): EventBus {
  const subscribedQueues = new Map<string, string[]>();
  const checks = new Map(Object.entries(contracts).map(([name, schema]) => [name, Compile(schema)]));

  const checked = (name: string, payload: unknown) => {
    const check = checks.get(name);
    if (!check) throw new Error(`There is no event ${name}.`);
    if (!check.Check(payload)) throw new Error(`Event ${name}: ${explain(check.Errors(payload))}`);
  };

  return {
    async publish(tx, name, payload) {
      checked(name, payload);
      const event: Envelope = { event_id: randomUUID(), published_at: new Date().toISOString(), payload };
      for (const queue of subscribedQueues.get(name) ?? []) await jobs.enqueue(tx, queue, event);
    },

    subscribe(module, subscribers) {
      for (const [name, subscriber] of Object.entries(subscribers)) {
        const queue = `${module}/${name}`;
        subscribedQueues.set(name, [...(subscribedQueues.get(name) ?? []), queue]);
        jobs.addQueue({
          name: queue,
          input: envelope,
          // About two hours.
          retryLimit: 20,
          expireInSeconds: 60,
          async handle(input) {
            const event = input as Envelope;
            checked(name, event.payload);
            await db.transaction(async (tx) => {
              const first = await tx.execute(sql`
                INSERT INTO platform.inbox (subscriber, event_id) VALUES (${queue}, ${event.event_id})
                ON CONFLICT DO NOTHING`);
              if (first.rowCount === 0) return;
              await (subscriber as Subscriber<EventName>)(tx, event.payload as never, event);
            });
          },
        });
      }
    },
  };
}
