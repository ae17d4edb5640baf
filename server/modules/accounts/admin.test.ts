import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { createAdmin, insertDemoAccounts } from './index.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
});
afterAll(() => app.close());

const toggle = (as: TestMember, id: number) =>
  app.request('PUT /admin/users/{id}/toggle-active', { as, params: { id } });
const setRole = (as: TestMember, id: number, role: 'student' | 'moderator' | 'admin') =>
  app.request('PUT /admin/users/{id}/role', { as, params: { id }, body: { role } });
const audit = async (query: { cursor?: string; limit?: number } = {}) => {
  await app.settled();
  return (await app.request('GET /admin/audit', { as: admin, query })).body;
};

/** Leaves exactly these as active admins. */
const onlyAdmins = (...ids: number[]) =>
  app.db.execute(sql`UPDATE accounts.users SET role = CASE WHEN id = ANY(${sql.param(ids)}::bigint[]) THEN 'admin' ELSE 'student' END
    WHERE role = 'admin' OR id = ANY(${sql.param(ids)}::bigint[])`);

describe('users as others see them', () => {
  it('have no address, except for themselves and admins', async () => {
    const [ada, bob] = [await app.member(), await app.member()];
    const see = (as: TestMember | null) => app.request('GET /users/{id}', { as, params: { id: ada.id } });
    for (const viewer of [null, bob, await app.member({ role: 'moderator' })]) {
      const { status, body } = await see(viewer);
      expect(status).toBe(200);
      expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['email']));
      expect(JSON.stringify(body)).not.toContain(ada.email);
      expect(body).not.toHaveProperty('totp_enabled');
    }
    for (const viewer of [ada, admin]) expect((await see(viewer)).body.email).toBe(ada.email);
  });

  it('are not there when suspended, except for admins', async () => {
    const [ada, bob] = [await app.member(), await app.member()];
    await toggle(admin, ada.id);
    const params = { id: ada.id };
    expect((await app.request('GET /users/{id}', { params })).status).toBe(404);
    expect((await app.request('GET /users/{id}', { params, as: bob })).status).toBe(404);
    expect((await app.request('GET /users/{id}', { params, as: admin })).body.is_active).toBe(false);
    expect((await app.request('GET /users/{id}', { params: { id: 2 ** 52 } })).status).toBe(404);
  });

  it('are found by a part of the name, never by the address, and LIKE signs mean themselves', async () => {
    const ada = await app.member({ username: 'Find_Ada.L', email: 'hidden-address@secret.example' });
    await app.member({ username: 'FindXAdaXL' });
    await app.member({ username: 'not_find_ada' });
    const search = async (query: string) =>
      (await app.request('GET /users/search/{query}', { as: ada, params: { query } })).body.map(
        ({ username }) => username,
      );
    expect(await search('find_a')).toEqual(['Find_Ada.L', 'not_find_ada']);
    for (const query of ['hidden', 'secret.example', ada.email, '%', 'nd%A', '\\'])
      expect(await search(query)).toEqual([]);
    const found = await app.request('GET /users/search/{query}', {
      as: await app.member(),
      params: { query: 'Find_Ada' },
    });
    expect(JSON.stringify(found.body)).not.toContain('secret.example');
    await toggle(admin, ada.id);
    const after = await app.request('GET /users/search/{query}', { as: admin, params: { query: 'Find_Ada' } });
    expect(after.body.map(({ username }) => username)).toEqual(['not_find_ada']);
  });
});

