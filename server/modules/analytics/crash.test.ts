/** A process that dies in the middle of a report: another one brings it to its end. */
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { createService, type Service } from '../../platform/service.ts';
import { loadModules } from '../../platform/testing/modules.ts';
import { startTestApp } from '../../platform/testing/test-app.ts';
import { day, holdReportsAfter } from './test-activity.ts';

it('goes on in another process, and has every day once', { timeout: 60_000 }, async () => {
  const app = await startTestApp({ work: false });
  onTestFinished(() => app.close());
  const startWorker = async (): Promise<Service> =>
    createService({ config: testConfig(), databaseUrl: app.databaseUrl, modules: await loadModules(), work: true });
  const admin = await app.member({ role: 'admin' });
  const release = await holdReportsAfter(app, day(60));
  const first = await startWorker();
  const { body: asked } = await app.request('POST /admin/reports', {
    as: admin,
    body: { kind: 'activity', from: day(199), to: day() },
  });
  const get = async () => (await app.request('GET /admin/reports/{id}', { as: admin, params: { id: asked.id } })).body;
  await vi.waitFor(async () => expect((await get()).progress).toBe(62), { timeout: 20_000 });

  // The connection that is in the middle of a batch is cut, as often as the process makes another until it is gone.
  let isGone = false;
  void first.stop().then(() => {
    isGone = true;
  });
  await vi.waitFor(
    async () => {
      await app.db.execute(sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`);
      expect(isGone).toBe(true);
    },
    { timeout: 20_000 },
  );
  expect(await get()).toMatchObject({ state: 'running', progress: 62 });
  await release();

  const second = await startWorker();
  await vi.waitFor(async () => expect((await get()).state).toBe('done'), { timeout: 30_000 });
  const report = await get();
  expect(report.result?.days.map((one) => one.day)).toEqual(Array.from({ length: 200 }, (_, at) => day(199 - at)));

  // The job once more, as after a death between its last effect and its completion: the result stays.
  await app.db.transaction((tx) => app.platform.jobs.send(tx, 'analytics.generate_report', { report_id: asked.id }));
  await app.settled();
  expect(await get()).toEqual(report);
  await second.stop();
});
