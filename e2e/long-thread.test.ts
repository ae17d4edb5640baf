/** A conversation of thousands of messages: its past comes page by page, and the place that is read never jumps. */
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { enter, named } from './members.ts';
import { type Product, sizes, startProduct } from './product.ts';

const COUNT = 2_000;

let product: Product;
let [oona, ada]: TestMember[] = [];
let conversation = 0;
beforeAll(async () => {
  product = await startProduct();
  const { app } = product;
  [oona, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  await app.request('POST /collaborations', { as: ada, body: { receiver_id: oona.id, message: 'Hello!' } });
  await app.settled();
  const { body } = await app.request('GET /conversations', { as: ada });
  conversation = body.items[0]?.id ?? 0;
  // From one word to a dozen lines, so that no height that is guessed is right.
  await app.db.execute(sql`
    INSERT INTO conversations.messages (conversation_id, position, sender_id, client_id, sent_hash, text, sent_at)
    SELECT ${conversation}, n, CASE WHEN n % 3 = 0 THEN ${ada.id}::bigint ELSE ${oona.id} END, gen_random_uuid(), '',
      'Message ' || n || '.' || repeat(' And more of it, until the line is full.', (n * 7919 % 13)::int),
      now() - (${COUNT}::int - n) * interval '2 minutes'
    FROM generate_series(1, ${COUNT}::int) n`);
  await app.db.execute(sql`
    UPDATE conversations.conversations SET last_position = ${COUNT}, active_at = now() WHERE id = ${conversation}`);
}, 120_000);
afterAll(() => product?.close());

const thread = (page: Page) => page.getByRole('region', { name: 'What was said' });
const rows = (page: Page) => thread(page).locator('li:has(p[dir])');

/** The message at the top of what is seen, and how far below the edge it stands. */
const seen = (page: Page) =>
  thread(page).evaluate((scroller) => {
    const edge = scroller.getBoundingClientRect().top;
    for (const text of scroller.querySelectorAll('li p[dir]')) {
      const { top, bottom } = text.getBoundingClientRect();
      if (bottom > edge) return { words: text.textContent?.split('.')[0] ?? '', top: Math.round(top - edge) };
    }
    throw new Error('Nothing is seen.');
  });

/** Turns the wheel until it goes no further, as who reads on upwards does. */
async function toTop(page: Page): Promise<void> {
  await thread(page).hover();
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, -3000);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        return thread(page).evaluate(
          ({ scrollTop, scrollHeight, clientHeight }) => scrollTop + scrollHeight - clientHeight,
        );
      },
      { timeout: 30_000, interval: 20 },
    )
    .toBeLessThan(2);
}

const topOf = (page: Page, words: string) =>
  thread(page).evaluate((scroller, wanted) => {
    const edge = scroller.getBoundingClientRect().top;
    const text = [...scroller.querySelectorAll('li p[dir]')].find((each) => each.textContent?.startsWith(`${wanted}.`));
    return text ? Math.round(text.getBoundingClientRect().top - edge) : Number.NaN;
  }, words);

for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
  it(`${size}: older messages come above, and what is read stays where it is`, { timeout: 120_000 }, async () => {
    const { context, page, settled } = await product.visitor({ size });
    await enter(context, ada?.username ?? '');
    await page.goto(`/messages/${conversation}`);
    await thread(page).getByText(`Message ${COUNT}.`).waitFor();
    await settled();
    let count = await rows(page).count();
    const older = `**/conversations/${conversation}/messages?before=*`;
    for (let turn = 0; turn < 10; turn++) {
      const held = Promise.withResolvers<void>();
      await page.route(older, async (route) => {
        await held.promise;
        await route.continue();
      });
      await toTop(page);
      const before = await seen(page);
      held.resolve();
      await expect.poll(() => rows(page).count()).toBeGreaterThan(count);
      await page.unroute(older);
      await settled();
      count = await rows(page).count();
      expect(Math.abs((await topOf(page, before.words)) - before.top)).toBeLessThan(3);
    }
    expect(count).toBeGreaterThan(500);

    // Far from the foot, what somebody writes moves nothing either.
    const before = await seen(page);
    const written = `From below, ${size}.`;
    const message = { client_id: crypto.randomUUID(), text: written };
    await product.app.request('POST /conversations/{id}/messages', {
      as: oona,
      params: { id: conversation },
      body: message,
    });
    await thread(page).getByText(written).waitFor({ state: 'attached' });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(Math.abs((await topOf(page, before.words)) - before.top)).toBeLessThan(3);

    // Only what is near is laid out.
    const laidOut = await rows(page).evaluateAll(
      (all) => all.filter((row) => row.firstElementChild?.checkVisibility({ contentVisibilityAuto: true })).length,
    );
    expect(laidOut).toBeLessThan(count / 2);
    await page.getByRole('button', { name: 'New messages' }).click();
    const foot = await thread(page).evaluate((scroller) => scroller.getBoundingClientRect().bottom);
    const bottomOf = async () => (await thread(page).getByText(written).boundingBox())?.y ?? foot;
    await expect.poll(bottomOf).toBeLessThan(foot);
    await context.close();
  });
}