describe('admins', () => {
  it('list users by page, with addresses, searched literally', async () => {
    const ada = await app.member({ username: 'list_me' });
    const { body } = await app.request('GET /admin/users', { as: admin, query: { limit: 2, skip: 1 } });
    expect(body).toHaveLength(2);
    expect(body[0]?.id).toBeLessThan(body[1]?.id ?? 0);
    const found = await app.request('GET /admin/users', { as: admin, query: { q: 'LIST_ME' } });
    expect(found.body.map(({ id, email }) => [id, email])).toEqual([[ada.id, ada.email]]);
    expect((await app.request('GET /users', { as: admin, query: { limit: 100 } })).body.length).toBeGreaterThan(2);
    for (const key of ['GET /users', 'GET /admin/users', 'GET /admin/stats', 'GET /admin/audit'] as const) {
      expect((await app.request(key, { as: ada })).status).toBe(403);
      expect((await app.request(key)).status).toBe(401);
    }
  });

  it('see totals that are true', async () => {
    const before = (await app.request('GET /admin/stats', { as: admin })).body;
    const gone = await app.member();
    await toggle(admin, gone.id);
    const after = (await app.request('GET /admin/stats', { as: admin })).body;
    expect(after).toEqual({ ...before, total_users: before.total_users + 1 });
  });

  it('suspend and restore; suspending ends every session at once', async () => {
    const ada = await app.member();
    expect((await toggle(admin, ada.id)).body).toEqual({ success: true, user: { id: ada.id, is_active: false } });
    expect((await app.request('GET /auth/me', { as: ada })).status).toBe(401);
    expect((await app.request('POST /auth/refresh', { body: { refresh_token: ada.refresh_token } })).status).toBe(401);
    expect((await app.platform.calls('accounts.getMember', { user_id: ada.id }))?.is_active).toBe(false);
    expect((await toggle(admin, ada.id)).body.user.is_active).toBe(true);
    // What ended stays ended; a new sign-in works.
    expect((await app.request('GET /auth/me', { as: ada })).status).toBe(401);
    const login = await app.request('POST /auth/login', { body: { username: ada.username, password: TEST_PASSWORD } });
    expect(login.status).toBe(200);
    expect((await audit()).items.slice(0, 2).map(({ action, target, actor_id }) => [action, target, actor_id])).toEqual(
      [
        ['user.restored', `user/${ada.id}`, admin.id],
        ['user.suspended', `user/${ada.id}`, admin.id],
      ],
    );
  });

  it('suspend with a reason, and saying it twice changes nothing', async () => {
    const ada = await app.member();
    const set = (is_active: boolean, reason?: string) =>
      app.request('PUT /admin/users/{id}/active', {
        as: admin,
        params: { id: ada.id },
        body: { is_active, ...(reason && { reason }) },
      });
    for (const _ of [1, 2]) {
      const { status, body } = await set(false, 'Sent the same offer to everybody');
      expect([status, body.is_active]).toEqual([200, false]);
    }
    expect((await app.request('GET /auth/me', { as: ada })).status).toBe(401);
    await app.settled();
    const trail = async () =>
      (await app.request('GET /admin/audit', { as: admin, query: { target: `user/${ada.id}` } })).body;
    expect(await trail()).toMatchObject({
      total: 1,
      items: [
        { action: 'user.suspended', detail: { username: ada.username, reason: 'Sent the same offer to everybody' } },
      ],
    });
    expect((await set(true)).body.is_active).toBe(true);
    await app.settled();
    expect((await trail()).items.map(({ action }) => action)).toEqual(['user.restored', 'user.suspended']);
    const own = await app.request('PUT /admin/users/{id}/active', {
      as: admin,
      params: { id: admin.id },
      body: { is_active: false },
    });
    expect(own.body).toMatchObject({ status: 409, code: 'own_account' });
  });

  it('find users by address, role and state, newest first if they want', async () => {
    const [mod, gone] = [await app.member({ role: 'moderator', email: 'mod@sieve.example' }), await app.member()];
    await toggle(admin, gone.id);
    const ids = async (query: { q?: string; role?: 'moderator'; is_active?: boolean; newest_first?: boolean }) =>
      (await app.request('GET /admin/users', { as: admin, query: { limit: 100, ...query } })).body.map(({ id }) => id);
    expect(await ids({ q: 'SIEVE.ex' })).toEqual([mod.id]);
    const names = { first_name: 'Wilhelmina', last_name: "O'Sieve_1", college: 'Harbour College', major: 'Design' };
    await app.request('POST /users/me/profile', { as: mod, body: { ...names, year: 2, visibility: 'private' } });
    expect(await ids({ q: "mina o'sieve_" })).toEqual([mod.id]);
    expect(await ids({ q: 'mina o%' })).toEqual([]);
    expect(await ids({ role: 'moderator' })).toContain(mod.id);
    expect(await ids({ role: 'moderator' })).not.toContain(gone.id);
    expect(await ids({ is_active: false })).toContain(gone.id);
    expect(await ids({ is_active: true })).not.toContain(gone.id);
    const newest = await ids({ newest_first: true });
    expect(newest).toEqual([...newest].sort((a, b) => b - a));
    expect(newest[0]).toBe(gone.id);
  });

  it('change roles; sessions with the old one end', async () => {
    const ada = await app.member();
    const { status, body } = await setRole(admin, ada.id, 'moderator');
    expect([status, body.role]).toEqual([200, 'moderator']);
    expect((await app.request('GET /auth/me', { as: ada })).status).toBe(401);
    expect((await audit({ limit: 1 })).items[0]).toMatchObject({
      action: 'user.role_changed',
      detail: { from: 'student', to: 'moderator', username: ada.username },
    });
    expect((await setRole(admin, 2 ** 52, 'student')).status).toBe(404);
    expect((await setRole(admin, ada.id, 'owner' as never)).status).toBe(422);
  });

  it('cannot suspend themselves, nor leave nobody in charge', async () => {
    const [one, two] = [await app.member({ role: 'admin' }), await app.member({ role: 'admin' })];
    await onlyAdmins(one.id, two.id);
    expect((await toggle(one, one.id)).body).toMatchObject({ status: 409, code: 'own_account' });
    expect((await setRole(one, two.id, 'student')).status).toBe(200);
    expect((await setRole(one, one.id, 'student')).body).toMatchObject({ status: 409, code: 'last_admin' });
    await onlyAdmins(admin.id);
  });

  it('cannot remove each other at once', async () => {
    for (const act of [toggle, (as: TestMember, id: number) => setRole(as, id, 'student')]) {
      const [one, two] = [await app.member({ role: 'admin' }), await app.member({ role: 'admin' })];
      await onlyAdmins(one.id, two.id);
      const answers = await Promise.all([act(one, two.id), act(two, one.id)]);
      // The second finds itself without the power, or already signed out.
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([401, 403]).toContain(statuses[1]);
      const { rows } = await app.db.execute(sql`SELECT id FROM accounts.users WHERE role = 'admin' AND is_active`);
      expect(rows).toHaveLength(1);
    }
    await onlyAdmins(admin.id);
    await app.db.execute(sql`UPDATE accounts.users SET is_active = true WHERE id = ${admin.id}`);
  });

  it('lose the power of a token the moment the role goes', async () => {
    const other = await app.member({ role: 'admin' });
    await setRole(admin, other.id, 'student');
    expect((await app.request('GET /admin/users', { as: other })).status).toBe(401);
  });
});

