/** Reports: asked for, made in the background, read, downloaded, deleted. */
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../platform/telemetry/log.ts';
import { readStream } from '../../platform/testing/stream-reader.ts';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { generateReport } from './generate.ts';
import { createReportStore } from './store.ts';
import { countOn, countSince, day, holdReportsAfter } from './test-activity.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
  await app.settled();
  await app.db.execute(sql`DELETE FROM analytics.daily`);
  await countSince(app, 40);
  await countOn(app, 40, 'messages_sent', 7);
  await countOn(app, 3, 'messages_sent', 5);
  await countOn(app, 3, 'teams_joined', 2);
});
afterEach(async () => {
  await app.settled();
  await app.db.execute(sql`DELETE FROM analytics.reports`);
});
afterAll(() => app.close());

const ask = (body: object = {}, as = admin) =>
  app.request('POST /admin/reports', { as, body: { kind: 'activity', from: day(44), to: day(), ...body } });
const get = (id: number) => app.request('GET /admin/reports/{id}', { as: admin, params: { id } });
const ends = async (id: number) => {
  await vi.waitFor(async () => expect((await get(id)).body.ended_at).not.toBeNull(), { timeout: 30_000 });
  return (await get(id)).body;
};
const download = (id: number, format: string) =>
  app.fetch(`/api/v1/admin/reports/${id}/download?format=${format}`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });

