/** A server that is killed while people talk: nothing is lost, nothing comes twice, and both are live again. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, spawnEntry, untilServing } from '../server/platform/testing/server-process.ts';
import { type OpenBrowser, openBrowser, sizes, type Visitor, type VisitorOptions } from './product.ts';

/** From the press of the key to where the other one sees it. */
const LIVE_WITHIN = 1000;

let dataDir: string;
let port = '0';
let server: Running;
let browser: OpenBrowser;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'collabthon killed '));
  chmodSync(dataDir, 0o755);
  await start();
  port = new URL(server.address).port;
  browser = await openBrowser(server.address);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (server) {
    const exit = once(server.child, 'exit');
    if (server.child.kill('SIGTERM')) await exit;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

/** Each time at the same address, with the same data. */
async function start(): Promise<void> {
  server = await untilServing(spawnEntry(['--no-demo', '--port', port, '--data-dir', dataDir]));
}

async function kill(): Promise<void> {
  const exit = once(server.child, 'exit');
  server.child.kill('SIGKILL');
  await exit;
}

async function ask<T>(request: APIRequestContext, method: 'GET' | 'POST' | 'PUT', path: string, data?: unknown) {
  const answer = await request.fetch(`/api/v1${path}`, { method, ...(data !== undefined && { data }) });
  expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
  return (await answer.json().catch(() => null)) as T;
}

/** Somebody new, signed in. */
async function person(name: string, options?: VisitorOptions): Promise<Visitor & { id: number }> {
  const visitor = await browser.visitor(options);
  const { request } = visitor.context;
  const username = `${name.toLowerCase()}_${randomUUID().slice(0, 8)}`;
  const password = 'correct horse battery staple';
  const made = { username, password, email: `${username}@example.org` };
  const { id } = await ask<{ id: number }>(request, 'POST', '/auth/register', made);
  await ask(request, 'POST', '/auth/browser-session', { username, password });
  await ask(request, 'PUT', '/users/me/profile', { first_name: name, last_name: 'Berg' });
  return { ...visitor, id };
}

/** The conversation of a request of one to the other. */
async function conversationOf(asking: Visitor, receiver: Visitor & { id: number }): Promise<string> {
  await ask(asking.context.request, 'POST', '/collaborations', { receiver_id: receiver.id });
  const list = () => ask<{ items: { id: number }[] }>(receiver.context.request, 'GET', '/conversations');
  await expect.poll(async () => (await list()).items.length).toBe(1);
  return `/messages/${(await list()).items[0]?.id}`;
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });
const thread = (page: Page) => page.getByRole('region', { name: 'What was said' });
const said = (page: Page, text: string) => thread(page).getByText(text, { exact: true });

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** One of five is there in time: the machine may have been busy with something else. @returns what was written */
async function expectLive(from: Page, to: Page, text: string): Promise<string[]> {
  const written: string[] = [];
  let fastest = Number.POSITIVE_INFINITY;
  while (fastest >= LIVE_WITHIN && written.length < 5) {
    const next = written.length === 0 ? text : `${text}, ${written.length + 1}`;
    written.push(next);
    await composer(from).fill(next);
    const pressed = performance.now();
    await composer(from).press('Enter');
    await said(to, next).waitFor();
    fastest = Math.min(fastest, performance.now() - pressed);
  }
  expect(fastest).toBeLessThan(LIVE_WITHIN);
  return written;
}

/** Kills the server while the next message is on its way: before or after it was taken, which its page never hears. */
async function killAt(page: Page, moment: 'on the way' | 'taken', send: () => Promise<void>): Promise<void> {
  const killed = Promise.withResolvers<void>();
  await page.route('**/api/v1/conversations/*/messages', async (route) => {
    if (route.request().method() !== 'POST' || server.child.killed) return route.continue();
    const answer = route.fetch().catch(() => null);
    if (moment === 'taken') expect((await answer)?.status()).toBe(201);
    await kill();
    await answer;
    await route.abort();
    killed.resolve();
  });
  await send();
  await killed.promise;
  await page.unroute('**/api/v1/conversations/*/messages');
}

for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
  it(`${size}: what was written around the end of a server arrives once, in order`, { timeout: 120_000 }, async () => {
    const [here, there] = [await person('Oona', { size }), await person('Ada', { size })];
    const path = await conversationOf(there, here);
    await Promise.all([here, there].map(({ page }) => page.goto(path)));
    await Promise.all([here, there].map(({ page }) => composer(page).waitFor()));
    await Promise.all([here, there].map(({ settled }) => settled()));
    const expected = [
      ...(await expectLive(here.page, there.page, 'Hello')),
      ...(await expectLive(there.page, here.page, 'Hello yourself')),
    ];

    for (const moment of ['taken', 'on the way'] as const) {
      await killAt(here.page, moment, () => write(here.page, `This was ${moment}`));
      await write(here.page, `Written after it was ${moment}`);
      await here.page.getByText('Goes out when the connection is back.').first().waitFor();
      await start();
      await said(there.page, `Written after it was ${moment}`).waitFor();
      expected.push(`This was ${moment}`, `Written after it was ${moment}`);
      expected.push(...(await expectLive(here.page, there.page, `Back after ${moment}`)));
      expected.push(...(await expectLive(there.page, here.page, `So am I after ${moment}`)));
    }
    for (const { page, context } of [here, there]) {
      const counts = await Promise.all(expected.map((text) => said(page, text).count()));
      expect(counts).toEqual(expected.map(() => 1));
      const shown = await thread(page).innerText();
      const places = expected.map((text) => shown.indexOf(`${text}\n`));
      expect(places).toEqual(places.toSorted((one, two) => one - two));
      const { items } = await ask<{ items: { text: string }[] }>(
        context.request,
        'GET',
        path.replace('/messages/', '/conversations/').concat('/messages'),
      );
      expect(items.map(({ text }) => text)).toEqual(expected);
    }
    await Promise.all([here, there].map(({ context }) => context.close()));
  });
}
