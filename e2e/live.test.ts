/** Live updates as they are seen: in every tab by one stream, whichever tab is closed and whatever happens to the line. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { cuttableLine } from './line.ts';
import { enter } from './members.ts';
import { type Product, startProduct } from './product.ts';
import { isLive } from './traffic.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto('/explore/projects');
  await isLive(page);
  return page;
}

/** Somebody new asks to join. */
async function ask(owner: TestMember, projectId: number): Promise<void> {
  const { status } = await product.app.request('POST /collaborations', {
    as: await product.app.member(),
    body: { receiver_id: owner.id, project_id: projectId },
  });
  expect(status).toBe(201);
}

async function projectOf(owner: TestMember): Promise<number> {
  const { body } = await product.app.request('POST /projects', {
    as: owner,
    body: { title: 'A raft', description: 'From reeds.', roles: [{ name: 'Rower', seats: 8 }] },
  });
  await product.app.settled();
  return body.id;
}

const waits = (page: Page, count: number) =>
  page
    .getByRole('link', { name: new RegExp(`\\(${count} requests? waits? for you\\)`) })
    .first()
    .waitFor();

const streams = async () =>
  Number(/^streams_open (\d+)/m.exec(await product.app.platform.metrics.registry.metrics())?.[1] ?? 0);

it('all tabs of a browser hear by one stream, also when the one that reads it is closed', async () => {
  const owner = await product.app.member();
  const id = await projectOf(owner);
  const { context, page: first, complaints } = await product.visitor();
  await first.close();
  await enter(context, owner.username);
  const one = await openPage(context);
  await expect.poll(streams).toBe(1);
  const two = await openPage(context);
  await ask(owner, id);
  await Promise.all([waits(one, 1), waits(two, 1)]);
  expect(await streams()).toBe(1);
  await one.close();
  await ask(owner, id);
  await waits(two, 2);
  await expect.poll(streams).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
  await expect.poll(streams).toBe(0);
});

it('what happened while the line was cut is heard when it is mended', { timeout: 60_000 }, async () => {
  const owner = await product.app.member();
  const id = await projectOf(owner);
  const line = await cuttableLine(product.app.url);
  const context = await product.browser.newContext({ baseURL: line.url });
  await enter(context, owner.username);
  const page = await openPage(context);
  await expect.poll(streams).toBe(1);
  await line.cut();
  await expect.poll(streams).toBe(0);
  await ask(owner, id);
  await product.app.settled();
  await line.mend();
  await waits(page, 1);
  await context.close();
  await line.close();
});

/** Holds back what fits until it is let go. */
async function hold(page: Page, url: string): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

it('nothing is missed between the reading of a page and its stream', { timeout: 60_000 }, async () => {
  const owner = await product.app.member();
  const id = await projectOf(owner);
  const { context, page: first } = await product.visitor();
  await first.close();
  await enter(context, owner.username);
  const page = await context.newPage();
  const letStream = await hold(page, '**/api/v1/stream?*');
  await Promise.all([page.waitForRequest('**/api/v1/stream?*'), page.goto('/explore/projects')]);
  await ask(owner, id);
  await product.app.settled();
  letStream();
  await waits(page, 1);
  await context.close();
});

it('a tab that begins hears what the one that reads has heard since its page was made', {
  timeout: 60_000,
}, async () => {
  const owner = await product.app.member();
  const id = await projectOf(owner);
  const { context, page: first } = await product.visitor();
  await first.close();
  await enter(context, owner.username);
  const one = await openPage(context);
  await expect.poll(streams).toBe(1);
  const two = await context.newPage();
  const letScripts = await hold(two, '**/assets/*.js');
  await two.goto('/explore/projects', { waitUntil: 'commit' });
  await ask(owner, id);
  await waits(one, 1);
  letScripts();
  await waits(two, 1);
  expect(await streams()).toBe(1);
  await context.close();
});
