/** An admin asks for a report, watches it being made, reads it, takes it along and deletes it. */
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { countOn, countSince, day, holdReportsAfter } from '../server/modules/analytics/test-activity.ts';
import { expectAccessible } from './accessible.ts';
import { keepPicture, type Product, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
}, 180_000);
afterAll(() => product?.close());

it.each(['desktop', 'phone'] as const)(
  'a report is asked for, watched, read and taken along, on a %s',
  async (size) => {
    const { app } = product;
    await countSince(app, 80);
    for (let ago = 1; ago < 80; ago++) {
      if (size === 'desktop') await countOn(app, ago, 'messages_sent', 1 + ((ago * 7) % 23));
    }
    const { page, context, complaints } = await product.visitor({ size });
    const signedIn = await context.request.post('/api/v1/auth/browser-session', {
      data: { username: 'demo_admin', password: DEMO_PASSWORD },
    });
    expect(signedIn.status()).toBe(201);

    await page.goto('/admin');
    const nav = page.getByRole('navigation', { name: 'Administration' });
    await nav.getByRole('link', { name: 'Reports' }).filter({ visible: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();

    await page.getByLabel('Last day').fill(day(40));
    await page.getByRole('button', { name: 'Make the report' }).click();
    await page.getByText('The last day is before the first one.').first().waitFor();

    const release = await holdReportsAfter(app, day(30));
    await page.getByLabel('First day').fill(day(99));
    await page.getByLabel('Last day').fill(day());
    await page.getByRole('button', { name: 'Make the report' }).click();
    const bar = page.getByRole('progressbar');
    await expect.poll(() => bar.getAttribute('value'), { timeout: 10_000 }).toBe('62');
    await page.getByRole('status').filter({ hasText: '50%' }).waitFor({ state: 'attached' });
    await expectAccessible(page);
    await keepPicture(page, `admin-report-running-${size}`);
    await release();

    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByText('Messages sent').first().waitFor();
    await page.getByText('Table of all days').click();
    await page.getByRole('rowheader').nth(99).waitFor();
    expect(await page.getByRole('row').nth(1).textContent()).toContain('Not counted');
    await expectAccessible(page);
    await keepPicture(page, `admin-report-done-${size}`);

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: /^CSV/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`activity-${day(99)}-${day()}.csv`);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect([lines[0]?.startsWith('\uFEFFday,'), lines.length]).toEqual([true, 102]);

    await page.getByRole('button', { name: /^Delete/ }).click();
    await page.getByText('No report yet').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  },
);

it('a report that failed says what can be done, and nothing of what broke', async () => {
  const { app } = product;
  await app.db.execute(sql`
    INSERT INTO analytics.reports (kind, from_day, to_day, state, error, ended_at)
    VALUES ('activity', ${day(3)}, ${day(2)}, 'failed', 'fault', now())`);
  const { page, context, complaints } = await product.visitor({ size: 'phone' });
  await context.request.post('/api/v1/auth/browser-session', {
    data: { username: 'demo_admin', password: DEMO_PASSWORD },
  });
  await page.goto('/admin/reports');
  await page.getByText(/Ask for it again\. If that fails too, tell the operator its number, \d+:/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('Done', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
