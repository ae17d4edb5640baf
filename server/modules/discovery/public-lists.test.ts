import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { publicStatement } from './store-public.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
}, 120_000);
afterAll(() => app.close());

const suspend = async (member: TestMember) => {
  const admin = await app.member({ role: 'admin' });
  const params = { id: member.id };
  expect((await app.request('PUT /admin/users/{id}/toggle-active', { as: admin, params })).status).toBe(200);
};

describe('public projects', () => {
  it('are those that anybody may see, without cancelled ones, each once by rising id', async () => {
    const [owner, suspended] = [await app.member(), await app.member()];
    const post = async (more: object, as = owner) => {
      const body = { title: 'Kite', description: 'It flies.', ...more };
      return (await app.request('POST /projects', { as, body })).body;
    };
    const shown = [await post({}), await post({}), await post({})];
    for (const hidden of [{ status: 'draft' }, { visibility: 'members' }, { visibility: 'college' }])
      await post(hidden);
    const [cancelled, completed] = [await post({}), await post({})];
    await post({}, suspended);
    for (const [id, status] of [
      [cancelled.id, 'cancelled'],
      [completed.id, 'completed'],
    ] as const) {
      await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { status } });
    }
    await suspend(suspended);
    await app.settled();

    const found: { id: number; updated_at: string }[] = [];
    for (let after_id = 0; ; after_id = found.at(-1)?.id ?? 0) {
      const page = await app.platform.calls('discovery.listPublicProjects', { after_id, limit: 2 });
      found.push(...page);
      if (page.length < 2) break;
    }
    expect(found.map(({ id }) => id)).toEqual([...shown, completed].map(({ id }) => id));
    expect(found[0]?.updated_at).toBe(shown[0]?.updated_at);
    for (const { id } of found) expect((await app.request('GET /projects/{id}', { params: { id } })).status).toBe(200);
  });
});

describe('public people', () => {
  it('are the listed ones that anybody may see', async () => {
    const join = async (first_name: string, visibility: 'public' | 'members' | 'college' | 'private' = 'public') => {
      const member = await app.member();
      await app.request('PUT /users/me/profile', { as: member, body: { first_name, visibility } });
      return member;
    };
    const shown = [await join('Ada'), await join('Bob')];
    await join('');
    for (const visibility of ['members', 'college', 'private'] as const) await join('Hidden', visibility);
    await suspend(await join('Gone'));
    await app.settled();
    const list = (after_id: number, limit: number) =>
      app.platform.calls('discovery.listPublicPeople', { after_id, limit });
    const found = await list(0, 5000);
    expect(found.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
    expect(await list(0, 1)).toEqual(found.slice(0, 1));
    expect(await list(found[0]?.id ?? 0, 5000)).toEqual(found.slice(1));
    const profile = await app.request('GET /users/{id}/profile', { params: { id: shown[0]?.id ?? 0 } });
    expect(found[0]?.updated_at).toBe(profile.body.updated_at);
  });
});

it('both are read from their index alone', async () => {
  for (const kind of ['project', 'profile'] as const) {
    const plan = await app.db.transaction(async (tx) => {
      // On a handful of rows PostgreSQL would read the table.
      await tx.execute(sql`SET LOCAL enable_seqscan = off`);
      await tx.execute(sql`SET LOCAL enable_bitmapscan = off`);
      return JSON.stringify((await tx.execute(sql`EXPLAIN (FORMAT JSON) ${publicStatement(kind, 0, 5000)}`)).rows);
    });
    expect(plan).toContain('"Index Only Scan"');
    expect(plan).toContain(`${kind}_documents_public`);
    expect(plan).not.toContain('"Sort"');
  }
});
