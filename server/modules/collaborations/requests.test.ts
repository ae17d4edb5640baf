import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { accept, outcome, project, projectWithRole, read, send, sent } from './test-teams.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  app = await startTestApp();
  ({ owner, ada, bob, eve } = await crew(app));
});
afterAll(() => app.close());

describe('sending', () => {
  test('to the owner it is an application', async () => {
    const { id, role_id } = await projectWithRole(app, owner);
    const { status, body } = await send(app, ada, {
      receiver_id: owner.id,
      project_id: id,
      role_id,
      message: 'Hello <b>',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'application',
      sender_id: ada.id,
      receiver_id: owner.id,
      sender: { user_id: ada.id },
      receiver: { user_id: owner.id },
      project_id: id,
      project: { id, title: 'Campus bike map', status: 'open' },
      role: { id: role_id, name: 'Maker' },
      message: 'Hello <b>',
      status: 'pending',
      reason: null,
    });
    expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(14 * 86_400_000);
  });

  test('from the owner it is an invitation, without a project a wish to connect', async () => {
    const { id } = await project(app, owner);
    expect((await send(app, owner, { receiver_id: bob.id, project_id: id })).body).toMatchObject({
      kind: 'invitation',
      role: null,
    });
    expect((await send(app, owner, { receiver_id: bob.id })).body).toMatchObject({ kind: 'connection', project: null });
  });

  test('what makes no sense is refused with the reason', async () => {
    const mine = await projectWithRole(app, owner);
    const other = await projectWithRole(app, bob);
    const draft = await project(app, owner, { status: 'draft' });
    const college = await project(app, owner, { visibility: 'college' });
    const as = async (person: Person, body: Parameters<typeof send>[2]) => outcome(await send(app, person, body));
    expect(await as(ada, { receiver_id: ada.id })).toBe('422 /receiver_id');
    expect(await as(ada, { receiver_id: 999_999 })).toBe('422 /receiver_id');
    expect(await as(ada, { receiver_id: owner.id, project_id: 999_999 })).toBe('422 /project_id');
    expect(await as(ada, { receiver_id: owner.id, project_id: draft.id })).toBe('422 /project_id');
    expect(await as(ada, { receiver_id: owner.id, project_id: college.id })).toBe('422 /project_id');
    expect(await as(ada, { receiver_id: bob.id, project_id: mine.id })).toBe('422 /receiver_id');
    expect(await as(ada, { receiver_id: owner.id, project_id: mine.id, role_id: other.role_id })).toBe('422 /role_id');
    expect(await as(ada, { receiver_id: owner.id, role_id: mine.role_id })).toBe('422 /role_id');
    expect(await as(owner, { receiver_id: ada.id, project_id: draft.id })).toBe('409 project_closed');
    await app.db.execute(sql`UPDATE accounts.users SET is_active = false WHERE id = ${eve.id}`);
    expect(await as(ada, { receiver_id: eve.id })).toBe('422 /receiver_id');
    await app.db.execute(sql`UPDATE accounts.users SET is_active = true WHERE id = ${eve.id}`);
  });

  test('a project that is over takes no request, one that runs does', async () => {
    const { id } = await project(app, owner);
    const move = (status: 'in_progress' | 'completed') =>
      app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { status } });
    await move('in_progress');
    expect(outcome(await send(app, ada, { receiver_id: owner.id, project_id: id }))).toBe('201');
    await move('completed');
    expect(outcome(await send(app, bob, { receiver_id: owner.id, project_id: id }))).toBe('409 project_closed');
  });

  test('one pending request for project, role and person, whoever asks, also at once', async () => {
    const { id, role_id } = await projectWithRole(app, owner, 5);
    const apply = () => send(app, ada, { receiver_id: owner.id, project_id: id, role_id });
    const answers = (await Promise.all(Array.from({ length: 8 }, apply))).map(outcome).sort();
    expect(answers).toEqual(['201', ...Array.from({ length: 7 }, () => '409 already_pending')]);
    const invite = await send(app, owner, { receiver_id: ada.id, project_id: id, role_id });
    expect(outcome(invite)).toBe('409 already_pending');
    expect((invite.body as unknown as { detail: string }).detail).toContain('Accept that application');
    expect(outcome(await send(app, ada, { receiver_id: owner.id, project_id: id }))).toBe('201');
    expect(outcome(await send(app, ada, { receiver_id: owner.id, project_id: id }))).toBe('409 already_pending');
  });

  test('the database itself refuses a second pending request, also without a role', async () => {
    const { id } = await project(app, owner);
    await sent(app, ada, { receiver_id: owner.id, project_id: id });
    const copy = app.db.execute(sql`
      INSERT INTO collaborations.requests (kind, sender_id, receiver_id, person_id, project_id)
      VALUES ('invitation', ${owner.id}, ${ada.id}, ${ada.id}, ${id})`);
    await expect(copy).rejects.toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ constraint: 'requests_one_pending' }) }),
    );
  });

  test('two people connect once, whoever asks', async () => {
    const first = await sent(app, ada, { receiver_id: bob.id });
    expect(outcome(await send(app, ada, { receiver_id: bob.id }))).toBe('409 already_pending');
    expect(outcome(await send(app, bob, { receiver_id: ada.id }))).toBe('409 already_pending');
    expect((await accept(app, bob, first)).body).toMatchObject({ status: 'accepted', reason: null });
    expect(outcome(await send(app, bob, { receiver_id: ada.id }))).toBe('409 already_connected');
    const ties = await app.platform.calls('collaborations.getTies', { user_id: ada.id });
    expect(ties.user_ids).toContain(bob.id);
  });

  test('a no is respected for 30 days', async () => {
    const { id, role_id } = await projectWithRole(app, owner);
    const ask = () => send(app, eve, { receiver_id: owner.id, project_id: id, role_id });
    const first = (await ask()).body.id;
    await app.request('PUT /collaborations/{id}/reject', { as: owner, params: { id: first } });
    expect(outcome(await ask())).toBe('409 declined_recently');
    await app.db.execute(
      sql`UPDATE collaborations.requests SET updated_at = now() - interval '31 days' WHERE id = ${first}`,
    );
    expect(outcome(await ask())).toBe('201');
  });

  test.each([
    {},
    { receiver_id: '1' },
    { receiver_id: 1, x: 1 },
    { receiver_id: 2 ** 53 },
    { receiver_id: 1, message: 'x'.repeat(2001) },
    { receiver_id: 1, message: 'a\0' },
  ])('the body %j is refused', async (body) => {
    const answer = await app.fetch('/api/v1/collaborations', {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(422);
  });
});

