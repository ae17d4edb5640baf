/** Conversations: two people talk live, a line that breaks loses nothing, and who leaves reads no more. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { expectAccessible } from './accessible.ts';
import { cuttableLine } from './line.ts';
import { enter, named } from './members.ts';
import { keepPicture, type Product, sizes, startProduct, type Visitor, type VisitorOptions } from './product.ts';
import { isLive } from './traffic.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

async function signedIn({ username }: TestMember, options?: VisitorOptions): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await enter(visitor.context, username);
  return visitor;
}

/** A request of `asking` to join a project of `owner`, and its conversation. */
async function request(owner: TestMember, asking: TestMember, message?: string) {
  const project = await product.app.request('POST /projects', {
    as: owner,
    body: { title: 'A boat from scrap', description: 'Welded.', roles: [{ name: 'Welder', seats: 2 }] },
  });
  await product.app.settled();
  const asked = await product.app.request('POST /collaborations', {
    as: asking,
    body: { receiver_id: owner.id, project_id: project.body.id, role_id: project.body.roles[0]?.id ?? null, message },
  });
  expect(asked.status).toBe(201);
  await product.app.settled();
  const { body } = await product.app.request('GET /conversations', { as: owner });
  return { project: project.body.id, asked: asked.body.id, conversation: body.items[0]?.id ?? 0 };
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });

async function write(page: Page, text: string) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

const thread = (page: Page) => page.getByRole('region', { name: 'What was said' });
const said = (page: Page, text: string) => thread(page).getByText(text, { exact: true });

/** What the other one says moves what was said before. */
const isNoThread = (complaint: string) => !/^layout shift of \S+ on \/messages\/\d/.test(complaint);

for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
  it(`${size}: two people talk, and see each other read, write, mend and delete`, { timeout: 90_000 }, async () => {
    const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
    const { conversation } = await request(owner, ada);
    const [here, there] = [await signedIn(owner, { size }), await signedIn(ada)];
    await here.page.goto('/explore/projects');
    await there.page.goto('/messages');
    await there.page.getByRole('link', { name: /Oona Berg/ }).click();
    await there.page.getByText('Only the two of you read this.', { exact: false }).waitFor();
    await write(there.page, 'Hello, I weld.\nSince when do you build boats?');

    // Wherever the other one is, the header counts it.
    await here.page.getByRole('link', { name: 'Messages (1 conversation with something new)' }).click();
    await here.page
      .getByRole('link', { name: /Ada Berg/ })
      .getByText('1 unread message')
      .waitFor();
    await expectAccessible(here.page);
    await keepPicture(here.page, `messages-list-${size}`, { isWhole: false });
    await here.page.getByRole('link', { name: /Ada Berg/ }).click();
    await thread(here.page).getByText('Since when do you build boats?').waitFor();
    await there.page.getByText('Read', { exact: true }).waitFor();
    await here.page.getByRole('link', { name: 'Messages', exact: true }).first().waitFor();

    await composer(here.page).pressSequentially('Sin');
    await there.page.getByText('Oona Berg is writing …').waitFor();
    await write(here.page, 'Since last winter. See https://example.org/boats.');
    await thread(there.page).getByText('Since last winter.', { exact: false }).waitFor();
    await there.page.getByText('Oona Berg is writing …').waitFor({ state: 'detached' });
    expect(await thread(there.page).getByRole('link', { name: 'https://example.org/boats' }).getAttribute('href')).toBe(
      'https://example.org/boats',
    );
    await expectAccessible(here.page);
    await keepPicture(here.page, `messages-thread-${size}`, { isWhole: false });

    await here.page.getByRole('button', { name: /^Edit/ }).click();
    await here.page.getByRole('textbox', { name: 'Change the message' }).fill('Since last spring.');
    await here.page.keyboard.press('Enter');
    await said(there.page, 'Since last spring.').waitFor();
    await thread(there.page).getByText('edited').waitFor();

    await here.page.getByRole('button', { name: /^Delete/ }).click();
    await said(here.page, 'Deleted').waitFor();
    await here.page.getByRole('button', { name: 'Undo' }).click();
    await said(here.page, 'Since last spring.').waitFor();
    await here.page.getByRole('button', { name: /^Delete/ }).click();
    await here.page.getByRole('button', { name: 'Dismiss' }).click();
    await said(there.page, 'Deleted').waitFor();
    const { body } = await product.app.request('GET /conversations/{id}/messages', {
      as: ada,
      params: { id: conversation },
    });
    expect(body.items.map(({ text }) => text)).toEqual(['Hello, I weld.\nSince when do you build boats?', null]);
    expect([...here.complaints, ...there.complaints].filter(isNoThread)).toEqual([]);
    await here.context.close();
    await there.context.close();
  });
}

