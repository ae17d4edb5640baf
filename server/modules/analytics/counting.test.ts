/** What happens is counted once, on its day. */
import { type ActivityResult, measures } from '@collabthon/contracts/analytics';
import { sql } from 'drizzle-orm';
import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EventPayload } from '../../platform/events/events.ts';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { day, projectWithTeam } from './test-activity.ts';

let app: TestApp;
let admin: TestMember;
let owner: TestMember;
let applicant: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
  owner = await app.member();
  applicant = await app.member();
  await projectWithTeam(app, owner, applicant);
}, 60_000);
afterAll(() => app.close());

/** From yesterday to tomorrow's eve, so that midnight in between changes nothing. */
async function totals(): Promise<Static<typeof ActivityResult>['totals'] | undefined> {
  const { body } = await app.request('POST /admin/reports', {
    as: admin,
    body: { kind: 'activity', from: day(1), to: day() },
  });
  const params = { id: body.id };
  return vi.waitFor(
    async () => {
      const { result } = (await app.request('GET /admin/reports/{id}', { as: admin, params })).body;
      expect(result).not.toBeNull();
      return result?.totals;
    },
    { timeout: 20_000 },
  );
}

const expected = {
  members_registered: 3,
  projects_posted: 1,
  projects_finished: 1,
  requests_made: 1,
  requests_accepted: 1,
  teams_joined: 1,
  messages_sent: 1,
};

it('by every measure there is', async () => {
  expect(Object.keys(expected)).toEqual([...measures]);
  expect(await totals()).toEqual(expected);
});

it('once, however often an event is delivered', async () => {
  const { rowCount } = await app.db.execute(sql`
    UPDATE pgboss.job SET state = 'created', completed_on = NULL, retry_count = 0, start_after = now()
    WHERE name = 'analytics/events' AND state = 'completed'`);
  expect(rowCount).toBeGreaterThan(6);
  await app.settled();
  expect(await totals()).toEqual(expected);
});

it('not for days of before counting began, nor for people who are invented', async () => {
  const party = {
    collaboration_id: 999_999,
    kind: 'connection' as const,
    sender_id: owner.id,
    receiver_id: applicant.id,
  };
  const { rows } = await app.db.execute<{ payload: object }>(sql`
    SELECT data->'payload' AS payload FROM pgboss.job
    WHERE name = 'analytics/events' AND data->>'name' = 'collaboration.requested' LIMIT 1`);
  await app.db.transaction(async (tx) => {
    await app.platform.events.publish(tx, 'collaboration.requested', {
      ...(rows[0]?.payload as object as EventPayload<'collaboration.requested'>),
      ...party,
      requested_at: '2024-01-01T12:00:00Z',
    });
    await app.platform.events.publish(tx, 'member.registered', { user_id: 999_999, username: 'demo', is_demo: true });
  });
  await app.settled();
  const { rows: old } = await app.db.execute(sql`SELECT 1 FROM analytics.daily WHERE day < ${day(1)}::date`);
  expect(old).toEqual([]);
  expect(await totals()).toEqual(expected);
});