describe('the audit log', () => {
  it('cannot be changed, not even in the database', async () => {
    await toggle(admin, (await app.member()).id);
    await app.settled();
    for (const statement of [
      sql`UPDATE accounts.audit SET action = 'nothing'`,
      sql`DELETE FROM accounts.audit`,
      sql`TRUNCATE accounts.audit`,
    ]) {
      await expect(app.db.execute(statement)).rejects.toMatchObject({
        cause: { message: 'The audit log is append-only.' },
      });
    }
  });

  it('is read page by page, newest first, without gaps or repeats', async () => {
    const ada = await app.member();
    for (let n = 0; n < 5; n += 1) await toggle(admin, ada.id);
    const all = (await audit({ limit: 100 })).items.map(({ id }) => id);
    const paged: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit({ limit: 2, ...(cursor && { cursor }) });
      expect(page).toMatchObject({ total: all.length, size: 2 });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    for (const bad of ['x', 'aWQ6MA', 'aWQ6OTk5OTk5OTk5OTk5OTk5OTk5']) {
      expect((await app.request('GET /admin/audit', { as: admin, query: { cursor: bad } })).status).toBe(422);
    }
  });

  it('keeps what any module publishes', async () => {
    const entry = { actor_id: admin.id, action: 'test.done', target: 'test/1', detail: { why: 'a test' } };
    await app.db.transaction((tx) => app.platform.events.publish(tx, 'admin.acted', entry));
    const { items } = await audit({ limit: 100 });
    expect(items.filter(({ action }) => action === 'test.done')).toMatchObject([entry]);
  });

  it('has nothing of an action that was rolled back', async () => {
    const before = (await audit()).total;
    expect((await toggle(admin, admin.id)).status).toBe(409);
    expect((await audit()).total).toBe(before);
  });
});