describe('a report', () => {
  it('is asked for, and made in the background', async () => {
    const asked = await ask();
    expect([asked.status, asked.body]).toMatchObject([
      201,
      { kind: 'activity', from: day(44), to: day(), state: 'queued', progress: 0, error: null, ended_at: null },
    ]);
    const { result, ...report } = await ends(asked.body.id);
    expect(report).toMatchObject({ state: 'done', progress: 100, error: null });
    expect(result?.counted_since).toBe(day(40));
    expect(result?.totals).toMatchObject({ messages_sent: 12, teams_joined: 2, projects_posted: 0 });
    expect(result?.days.map((one) => one.day)).toEqual(Array.from({ length: 45 }, (_, at) => day(44 - at)));
    // What was not counted yet is not the same as nothing.
    expect(result?.days[3]).toEqual({ ...result?.days[0], day: day(41) });
    expect(result?.days[3]?.messages_sent).toBeNull();
    expect(result?.days[4]?.messages_sent).toBe(7);
    expect(result?.days[5]?.messages_sent).toBe(0);
    expect(result?.days[41]).toMatchObject({ messages_sent: 5, teams_joined: 2, requests_made: 0 });
  });

  it('of days that were never counted has no totals', async () => {
    const { body } = await ask({ from: '2020-02-29', to: '2020-03-01' });
    const { result } = await ends(body.id);
    expect(result?.totals.messages_sent).toBeNull();
    expect(result?.days.map((one) => one.day)).toEqual(['2020-02-29', '2020-03-01']);
  });

  it('tells whoever asked how it comes along', async () => {
    const release = await holdReportsAfter(app, day(10));
    const reader = await readStream(app.url, { token: admin.token });
    const told = () => reader.said.filter(({ type }) => type === 'report.changed').map(({ data }) => data);
    await expect.poll(() => reader.said[0]?.type).toBe('ready');
    const { body } = await ask();
    await expect.poll(told).toContainEqual({ report_id: body.id, state: 'running', progress: 68 });
    expect((await get(body.id)).body).toMatchObject({ state: 'running', progress: 68, result: null });
    expect((await (await download(body.id, 'csv')).json()).code).toBe('report_not_done');
    await release();
    await expect.poll(told).toContainEqual({ report_id: body.id, state: 'done', progress: 100 });
    reader.leave();
  });

  it('that cannot be made says why, and can be asked for again', async () => {
    await app.db.execute(sql`
      ALTER TABLE analytics.report_days ADD CONSTRAINT broken CHECK (counts IS NOT DISTINCT FROM '"never"') NOT VALID`);
    const failed = await ends((await ask()).body.id);
    expect(failed).toMatchObject({ state: 'failed', error: 'fault', result: null });
    expect((await download(failed.id, 'json')).status).toBe(409);
    await app.db.execute(sql`ALTER TABLE analytics.report_days DROP CONSTRAINT broken`);
    expect(await ends((await ask()).body.id)).toMatchObject({ state: 'done' });
  });

  it('that cannot be made leaves its cause in the log, under its number', async () => {
    await app.db.execute(sql`
      ALTER TABLE analytics.report_days ADD CONSTRAINT broken CHECK (counts IS NOT DISTINCT FROM '"never"') NOT VALID`);
    const lines: Record<string, unknown>[] = [];
    const log = createLog('error', { write: (line) => void lines.push(JSON.parse(line)) });
    const { id } = await createReportStore(app.db).insert(admin.id, { kind: 'activity', from: day(2), to: day(1) });
    const make = () => generateReport({ ...app.platform, log }, id, new AbortController().signal);
    await expect(make()).rejects.toThrow();
    await expect(make()).rejects.toThrow();
    expect(lines).toEqual([]);
    await make();
    await app.db.execute(sql`ALTER TABLE analytics.report_days DROP CONSTRAINT broken`);
    expect(lines).toMatchObject([{ report_id: id, reason: 'fault' }]);
    expect(JSON.stringify(lines[0]?.err)).toContain('broken');
  });

  it('whose processes end again and again is given up, and says so', async () => {
    const { id } = await createReportStore(app.db).insert(admin.id, { kind: 'activity', from: day(2), to: day(1) });
    await app.db.execute(sql`UPDATE analytics.reports SET state = 'running', tries = 3 WHERE id = ${id}`);
    await generateReport(app.platform, id, new AbortController().signal);
    expect((await get(id)).body).toMatchObject({ state: 'failed', error: 'interrupted' });
  });

  it('is downloaded as CSV', async () => {
    const { id } = await ends((await ask({ from: day(41), to: day(40) })).body.id);
    const answer = await download(id, 'csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="activity-${day(41)}-${day(40)}.csv"`);
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(
      '\uFEFFday,members_registered,projects_posted,projects_finished,requests_made,requests_accepted,teams_joined,messages_sent\r\n' +
        `${day(41)},,,,,,,\r\n${day(40)},0,0,0,0,0,0,7\r\n`,
    );
  });

  it('is downloaded as JSON', async () => {
    const { id, result } = await ends((await ask({ from: day(3), to: day(2) })).body.id);
    const answer = await download(id, 'json');
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({ kind: 'activity', from: day(3), to: day(2), ...result });
  });

  it('is deleted, also while it is made', async () => {
    const release = await holdReportsAfter(app, day(10));
    const { body } = await ask();
    await expect.poll(async () => (await get(body.id)).body.progress).toBe(68);
    const params = { id: body.id };
    const deleted = app.request('DELETE /admin/reports/{id}', { as: admin, params });
    await release();
    expect((await deleted).status).toBe(204);
    await app.settled();
    expect((await get(body.id)).body).toMatchObject({ code: 'not_found', params: { what: 'report' } });
    expect((await app.request('DELETE /admin/reports/{id}', { as: admin, params })).status).toBe(404);
    expect((await download(body.id, 'csv')).status).toBe(404);
    const { body: log } = await app.request('GET /admin/audit', { as: admin, query: { target: `report/${body.id}` } });
    expect(log.items.map(({ action }) => action)).toEqual(['report.deleted', 'report.asked']);
  });

  it('is deleted after 30 days', async () => {
    const old = await ends((await ask({ from: day() })).body.id);
    const young = await ends((await ask({ from: day() })).body.id);
    await app.db.execute(sql`
      UPDATE analytics.reports SET ended_at = now() - interval '30 days 1 minute' WHERE id = ${old.id}`);
    await app.db.transaction((tx) => app.platform.jobs.send(tx, 'analytics.clean_up', {}));
    await app.settled();
    expect([(await get(old.id)).status, (await get(young.id)).status]).toEqual([404, 200]);
    const { rows } = await app.db.execute(sql`SELECT 1 FROM analytics.report_days WHERE report_id = ${old.id}`);
    expect(rows).toEqual([]);
  });
});

describe('the list', () => {
  it('has the latest first, page by page', async () => {
    const ids: number[] = [];
    for (let ago = 0; ago < 3; ago++) ids.unshift((await ask({ from: day(ago) })).body.id);
    const page = (cursor?: string | null) =>
      app.request('GET /admin/reports', { as: admin, query: { limit: 2, ...(cursor && { cursor }) } });
    const first = (await page()).body;
    const second = (await page(first.next_cursor)).body;
    expect(first.total).toBe(3);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect([first.items.length, second.items.length, second.next_cursor]).toEqual([2, 1, null]);
    expect((await page('nonsense')).status).toBe(422);
  });

  it('says who asked, until their account is gone', async () => {
    const other = await app.member({ role: 'admin' });
    const profile = { first_name: 'Ada', last_name: 'Berg', college: 'Harbour', major: 'Design', year: 2 };
    expect((await app.request('POST /users/me/profile', { as: other, body: profile })).status).toBe(201);
    const { body } = await ask({}, other);
    expect(body.asked_by).toMatchObject({ user_id: other.id, name: 'Ada Berg' });
    await app.platform.calls('analytics.eraseMember', { user_id: other.id });
    const { body: list } = await app.request('GET /admin/reports', { as: admin });
    expect(list.items[0]).toMatchObject({ id: body.id, asked_by: null });
  });
});

describe('what is no report', () => {
  it.each([
    ['ends before it begins', { from: day(1), to: day(2) }, '/to', 'range_order'],
    ['ends after today', { to: day(-2) }, '/to', 'in_the_future'],
    ['covers more than two years', { from: '2022-01-01', to: '2024-01-01' }, '/to', 'range_too_long'],
    ['has a day that there is not', { from: '2024-02-30' }, '/from', 'format'],
    ['has no day at all', { from: 'yesterday' }, '/from', 'format'],
    ['is of another kind', { kind: 'secrets' }, '/kind', 'not_one_of'],
    ['knows more fields', { asked_by: 1 }, '/asked_by', 'unknown_field'],
  ])('%s', async (_name, body, path, code) => {
    const answer = await ask(body);
    expect(answer.status).toBe(422);
    expect((answer.body as unknown as { errors: object[] }).errors).toMatchObject([{ path, code }]);
  });

  it('just two years are fine', async () => {
    expect((await ask({ from: '2022-01-01', to: '2023-12-31' })).status).toBe(201);
    expect((await ask({ from: '2024-02-29', to: '2026-02-28' })).status).toBe(201);
  });

  it.each(['xlsx', '', 'csv&format=json'])('there is no download as %j', async (format) => {
    expect((await download(1, format)).status).toBe(422);
  });
});

it('is nobody else’s business', async () => {
  const { body } = await ask();
  const moderator = await app.member({ role: 'moderator' });
  const params = { id: body.id };
  for (const as of [moderator, await app.member()]) {
    expect((await ask({}, as)).status).toBe(403);
    expect((await app.request('GET /admin/reports', { as })).status).toBe(403);
    expect((await app.request('GET /admin/reports/{id}', { as, params })).status).toBe(403);
    expect((await app.request('DELETE /admin/reports/{id}', { as, params })).status).toBe(403);
  }
});