it('what was written with a request stands before everything else, until it is erased', {
  timeout: 60_000,
}, async () => {
  const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  const { conversation } = await request(owner, ada, 'I have welded since I was ten.');
  for (const [member, other] of [
    [owner, ada],
    [ada, owner],
  ] as const) {
    const { page, context, complaints } = await signedIn(member);
    await page.goto(`/messages/${conversation}`);
    await said(page, 'I have welded since I was ten.').waitFor();
    await thread(page).getByText('Sent with the request').waitFor();
    await write(page, `Hello ${other.username}`);
    await said(page, `Hello ${other.username}`).waitFor();
    const shown = await thread(page).innerText();
    expect(shown.indexOf('I have welded')).toBeLessThan(shown.indexOf('Hello'));
    await expectAccessible(page);
    if (member === ada) {
      await product.app.platform.calls('collaborations.eraseMember', { user_id: ada.id });
      await said(page, 'I have welded since I was ten.').waitFor({ state: 'detached' });
    }
    expect(complaints.filter(isNoThread)).toEqual([]);
    await context.close();
  }
});

it('what is written without a line is sent once when it is back, in its order', { timeout: 90_000 }, async () => {
  const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  const { conversation } = await request(owner, ada);
  const line = await cuttableLine(product.app.url);
  const context = await product.browser.newContext({ baseURL: line.url });
  await enter(context, ada.username);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const there = await signedIn(owner);
  await Promise.all([page, there.page].map((one) => one.goto(`/messages/${conversation}`)));
  await Promise.all([isLive(page), composer(page).waitFor(), composer(there.page).waitFor()]);
  await write(page, 'One');
  await said(there.page, 'One').waitFor();
  await line.cut();
  for (const text of ['Two', 'Three']) await write(page, text);
  expect(await page.getByText('Goes out when the connection is back.').count()).toBeGreaterThan(0);
  await write(there.page, 'Are you there?');
  await said(there.page, 'Are you there?').waitFor();
  await line.mend();
  await said(there.page, 'Three').waitFor();
  await said(page, 'Are you there?').waitFor();
  await page.getByText('Goes out when the connection is back.').first().waitFor({ state: 'detached' });
  const { body } = await product.app.request('GET /conversations/{id}/messages', {
    as: ada,
    params: { id: conversation },
  });
  expect(body.items.map(({ text }) => text).filter((text) => text !== 'Are you there?')).toEqual([
    'One',
    'Two',
    'Three',
  ]);
  await context.close();
  await there.context.close();
  await line.close();
});

it('what waits is sent from whichever page is loaded next', { timeout: 60_000 }, async () => {
  const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  const { conversation } = await request(owner, ada);
  const { page, context } = await signedIn(ada);
  await page.goto(`/messages/${conversation}`);
  await composer(page).waitFor();
  const messages = '**/api/v1/conversations/*/messages';
  await page.route(messages, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await write(page, 'Slow, but sure');
  await page.getByText('Goes out when the connection is back.').waitFor();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('/explore/projects');
  await page.unroute(messages);
  const texts = async () => {
    const params = { id: conversation };
    const { body } = await product.app.request('GET /conversations/{id}/messages', { as: owner, params });
    return body.items.map(({ text }) => text);
  };
  await expect.poll(texts).toEqual(['Slow, but sure']);
  await context.close();
});

it('who leaves the team is out at once; what is written is kept over a reload', { timeout: 60_000 }, async () => {
  const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  const { project, asked } = await request(owner, ada);
  await product.app.request('PUT /collaborations/{id}/accept', { as: owner, params: { id: asked } });
  await product.app.settled();
  const { page, context, complaints } = await signedIn(ada);
  await page.goto('/messages');
  await page
    .getByRole('link', { name: /A boat from scrap/ })
    .first()
    .click();
  await page.getByText('This is where your team talks.', { exact: false }).waitFor();
  await composer(page).fill('Half a thou');
  await page.reload();
  await expect.poll(() => composer(page).inputValue()).toBe('Half a thou');
  await product.app.request('DELETE /projects/{id}/members/{user_id}', {
    as: owner,
    params: { id: project, user_id: ada.id },
  });
  await page.getByText('You are not in this conversation').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
