/** Calls between modules, in one service and in two that run apart: caller and handler cannot tell. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forbidden, unprocessable } from '../http/problems.ts';
import { accounts, collaborations, peers, profiles, script } from '../peers/test-peers.ts';
import { FORMS, startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
const find = (ids: number[]) => app.of('collaborations').platform.calls('profiles.findPrivate', { user_ids: ids });
const invite = (user_id: number, key?: string) =>
  app
    .of('profiles')
    .platform.calls(
      'collaborations.invite',
      { owner_id: 1, user_id, project_id: 7, role_id: null, message: null },
      key === undefined ? {} : { key },
    );

describe.each(FORMS)('%s, a call', (form) => {
  beforeAll(async () => {
    app = await startTestApp({ form, peers, modules: [accounts, profiles, collaborations] });
    await app.of('collaborations').db.execute(sql`CREATE TABLE invited (user_id bigint)`);
  }, 60_000);
  afterAll(() => app.close());
  beforeEach(() => {
    script.heard = [];
    script.answers = [];
  });

  it('is answered by the module that owns it', async () => {
    expect(await find([3, 4])).toEqual([3, 4]);
    expect(script.heard).toEqual([[3, 4]]);
  });

  it('brings the problem that it ends in, as it was thrown', async () => {
    script.answers = [
      () => Promise.reject(forbidden('forbidden', 'Only a moderator may do this.', { role: 'moderator' })),
      () => Promise.reject(unprocessable([{ path: '/x', code: 'required', message: 'This field is required.' }])),
    ];
    await expect(find([1])).rejects.toMatchObject({ status: 403, code: 'forbidden', params: { role: 'moderator' } });
    await expect(find([1])).rejects.toMatchObject({ status: 422, errors: [{ path: '/x', code: 'required' }] });
  });

  it('is checked at both ends', async () => {
    await expect(find(['x'] as never)).rejects.toThrow(/findPrivate/);
    script.answers = [async () => ['x']];
    await expect(find([1])).rejects.toThrow(/Answer of profiles.findPrivate/);
  });

  it('that wants a key is done once for it, also when two ask at once or its answer was lost', async () => {
    await expect(invite(1)).rejects.toThrow(/wants a key/);
    const both = await Promise.all([invite(20, 'first'), invite(20, 'first')]);
    expect([...both, await invite(20, 'first')]).toEqual(Array(3).fill({ collaboration_id: 20 }));
    script.answers = [() => Promise.reject(new Error('dies before it commits'))];
    await expect(invite(21, 'second')).rejects.toThrow();
    expect(await invite(21, 'second')).toEqual({ collaboration_id: 21 });
    const { rows } = await app.of('collaborations').db.execute(sql`SELECT user_id FROM invited ORDER BY user_id`);
    expect(rows).toEqual([{ user_id: 20 }, { user_id: 21 }]);
    await expect(invite(22, 'first')).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });
});
