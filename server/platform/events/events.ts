/**
 * Events: written in the transaction of the change, delivered to each subscribing module at least once, effective once,
 * and those of one entity in the order in which they were written.
 *
 * The id of an event begins with its place in that order: a number drawn while the transaction holds a lock on the
 * entity until it ends, so that places follow commits. A delivery that finds an earlier event of its entity not done yet
 * goes back; one that is given up makes way for those behind it.
 */
import { randomBytes } from 'node:crypto';
import { type AppEvents, events as contracts } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import type { JobContext, JobRunner } from '../jobs/jobs.ts';
import { Hopeless, Postponed } from '../jobs/outcomes.ts';

export type EventName = keyof AppEvents;
export type EventPayload<N extends EventName> = Static<AppEvents[N]['payload']>;

export interface EventMeta {
  event_id: string;
  /** RFC 3339; of the publishing process's clock. */
  published_at: string;
}

/**
 * Runs in a transaction that also records the event and completes its delivery. What was given up and sent again by
 * somebody comes late: payloads that replace state carry a version to compare.
 */
export type Subscriber<N extends EventName> = (tx: Db, payload: EventPayload<N>, meta: EventMeta) => Promise<void>;
export type Subscribers = { [N in EventName]?: Subscriber<N> };

export interface Events {
  /**
   * Publishes exactly if the transaction commits. From here on the transaction holds a lock on the entity: those about
   * a thousand entities are fine in one transaction, not those about a million.
   */
  publish<N extends EventName>(tx: Db, name: N, payload: EventPayload<N>): Promise<void>;
}

export interface EventBus extends Events {
  /** To be called before the jobs start. */
  subscribe(module: string, subscribers: Subscribers): void;
}

const envelope = Type.Object({
  event_id: Type.String(),
  name: Type.String(),
  /** `project/12` */
  entity: Type.String(),
  published_at: Type.String(),
  payload: Type.Unknown(),
});
type Envelope = Static<typeof envelope>;

export function createEvents(db: Db, jobs: JobRunner): EventBus {
  const subscribedQueues = new Map<string, string[]>();
  const checks = new Map(Object.entries(contracts).map(([name, { payload }]) => [name, Compile(payload)]));

  /** What is wrong with an event, if anything is. */
  const objection = (name: string, payload: unknown): string | undefined => {
    const check = checks.get(name);
    if (!check) return `There is no event ${name}.`;
    return check.Check(payload) ? undefined : `Event ${name}: ${explain(check.Errors(payload))}`;
  };

  return {
    async publish(tx, name, payload) {
      const wrong = objection(name, payload);
      if (wrong) throw new Error(wrong);
      const queues = subscribedQueues.get(name) ?? [];
      if (queues.length === 0) return;
      const entity = entityOf(name, payload);
      const event: Envelope = {
        event_id: await drawId(tx, entity),
        name,
        entity,
        published_at: new Date().toISOString(),
        payload,
      };
      for (const queue of queues) await jobs.enqueue(tx, queue, event, { id: event.event_id, key: entity });
    },

    subscribe(module, subscribers) {
      const names = Object.keys(subscribers);
      if (names.length === 0) return;
      // One queue for all events of a module, since those of one entity have several names.
      const queue = `${module}/events`;
      for (const name of names) subscribedQueues.set(name, [...(subscribedQueues.get(name) ?? []), queue]);
      jobs.addQueue({
        name: queue,
        input: envelope,
        // About two hours.
        retryLimit: 20,
        expireInSeconds: 60,
        keyOf: (input) => (input as Envelope).entity,
        async handle(input, { complete }) {
          const event = input as Envelope;
          const subscriber = subscribers[event.name as EventName] as Subscriber<EventName> | undefined;
          if (!subscriber) throw new Hopeless(`${module} does not subscribe to ${event.name} in this version.`);
          const wrong = objection(event.name, event.payload);
          if (wrong) throw new Hopeless(`The payload is not of this version: ${wrong}`);
          await deliver(db, queue, event, complete, (tx) => subscriber(tx, event.payload as never, event));
        },
      });
    },
  };
}

function entityOf(name: EventName, payload: unknown): string {
  const { entity, key } = contracts[name];
  const id = key.split('.').reduce((value, field) => (value as Record<string, unknown>)[field], payload);
  return `${entity}/${id}`;
}

/** A UUID of version 8 whose first 48 bits are the place of the event; sorted as text, places are in order. */
async function drawId(tx: Db, entity: string): Promise<string> {
  const { rows } = await tx.execute<{ place: number }>(sql`
    WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(${`event of ${entity}`}, 0)))
    SELECT nextval('platform.event_order') AS place FROM locked`);
  const place = (rows[0]?.place ?? 0).toString(16).padStart(12, '0');
  const random = randomBytes(10).toString('hex');
  return `${place.slice(0, 8)}-${place.slice(8)}-8${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

/**
 * The effect, the record that it happened and the end of the delivery, as one.
 *
 * @throws Postponed while the first of the earlier events is not done: until it is due again, and where it is being
 *   worked on, for as long as that has taken so far, a second at the most
 */
function deliver(
  db: Db,
  queue: string,
  { event_id, entity }: Envelope,
  complete: JobContext['complete'],
  effect: (tx: Db) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ wait_ms: number | null; is_first: boolean }>(sql`
      WITH earlier AS (
        SELECT id, start_after, started_on FROM pgboss.job
        WHERE name = ${queue} AND singleton_key = ${entity} AND state < 'active' AND id < ${event_id}
        UNION ALL
        SELECT id, start_after, started_on FROM pgboss.job
        WHERE name = ${queue} AND singleton_key = ${entity} AND state = 'active' AND id < ${event_id}
      ), first AS (
        SELECT extract(epoch FROM start_after - now()) AS due_in,
          extract(epoch FROM now() - coalesce(started_on, start_after)) AS since
        FROM earlier ORDER BY id LIMIT 1
      ), recorded AS (
        INSERT INTO platform.inbox (subscriber, event_id)
        SELECT ${queue}::text, ${event_id}::uuid WHERE NOT EXISTS (SELECT FROM first)
        ON CONFLICT DO NOTHING RETURNING 1
      )
      SELECT (SELECT (1000 * greatest(due_in, least(since, 1), 0.1))::int FROM first) AS wait_ms,
        EXISTS (SELECT FROM recorded) AS is_first`);
    const { wait_ms, is_first } = rows[0] ?? { wait_ms: null, is_first: false };
    if (wait_ms !== null) throw new Postponed(wait_ms);
    if (is_first) await effect(tx);
    await complete(tx);
  });
}
