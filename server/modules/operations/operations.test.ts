/** What an admin sees of the background work, and does about what was given up. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.settled();
  await app.db.execute(sql`DELETE FROM pgboss.job WHERE name = 'dead-letters'`);
});

/** A job of an older version, which is given up at once. */
const enqueueOld = (input: object) =>
  app.db.execute(sql`
    INSERT INTO pgboss.job (name, data, dead_letter)
    VALUES ('discovery.index_profile', ${JSON.stringify(input)}::jsonb, 'dead-letters')`);

async function givenUp(count: number, inputs: object[] = [{ profile: 1 }]) {
  for (const input of inputs) await enqueueOld(input);
  await expect
    .poll(async () => (await app.request('GET /admin/dead-letters', { as: admin })).body.total, { timeout: 15_000 })
    .toBe(count);
  return (await app.request('GET /admin/dead-letters', { as: admin })).body.items;
}

const audited = async () => {
  await app.settled();
  const { body } = await app.request('GET /admin/audit', {
    as: admin,
    query: { target: 'queue/discovery.index_profile' },
  });
  return body.items.map(({ action, actor_id, detail }) => ({ action, actor_id, count: detail.count }));
};

describe('dead letters', () => {
  it('say what failed, where, why and how often', async () => {
    const [letter] = await givenUp(1);
    expect(letter).toMatchObject({ queue: 'discovery.index_profile', payload: { profile: 1 }, tries: 1 });
    expect(letter?.error).toContain('not of this version');
    const { body } = await app.request('GET /admin/queues', { as: admin });
    const queue = body.items.find(({ name }) => name === 'discovery.index_profile');
    expect(queue).toMatchObject({ dead_letters: 1 });
    expect(await (await app.fetch('/metrics')).text()).toMatch(/job_queue_ready\{queue="accounts\/events"\} \d/);
  });

  it('are listed page by page and by queue', async () => {
    await givenUp(3, [{ a: 1 }, { b: 2 }, { c: 3 }]);
    const page = (cursor?: string) =>
      app.request('GET /admin/dead-letters', {
        as: admin,
        query: { limit: 2, queue: 'discovery.index_profile', ...(cursor && { cursor }) },
      });
    const first = (await page()).body;
    const second = (await page(first.next_cursor ?? '')).body;
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect([first.items.length, second.items.length, new Set(ids).size]).toEqual([2, 1, 3]);
    expect(second.next_cursor).toBeNull();
    const other = await app.request('GET /admin/dead-letters', { as: admin, query: { queue: 'mail.send' } });
    expect(other.body.items).toEqual([]);
    expect((await page('nonsense')).status).toBe(422);
  });

  it('are redriven one by one, with an entry in the audit log', async () => {
    const [letter] = await givenUp(1);
    const params = { id: letter?.id ?? '' };
    const redrive = () => app.request('POST /admin/dead-letters/{id}/redrive', { as: admin, params });
    expect((await redrive()).status).toBe(204);
    // Still of an older version, so it is given up again, as another letter.
    const [again] = await givenUp(1, []);
    expect(again?.id).not.toBe(letter?.id);
    expect((await redrive()).body).toMatchObject({ code: 'not_found', params: { what: 'dead_letter' } });
    expect(await audited()).toContainEqual({ action: 'dead_letter.redriven', actor_id: admin.id, count: 1 });
  });

  it('are redriven all at once by queue', async () => {
    await givenUp(2, [{ a: 1 }, { b: 2 }]);
    const body = { queue: 'discovery.index_profile' };
    const answer = await app.request('POST /admin/dead-letters/redrive', { as: admin, body });
    expect(answer.body).toEqual({ redriven: 2 });
    expect(await audited()).toContainEqual({ action: 'dead_letter.redriven', actor_id: admin.id, count: 2 });
    const none = await app.request('POST /admin/dead-letters/redrive', { as: admin, body: { queue: 'mail.send' } });
    expect(none.body).toEqual({ redriven: 0 });
  });

  it('are discarded for good', async () => {
    const [letter] = await givenUp(1);
    const params = { id: letter?.id ?? '' };
    expect((await app.request('DELETE /admin/dead-letters/{id}', { as: admin, params })).status).toBe(204);
    expect((await app.request('GET /admin/dead-letters', { as: admin })).body.total).toBe(0);
    expect((await app.request('DELETE /admin/dead-letters/{id}', { as: admin, params })).status).toBe(404);
    expect(await audited()).toContainEqual({ action: 'dead_letter.discarded', actor_id: admin.id, count: 1 });
  });

  it('are of nobody else’s business', async () => {
    const student = await app.member();
    expect((await app.request('GET /admin/dead-letters', { as: student })).status).toBe(403);
    expect((await app.request('GET /admin/queues', { as: student })).status).toBe(403);
  });
});

it('a request hands its trace on to what it causes', async () => {
  const trace = 'a'.repeat(32);
  await app.request('POST /auth/register', {
    body: { email: 'trace@example.org', username: 'traced', password: 'correct horse battery' },
    headers: { traceparent: `00-${trace}-${'b'.repeat(16)}-01` },
  });
  await app.settled();
  const { rows } = await app.db.execute<{ name: string }>(
    sql`SELECT DISTINCT name FROM pgboss.job WHERE data->>'traceparent' LIKE ${`00-${trace}-%`}`,
  );
  // The event's job, and what its handlers enqueue in turn.
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['accounts.process_user_registration', 'profiles/events', 'mail.send']),
  );
});
