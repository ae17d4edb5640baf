/**
 * Events: written in the transaction of the change, delivered to each subscribing module at least once, effective once,
 * and those of one entity in the order in which they were written.
 *
 * The id of an event begins with its place in that order: a number drawn while the transaction holds a lock on the
 * entity until it ends, so that places follow commits. A delivery that finds an earlier event of its entity not done yet
 * goes back; one that is given up makes way for those behind it.
 *
 * To a service apart, each event is posted by a job, in the same order; there it is delivered to the modules that
 * subscribe as if it had been published there.
 */
import { randomBytes } from 'node:crypto';
import { type AppEvents, events as contracts } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Cache } from '../cache/cache.ts';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import { ProblemError, problem } from '../http/problems.ts';
import type { JobContext, JobRunner, Queue } from '../jobs/jobs.ts';
import { Hopeless, Postponed } from '../jobs/outcomes.ts';
import type { Peers } from '../peers/peers.ts';

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

/**
 * By event, the tags of what is cached and changes with it. An event of a module's own counts when it is published, one that
 * it subscribes to when it has had its effect; in that transaction.
 */
export type Outdates = { [N in EventName]?: (payload: EventPayload<N>, tx: Db) => string[] | Promise<string[]> };

export interface Events {
  /**
   * Publishes exactly if the transaction commits. From here on the transaction holds a lock on the entity: those about
   * a thousand entities are fine in one transaction, not those about a million.
   */
  publish<N extends EventName>(tx: Db, name: N, payload: EventPayload<N>): Promise<void>;
}

export interface EventBus extends Events {
  /** To be called before the jobs start. */
  subscribe(module: string, subscribers: Subscribers, outdates?: Outdates): void;
  /** Names of the events that somebody here subscribes to. */
  heard(): string[];
  /**
   * Takes an event that another service posts, for the modules here that subscribe; taken twice, it is there once.
   * @throws 400 when this version does not know such an event
   */
  accept(event: Envelope): Promise<void>;
}

export const envelope = Type.Object({
  event_id: Type.String(),
  name: Type.String(),
  /** `project/12` */
  entity: Type.String(),
  published_at: Type.String(),
  payload: Type.Unknown(),
});
export type Envelope = Static<typeof envelope>;