describe('the operator of the machine', () => {
  it('makes an admin who can sign in', async () => {
    const made = await createAdmin(app.platform, {
      username: 'operator',
      email: 'op@example.org',
      password: 'a good long one 7',
    });
    expect(made).toMatchObject({ role: 'admin', is_verified: true });
    const login = await app.request('POST /auth/login', {
      body: { username: 'op@example.org', password: 'a good long one 7' },
    });
    expect((await app.request('GET /admin/stats', { as: { token: login.body.access_token } })).status).toBe(200);
    expect((await audit({ limit: 1 })).items[0]).toMatchObject({ actor_id: null, action: 'admin.created' });
  });

  it('hears what is wrong', async () => {
    const good = { username: 'operator2', email: 'op2@example.org', password: 'a good long one 7' };
    await expect(createAdmin(app.platform, { ...good, username: 'operator' })).rejects.toMatchObject({ status: 409 });
    await expect(createAdmin(app.platform, { ...good, email: 'OP@example.org' })).rejects.toMatchObject({
      status: 409,
    });
    for (const wrong of [
      { username: 'a b' },
      { email: 'nowhere' },
      { password: 'short' },
      { password: 'password123' },
    ]) {
      await expect(createAdmin(app.platform, { ...good, ...wrong })).rejects.toMatchObject({ status: 422 });
    }
  });

  it('fills a demo in bulk: in order, marked, without mail, with its events', async () => {
    const rows = Array.from({ length: 6 }, (_, n) => ({
      username: `demo_${n}`,
      email: `demo${n}@demo.example`,
      password: 'test_password',
      ...(n === 0 && { badge: { domain: 'demo.example', college: 'Demo College', kind: 'student' as const } }),
    }));
    const ids = await insertDemoAccounts(app.platform, rows);
    await app.settled();
    for (const n of [0, 5]) {
      const login = await app.request('POST /auth/login', {
        body: { username: `demo_${n}`, password: 'test_password' },
      });
      const me = (await app.request('GET /auth/me', { as: { token: login.body.access_token } })).body;
      expect(me).toMatchObject({ id: ids[n], is_demo: true, is_verified: true });
      expect(me.college_badge?.college).toBe(n === 0 ? 'Demo College' : undefined);
    }
    expect(await app.mails('demo0@demo.example')).toEqual([]);
    const { rows: hashes } = await app.db.execute(sql`SELECT DISTINCT password_hash FROM accounts.users WHERE is_demo`);
    expect(hashes).toHaveLength(1);
    const { rows: published } = await app.db.execute(sql`
      SELECT 1 FROM pgboss.job WHERE name = 'profiles/events' AND data->>'name' = 'member.registered' AND (data->'payload'->>'is_demo')::boolean`);
    expect(published).toHaveLength(6);
  });
});

describe('cleaning up', () => {
  const cleanUp = async () => {
    await app.db.transaction((tx) => app.platform.jobs.send(tx, 'accounts.clean_up', {}));
    await app.settled();
  };

  it('removes accounts that nobody confirmed or used for 90 days, and frees their names', async () => {
    const [idle, used, verified] = [await app.member(), await app.member(), await app.member()];
    await app.db.execute(
      sql`UPDATE accounts.users SET created_at = now() - interval '91 days' WHERE id IN (${idle.id}, ${used.id}, ${verified.id})`,
    );
    await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE id = ${verified.id}`);
    await app.db.execute(
      sql`UPDATE accounts.sessions SET last_used_at = now() - interval '91 days' WHERE user_id IN (${idle.id}, ${verified.id})`,
    );
    await cleanUp();
    expect(await app.platform.calls('accounts.getMember', { user_id: idle.id })).toBeNull();
    for (const kept of [used, verified])
      expect((await app.platform.calls('accounts.getMember', { user_id: kept.id }))?.is_active).toBe(true);
    const again = await app.request('POST /auth/register', {
      body: { username: idle.username, email: idle.email, password: TEST_PASSWORD },
    });
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(idle.id);
  });

  it('forgets sessions, links, codes and counters that no longer matter, and no others', async () => {
    const ada = await app.member();
    const bob = await app.member();
    await app.settled();
    await app.db.execute(
      sql`UPDATE accounts.sessions SET last_used_at = now() - interval '61 days' WHERE user_id = ${ada.id}`,
    );
    await app.db.execute(
      sql`UPDATE accounts.mailed_tokens SET expires_at = now() - interval '2 days' WHERE user_id = ${ada.id}`,
    );
    await app.db.execute(
      sql`INSERT INTO accounts.attempts (key, level, last_at) VALUES ('old', 9, now() - interval '3 days'), ('new', 9, now())`,
    );
    await cleanUp();
    const count = async (table: string, userId: number) =>
      (
        await app.db.execute(
          sql`SELECT 1 FROM ${sql.identifier('accounts')}.${sql.identifier(table)} WHERE user_id = ${userId}`,
        )
      ).rows.length;
    expect([await count('sessions', ada.id), await count('mailed_tokens', ada.id)]).toEqual([0, 0]);
    expect([await count('sessions', bob.id), await count('mailed_tokens', bob.id)]).toEqual([1, 1]);
    const { rows } = await app.db.execute(sql`SELECT key FROM accounts.attempts WHERE key IN ('old', 'new')`);
    expect(rows).toEqual([{ key: 'new' }]);
  });
});
