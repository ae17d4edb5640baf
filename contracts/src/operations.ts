/** Operations: what those who run the platform see of its background work, and do about what failed. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes } from './contract.ts';
import { Id, IdParams, Instant, Nullable, OneOf, Page, Paging, Shape, text } from './shapes.ts';

const QueueName = text(200, 1);

export const QueueStatus = Shape({
  name: Type.String(),
  ready: Type.Integer({ description: 'Jobs that are due and wait for a worker.' }),
  oldest_ready_seconds: Type.Integer({ description: 'How long the oldest of them waits.' }),
  deferred: Type.Integer({ description: 'Jobs for later: not due yet, or between two tries.' }),
  active: Type.Integer(),
  dead_letters: Type.Integer(),
});
export type QueueStatus = Static<typeof QueueStatus>;

/** A job that was given up. */
export const DeadLetter = Shape({
  id: Type.String(),
  queue: Type.String(),
  payload: Type.Record(Type.String(), Type.Unknown()),
  error: Type.String({ description: 'What the last try failed with.' }),
  tries: Type.Integer(),
  enqueued_at: Instant,
  given_up_at: Instant,
  trace_id: Nullable(Type.String({ description: 'The same in every log line of what caused it.' })),
});
export type DeadLetter = Static<typeof DeadLetter>;

const DeadLetterParams = Shape({
  id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
});

export const SagaState = OneOf('running', 'waiting', 'compensating', 'parked', 'completed', 'compensated', 'cancelled');

/** Work in several steps that is finished or undone. */
export const Saga = Shape({
  id: Id,
  name: Type.String(),
  key: Type.String(),
  state: SagaState,
  step: Type.String({ description: 'The one that it is at.' }),
  is_undoing: Type.Boolean({ description: 'It is on its way back, also when it is parked there.' }),
  error: Nullable(Type.String({ description: 'What failed last.' })),
  wake_at: Nullable(Instant),
  created_at: Instant,
  updated_at: Instant,
  ended_at: Nullable(Instant),
});

export const SagaDetail = Shape({
  ...Saga.properties,
  input: Type.Record(Type.String(), Type.Unknown()),
  steps: Type.Array(
    Shape({
      name: Type.String(),
      state: OneOf('intended', 'done', 'refused', 'undoing', 'undone'),
      attempts: Type.Integer(),
      result: Type.Unknown(),
      error: Nullable(Type.String()),
      started_at: Instant,
      ended_at: Nullable(Instant),
    }),
  ),
});

export const routes = defineRoutes({
  'GET /admin/queues': {
    summary: 'Every queue of background work, by name',
    access: 'admin',
    response: Shape({ items: Type.Array(QueueStatus) }),
  },
  'GET /admin/dead-letters': {
    summary: 'Jobs that were given up, the latest first; kept for 90 days',
    access: 'admin',
    query: Shape({ cursor: Paging.cursor, limit: Paging.limit, queue: Type.Optional(QueueName) }),
    response: Page(DeadLetter),
  },
  'POST /admin/dead-letters/redrive': {
    summary: 'Try all that a queue has given up again, as if it were new',
    access: 'admin',
    body: Shape({ queue: QueueName }),
    response: Shape({ redriven: Type.Integer() }),
  },
  'POST /admin/dead-letters/{id}/redrive': {
    summary: 'Try one again, as if it were new',
    access: 'admin',
    params: DeadLetterParams,
    status: 204,
  },
  'DELETE /admin/dead-letters/{id}': {
    summary: 'Discard one for good',
    access: 'admin',
    params: DeadLetterParams,
    status: 204,
  },
  'GET /admin/sagas': {
    summary: 'Work in several steps, the latest first; kept for 90 days after its end',
    access: 'admin',
    query: Shape({ cursor: Paging.cursor, limit: Paging.limit, state: Type.Optional(SagaState) }),
    response: Shape({
      ...Page(Saga).properties,
      counts: Type.Record(Type.String(), Type.Integer(), { description: 'By state, each exact up to 10,000.' }),
    }),
  },
  'GET /admin/sagas/{id}': {
    summary: 'One with its steps',
    access: 'admin',
    params: IdParams,
    response: SagaDetail,
  },
  'POST /admin/sagas/{id}/resume': {
    summary: 'Let a parked one go on, with all its tries',
    access: 'admin',
    params: IdParams,
    status: 204,
  },
});

export const calls = defineCalls({});

export const events = defineEvents({});

export const jobs = defineJobs({});