/** @param peers null where everything runs in one process */
export function createEvents(db: Db, jobs: JobRunner, peers: Peers | null, cache: Cache): EventBus {
  /** By name of the event: the queues of modules here, and those that lead to other services. */
  const here = new Map<string, string[]>();
  const elsewhere = new Map<string, string[]>();
  const add = (queues: typeof here, name: string, queue: string) =>
    queues.set(name, [...(queues.get(name) ?? []), queue]);
  /** By event, those of the modules that publish it. */
  const ownOutdates = new Map<string, Outdates[EventName][]>();
  const outdate = async (tx: Db, tagsOf: Outdates[EventName], payload: unknown) => {
    if (tagsOf) await cache.invalidate(tx, await tagsOf(payload as never, tx));
  };
  const checks = new Map(Object.entries(contracts).map(([name, { payload }]) => [name, Compile(payload)]));

  /** What is wrong with an event, if anything is. */
  const objection = (name: string, payload: unknown): string | undefined => {
    const check = checks.get(name);
    if (!check) return `There is no event ${name}.`;
    return check.Check(payload) ? undefined : `Event ${name}: ${explain(check.Errors(payload))}`;
  };

  const enqueue = async (tx: Db, queues: string[], event: Envelope) => {
    for (const queue of queues) await jobs.enqueue(tx, queue, event, { id: event.event_id, key: event.entity });
  };

  if (peers) {
    for (const peer of peers.all) {
      const queue = `to-${peer.name}/events`;
      for (const name of peer.hears) add(elsewhere, name, queue);
      jobs.addQueue(courier(db, queue, (event) => peers.ask(peer, '/internal/events', event)));
    }
  }

  return {
    async publish(tx, name, payload) {
      const wrong = objection(name, payload);
      if (wrong) throw new Error(wrong);
      for (const tagsOf of ownOutdates.get(name) ?? []) await outdate(tx, tagsOf, payload);
      const queues = [...(here.get(name) ?? []), ...(elsewhere.get(name) ?? [])];
      if (queues.length === 0) return;
      const entity = entityOf(name, payload);
      const event: Envelope = {
        event_id: await drawId(tx, entity),
        name,
        entity,
        published_at: new Date().toISOString(),
        payload,
      };
      await enqueue(tx, queues, event);
    },

    heard: () => [...here.keys()],

    async accept(event) {
      const wrong = objection(event.name, event.payload);
      if (wrong) throw problem(400, 'bad_request', wrong);
      await db.transaction((tx) => enqueue(tx, here.get(event.name) ?? [], event));
    },

    subscribe(module, subscribers, outdates = {}) {
      for (const [name, tagsOf] of Object.entries(outdates) as [EventName, Outdates[EventName]][]) {
        if (!(name in subscribers)) ownOutdates.set(name, [...(ownOutdates.get(name) ?? []), tagsOf]);
      }
      const names = Object.keys(subscribers);
      if (names.length === 0) return;
      // One queue for all events of a module, since those of one entity have several names.
      const queue = `${module}/events`;
      for (const name of names) add(here, name, queue);
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
          await deliver(db, queue, event, complete, async (tx) => {
            await subscriber(tx, event.payload as never, event);
            await outdate(tx, outdates[event.name as EventName], event.payload);
          });
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
 * The queue that leads to another service. What is posted bears being posted again: the same event is there once.
 * @param post throws the problem that the other service answers
 */
const courier = (db: Db, queue: string, post: (event: Envelope) => Promise<unknown>): Queue => ({
  name: queue,
  input: envelope,
  // About three days: longer than any outage.
  retryLimit: 5000,
  retryDelayMax: 60,
  expireInSeconds: 60,
  keyOf: (input) => (input as Envelope).entity,
  async handle(input) {
    const event = input as Envelope;
    const { rows } = await db.execute<{ wait_ms: number | null }>(sql`
      WITH first AS (${firstBefore(queue, event)}) SELECT ${waitForIt} AS wait_ms`);
    const wait = rows[0]?.wait_ms ?? null;
    if (wait !== null) throw new Postponed(wait);
    try {
      await post(event);
    } catch (error) {
      const isRefused = error instanceof ProblemError && error.status === 400;
      throw isRefused ? new Hopeless(`It is not taken there: ${error.message}`) : error;
    }
  },
});

/** The first of the events of the same entity before this one that are not done. */
const firstBefore = (queue: string, { event_id, entity }: Envelope) => sql`
  SELECT extract(epoch FROM start_after - now()) AS due_in,
    extract(epoch FROM now() - coalesce(started_on, start_after)) AS since
  FROM (
    SELECT id, start_after, started_on FROM pgboss.job
    WHERE name = ${queue} AND singleton_key = ${entity} AND state < 'active' AND id < ${event_id}
    UNION ALL
    SELECT id, start_after, started_on FROM pgboss.job
    WHERE name = ${queue} AND singleton_key = ${entity} AND state = 'active' AND id < ${event_id}
  ) earlier ORDER BY id LIMIT 1`;

/** Milliseconds until it is due again, and where it is being worked on, for as long as that has taken so far, a second at the most. */
const waitForIt = sql`(SELECT (1000 * greatest(due_in, least(since, 1), 0.1))::int FROM first)`;

/**
 * The effect, the record that it happened and the end of the delivery, as one.
 * @throws Postponed while an earlier event of the entity is not done
 */
function deliver(
  db: Db,
  queue: string,
  event: Envelope,
  complete: JobContext['complete'],
  effect: (tx: Db) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ wait_ms: number | null; is_first: boolean }>(sql`
      WITH first AS (${firstBefore(queue, event)}), recorded AS (
        INSERT INTO platform.inbox (subscriber, event_id)
        SELECT ${queue}::text, ${event.event_id}::uuid WHERE NOT EXISTS (SELECT FROM first)
        ON CONFLICT DO NOTHING RETURNING 1
      )
      SELECT ${waitForIt} AS wait_ms, EXISTS (SELECT FROM recorded) AS is_first`);
    const { wait_ms, is_first } = rows[0] ?? { wait_ms: null, is_first: false };
    if (wait_ms !== null) throw new Postponed(wait_ms);
    if (is_first) await effect(tx);
    await complete(tx);
  });
}