describe('reading', () => {
  test('sent and received, newest first, by state and project; counts', async () => {
    const { owner: host, ada: guest, bob: other } = await crew(app);
    const { id } = await project(app, host);
    const application = await sent(app, guest, { receiver_id: host.id, project_id: id });
    const connection = await sent(app, guest, { receiver_id: host.id });
    const fromOther = await sent(app, other, { receiver_id: host.id });
    await app.request('PUT /collaborations/{id}/reject', { as: host, params: { id: fromOther } });
    const list = async (side: 'sent' | 'received', as: Person, query = {}) =>
      (await app.request(`GET /collaborations/${side}`, { as, query })).body.map((request) => request.id);
    expect(await list('sent', guest)).toEqual([connection, application]);
    expect(await list('sent', host)).toEqual([]);
    expect(await list('received', host)).toEqual([fromOther, connection, application]);
    expect(await list('received', host, { status: 'pending' })).toEqual([connection, application]);
    expect(await list('received', host, { project_id: id })).toEqual([application]);
    expect(await list('received', host, { skip: 1, limit: 1 })).toEqual([connection]);
    const stats = await app.request('GET /collaborations/stats', { as: host });
    expect(stats.body).toEqual({
      total_sent: 0,
      total_received: 3,
      pending_sent: 0,
      pending_received: 2,
      accepted: 0,
      rejected: 1,
      cancelled: 0,
    });
    const all = await app.platform.calls('collaborations.count', {});
    expect(all.total).toBeGreaterThan(all.pending);
    expect(await app.platform.calls('collaborations.getTies', { user_id: guest.id })).toEqual({
      project_ids: [id],
      user_ids: [host.id],
    });
  });

  test('history has what ended, from both sides, page by page', async () => {
    const { owner: host, ada: guest, bob: other } = await crew(app);
    const end = async (as: Person, from: Person) => {
      const id = await sent(app, from, { receiver_id: as.id });
      await app.request('PUT /collaborations/{id}/reject', { as, params: { id } });
      return id;
    };
    const first = await end(host, guest);
    const second = await end(other, host);
    const third = await end(host, other);
    await end(other, guest);
    await sent(app, eve, { receiver_id: host.id });

    const page = async (query = {}) => (await app.request('GET /collaborations/history', { as: host, query })).body;
    const whole = await page();
    expect(whole.items.map(({ id }) => id)).toEqual([third, second, first]);
    expect(whole.next_cursor).toBeNull();
    const begin = await page({ limit: 2 });
    expect(begin.items.map(({ id }) => id)).toEqual([third, second]);
    const rest = await page({ limit: 2, cursor: begin.next_cursor });
    expect(rest).toMatchObject({ items: [{ id: first, status: 'rejected', reason: 'declined' }], next_cursor: null });
  });

  test('a list with its cards, projects and roles is one statement', async () => {
    const { owner: host, ada: guest, bob: other } = await crew(app);
    const { id, role_id } = await projectWithRole(app, host);
    await sent(app, guest, { receiver_id: host.id, project_id: id, role_id });
    await sent(app, other, { receiver_id: host.id });
    await app.settled();
    const statements: string[] = [];
    const query = pg.Client.prototype.query;
    const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...args: unknown[]
    ) {
      const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
      if (text.includes('collaborations.')) statements.push(text);
      return query.apply(this, args as never) as never;
    });
    const answer = await app.request('GET /collaborations/received', { as: host });
    spy.mockRestore();
    expect(answer.body).toHaveLength(2);
    expect(statements).toHaveLength(1);
  });

  test('a request is its two people’s alone', async () => {
    const id = await sent(app, owner, { receiver_id: eve.id });
    expect((await read(app, eve, id)).id).toBe(id);
    const key = { params: { id } };
    for (const [as, status] of [
      [ada, 404],
      [null, 401],
    ] as const) {
      expect((await app.request('GET /collaborations/{id}', { as, ...key })).status).toBe(status);
      expect((await app.request('PUT /collaborations/{id}/accept', { as, ...key })).status).toBe(status);
      expect((await app.request('PUT /collaborations/{id}/reject', { as, ...key })).status).toBe(status);
      expect((await app.request('DELETE /collaborations/{id}', { as, ...key })).status).toBe(status);
    }
    expect(outcome(await accept(app, owner, id))).toBe('403 not_receiver');
    expect(outcome(await app.request('PUT /collaborations/{id}/reject', { as: owner, ...key }))).toBe(
      '403 not_receiver',
    );
    expect(outcome(await app.request('DELETE /collaborations/{id}', { as: eve, ...key }))).toBe('403 not_sender');
    expect((await read(app, eve, id)).status).toBe('pending');
  });

  test.each(['sent', 'received', 'history', 'stats', 'teams'])('%s is for members', async (list) => {
    expect((await app.fetch(`/api/v1/collaborations/${list}`)).status).toBe(401);
  });

  test.each(['limit=0', 'limit=101', 'skip=-1', 'status=open'])('%s is refused', async (query) => {
    const headers = { authorization: `Bearer ${ada.token}` };
    expect((await app.fetch(`/api/v1/collaborations/sent?${query}`, { headers })).status).toBe(422);
    expect((await app.fetch('/api/v1/collaborations/sent/?unknown=1', { headers })).status).toBe(200);
  });
});
