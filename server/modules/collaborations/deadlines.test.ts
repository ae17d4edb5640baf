import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventName, EventPayload } from '../../platform/events/events.ts';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { collaborationJobs } from './jobs.ts';
import { accept, outcome, project, read, sent } from './test-teams.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
const published: { name: EventName; payload: EventPayload<EventName> }[] = [];

beforeAll(async () => {
  app = await startTestApp();
  ({ owner, ada, bob } = await crew(app));
});
afterAll(() => app.close());

/** The job on a platform that also writes down what is published. */
async function run(): Promise<void> {
  const { events } = app.platform;
  const listening = {
    ...app.platform,
    events: {
      publish: async <N extends EventName>(tx: typeof app.db, name: N, payload: EventPayload<N>) => {
        await events.publish(tx, name, payload);
        published.push({ name, payload });
      },
    },
  };
  await collaborationJobs(listening)['collaborations.remind_and_expire']?.(
    {},
    { signal: new AbortController().signal },
  );
}

const age = (id: number, days: number) =>
  app.db.execute(sql`
    UPDATE collaborations.requests
    SET created_at = now() - make_interval(days => ${days}), expires_at = now() - make_interval(days => ${days}) + interval '14 days'
    WHERE id = ${id}`);

test('who does not answer is reminded after three days, once', async () => {
  const { id } = await project(app, owner);
  const old = await sent(app, ada, { receiver_id: owner.id, project_id: id });
  await sent(app, bob, { receiver_id: owner.id, project_id: id });
  const answered = await sent(app, ada, { receiver_id: bob.id });
  await accept(app, bob, answered);
  await age(old, 3);
  await age(answered, 3);
  await Promise.all([run(), run()]);
  await run();
  const reminders = published.filter(({ name }) => name === 'collaboration.reminder_due');
  expect(reminders.map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ collaboration_id: old, receiver_id: owner.id, project_id: id, kind: 'application' }),
  ]);
  expect((await read(app, ada, old)).status).toBe('pending');
});

test('after fourteen days a request ends, once, and may be sent again', async () => {
  published.length = 0;
  const request = await sent(app, bob, { receiver_id: owner.id });
  await age(request, 14);
  expect(outcome(await accept(app, owner, request))).toBe('409 already_answered');
  await Promise.all([run(), run()]);
  await run();
  expect(await read(app, bob, request)).toMatchObject({ status: 'cancelled', reason: 'expired' });
  expect(published.filter(({ name }) => name === 'collaboration.closed')).toHaveLength(1);
  expect(published.filter(({ name }) => name === 'collaboration.reminder_due')).toEqual([]);
  await sent(app, bob, { receiver_id: owner.id });
});

test('the job is known to the queue', async () => {
  await app.platform.jobs.send(app.db, 'collaborations.remind_and_expire', {});
  await app.settled();
});
