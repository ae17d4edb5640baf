/** Notifications: told live by the bell, listed by days, read, deleted, muted; what reaches me, where and when. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unsubscribeUrl } from '../server/modules/notifications/unsubscribe.ts';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { expectAccessible } from './accessible.ts';
import { enter, named } from './members.ts';
import { keepPicture, type Product, sizes, startProduct, type Visitor, type VisitorOptions } from './product.ts';
import { isLive } from './traffic.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

/** What `member()` of a test app signs up with. */
async function signedIn({ username }: TestMember, path: string, options?: VisitorOptions): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await enter(visitor.context, username);
  await open(visitor.page, path);
  return visitor;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await isLive(page);
}

async function post(owner: TestMember, title: string) {
  const body = { title, description: 'A boat from scrap.', roles: [{ name: 'Welder', seats: 9 }] };
  const answer = await product.app.request('POST /projects', { as: owner, body });
  expect(answer.status).toBe(201);
  await product.app.settled();
  return answer.body;
}

async function apply(as: TestMember, project: Awaited<ReturnType<typeof post>>): Promise<void> {
  const body = { receiver_id: project.owner_id, project_id: project.id, role_id: project.roles[0]?.id ?? null };
  expect((await product.app.request('POST /collaborations', { as, body })).status).toBe(201);
  await product.app.settled();
}

const bell = (page: Page, count: number): Locator =>
  page.getByRole('banner').getByRole('link', {
    name: count === 0 ? /^Notifications$/ : new RegExp(`Notifications \\(${count} unread\\)`),
  });
const row = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('article', { name: new RegExp(name) });
const menuOf = (of: Locator): Locator => of.getByRole('button', { name: /^More about/ });
const unreadOf = async (as: TestMember) =>
  (await product.app.request('GET /notifications/unread-count', { as })).body.count;
const settingsOf = async (as: TestMember) => (await product.app.request('GET /notifications/preferences', { as })).body;

describe.each(Object.keys(sizes) as (keyof typeof sizes)[])('%s', (size) => {
  it('a request is counted live, listed, opened, deleted and taken back', { timeout: 90_000 }, async () => {
    const [owner, ada, bo, cy] = [
      await named(product, 'Olga'),
      await named(product, 'Ada'),
      await named(product, 'Bo'),
      await named(product, 'Cy'),
    ];
    const project = await post(owner, 'Scrap boat');
    const { page, complaints, context } = await signedIn(owner, '/explore/projects', { size });
    await bell(page, 1).waitFor();
    await apply(ada, project);
    await bell(page, 2).waitFor();

    await bell(page, 2).click();
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Today' }).waitFor();
    const request = row(page, 'Unread: Ada Berg applied to “Scrap boat” as Welder');
    await request.waitFor();
    await row(page, 'Unread: Your account is ready').waitFor();
    await keepPicture(page, `notifications-${size}`);
    await expectAccessible(page);

    // What comes now waits behind a button: nothing moves under the reader's eyes.
    const before = await request.boundingBox();
    await apply(bo, project);
    await bell(page, 3).waitFor();
    const show = page.getByRole('button', { name: '1 new. Show it' });
    await show.waitFor();
    await keepPicture(page, `notifications-new-${size}`, { isWhole: false });
    await expectAccessible(page);
    expect(await row(page, 'Bo Berg').count()).toBe(0);
    expect(await request.boundingBox()).toEqual(before);
    await show.click();
    await row(page, 'Unread: Bo Berg').waitFor();
    expect(await show.count()).toBe(0);
    expect(await row(page, 'Bo Berg').evaluate((element) => element.contains(document.activeElement))).toBe(true);

    // A deletion can be taken back; only then, or when its time is over, is it sent.
    const other = row(page, 'Bo Berg');
    await menuOf(other).click();
    await keepPicture(page, `notifications-menu-${size}`, { isWhole: false });
    await page.getByRole('button', { name: 'Delete' }).locator('visible=true').click();
    await other.waitFor({ state: 'detached' });
    await bell(page, 2).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await other.waitFor();
    await bell(page, 3).waitFor();
    expect(await unreadOf(owner)).toBe(3);
    await menuOf(other).click();
    await page.getByRole('button', { name: 'Delete' }).locator('visible=true').click();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => unreadOf(owner)).toBe(2);
    await other.waitFor({ state: 'detached' });

    // Muting ends what would come of it.
    await menuOf(request).click();
    await page.getByRole('button', { name: 'Mute “Scrap boat”' }).locator('visible=true').click();
    await request.getByText('Muted').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect
      .poll(async () => (await product.app.request('GET /notifications/mutes', { as: owner })).body.items.length)
      .toBe(1);
    await apply(cy, project);
    expect(await unreadOf(owner)).toBe(2);

    // The whole row leads on, and to open it is to read it.
    await request.click({ position: { x: 4, y: 4 } });
    await page.waitForURL('**/work?show=todo');
    await bell(page, 1).waitFor();
    await page.goBack();
    await row(page, '^Ada Berg applied').waitFor();
    expect(await unreadOf(owner)).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('switches survive a reload, and go back when they are not saved', { timeout: 60_000 }, async () => {
    const ada = await named(product, 'Ada');
    const visitor = await signedIn(ada, '/settings/notifications', { size });
    const { page, complaints, context, settled } = visitor;
    const table = page.getByRole('table', { name: 'What reaches you, and where' });
    const mail = table.getByRole('checkbox', { name: 'Team: Mail' });
    expect(await mail.isChecked()).toBe(false);
    await mail.check();
    await expect.poll(async () => (await settingsOf(ada)).channels.team.mail).toBe(true);
    await page.getByRole('checkbox', { name: 'Keep quiet at night' }).check();
    await page.getByLabel('From').selectOption('21:30');
    await page.getByLabel('Time', { exact: true }).selectOption('18');
    await expect
      .poll(() => settingsOf(ada))
      .toMatchObject({
        quiet_hours: { from: '21:30', to: '07:00' },
        zone: 'Europe/Berlin',
        digest: { is_on: true, hour: 18 },
      });
    await keepPicture(page, `settings-notifications-${size}`);
    await expectAccessible(page);
    await open(page, '/settings/notifications');
    expect(await mail.isChecked()).toBe(true);
    expect(await page.getByLabel('From').inputValue()).toBe('21:30');

    await page.route('**/api/v1/notifications/preferences', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
    );
    await mail.click();
    await page.getByText('That was not saved and is as before.').waitFor();
    expect(await mail.isChecked()).toBe(true);
    expect((await settingsOf(ada)).channels.team.mail).toBe(true);
    await settled();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

it('all are marked read at once, and are unread again when the server does not take it', async () => {
  const [owner, ada] = [await named(product, 'Olga'), await named(product, 'Ada')];
  await apply(ada, await post(owner, 'Scrap boat'));
  const { page, complaints, context } = await signedIn(owner, '/notifications?show=unread');
  await row(page, 'Unread: Ada Berg').waitFor();
  await page.route('**/notifications/mark-all-read', (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await page.getByText('They are unread as before.').waitFor();
  await row(page, 'Unread: Ada Berg').waitFor();
  await bell(page, 2).waitFor();
  await page.unroute('**/notifications/mark-all-read');
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await bell(page, 0).waitFor();
  // They stay where they are until the reader comes back.
  await row(page, '^Ada Berg').waitFor();
  await expect.poll(() => unreadOf(owner)).toBe(0);
  await open(page, '/notifications?show=unread');
  await page.getByText('You have read everything').waitFor();
  await keepPicture(page, 'notifications-nothing');
  await expectAccessible(page);
  expect(complaints).toEqual([]);
  await context.close();
});

it('rows are gone through by keys, older ones are loaded, and what was read elsewhere is counted here', async () => {
  const owner = await named(product, 'Olga');
  const project = await post(owner, 'Scrap boat');
  for (let at = 0; at < 21; at++) await apply(await product.app.member(), project);
  const { page, complaints, context } = await signedIn(owner, '/explore/projects');
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.waitForURL('**/notifications');
  await page.getByRole('article').nth(19).waitFor();
  expect(await page.getByRole('article').count()).toBe(20);
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBe(22);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  const second = page.getByRole('article').nth(1);
  expect(await second.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/work?show=todo');
  await bell(page, 21).waitFor();

  const { body } = await product.app.request('GET /notifications', { as: owner });
  const first = body.items[0];
  if (!first) throw new Error('Nothing is listed.');
  await product.app.request('PUT /notifications/{id}/read', { as: owner, params: { id: first.id } });
  await bell(page, 20).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('what is muted has its name in the settings, and is heard of again', async () => {
  const [owner, ada] = [await named(product, 'Olga'), await named(product, 'Ada')];
  const { id } = await post(owner, 'Scrap boat');
  for (const thread of [`project:${id}`, 'request:123456'])
    await product.app.request('PUT /notifications/mutes/{thread}', { as: ada, params: { thread } });
  const { page, complaints, context } = await signedIn(ada, '/settings/notifications', { size: 'phone' });
  const muted = page.getByRole('region', { name: 'Muted' });
  await muted.getByRole('link', { name: 'Scrap boat' }).waitFor();
  await muted.getByText('A request that you no longer see').first().waitFor();
  await keepPicture(page, 'settings-notifications-muted');
  await muted.getByRole('button', { name: 'Unmute Scrap boat' }).click();
  await muted.getByRole('link', { name: 'Scrap boat' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect
    .poll(async () => (await product.app.request('GET /notifications/mutes', { as: ada })).body.items)
    .toMatchObject([{ thread: 'request:123456' }]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('mails end by their link, without signing in, once the button is pressed', async () => {
  const ada = await named(product, 'Ada');
  const [token] = /[^/]+$/.exec(unsubscribeUrl(product.app.platform.config, ada.id, 'requests')) ?? [];
  const { page, complaints, context } = await product.visitor({ size: 'phone' });
  await open(page, `/unsubscribe?token=${token}`);
  await page.getByText('Stop getting requests by mail?').waitFor();
  await expectAccessible(page);
  await keepPicture(page, 'unsubscribe');
  expect((await settingsOf(ada)).channels.requests.mail).toBe(true);
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await page.getByText('You no longer get requests by mail.').waitFor();
  expect((await settingsOf(ada)).channels.requests).toMatchObject({ in_app: true, mail: false });
  await expectAccessible(page);
  await keepPicture(page, 'unsubscribe-done');

  const stolen = page.url().replace(/token=\d+/, `token=${ada.id + 1}`);
  await open(page, stolen);
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await page.getByText('This link does not work').waitFor();
  await open(page, '/unsubscribe?token=nonsense');
  await page.getByText('This link does not work').waitFor();
  await keepPicture(page, 'unsubscribe-bad');
  expect(complaints).toEqual([]);
  await context.close();
});

describe('push to this browser', () => {
  /** A browser whose push service answers: the real one is out of reach of tests. */
  async function withPush(member: TestMember): Promise<Visitor> {
    const visitor = await product.visitor();
    await visitor.context.grantPermissions(['notifications'], { origin: product.app.url });
    await visitor.context.addInitScript(() => {
      const kept = 'stub of a subscription';
      const point = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
      const keys = { p256dh: point, auth: 'BTBZMqHH6r4Tts7J_aSIgg' };
      const endpoint = 'https://push.example.com/abc';
      const held = {
        endpoint,
        toJSON: () => ({ endpoint, expirationTime: null, keys }),
        unsubscribe: async () => {
          localStorage.removeItem(kept);
          return true;
        },
      } as unknown as PushSubscription;
      PushManager.prototype.getSubscription = async () => (localStorage.getItem(kept) ? held : null);
      PushManager.prototype.subscribe = async () => {
        localStorage.setItem(kept, 'yes');
        return held;
      };
    });
    await enter(visitor.context, member.username);
    return visitor;
  }

  it('is turned on by a press, and ends when its member signs out', async () => {
    const ada = await named(product, 'Ada');
    const { page, complaints, context } = await withPush(ada);
    await open(page, '/settings/notifications');
    const push = page.getByRole('region', { name: 'Push on this browser' });
    const taken: string[] = [];
    await page.route('**/api/v1/notifications/push/{subscription,unsubscribe}', async (route) => {
      taken.push(`${route.request().method()} ${route.request().postDataJSON().endpoint}`);
      await route.fulfill({ status: 204 });
    });
    await push.getByRole('button', { name: 'Turn on' }).click();
    await push.getByText('On. What you tick under “Push”').waitFor();
    expect(taken).toEqual(['PUT https://push.example.com/abc']);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Account of' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(taken[1]).toBe('POST https://push.example.com/abc');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is given to the server again in the next session, when all of them were ended elsewhere', async () => {
    const ada = await named(product, 'Ada');
    const { page, complaints, context } = await withPush(ada);
    await open(page, '/settings/notifications');
    const taken: string[] = [];
    await page.route('**/api/v1/notifications/push/subscription', async (route) => {
      taken.push(route.request().method());
      await route.fulfill({ status: 204 });
    });
    const push = page.getByRole('region', { name: 'Push on this browser' });
    await push.getByRole('button', { name: 'Turn on' }).click();
    await push.getByText('On. What you tick under “Push”').waitFor();
    await product.app.request('POST /auth/logout-everywhere', { as: ada });
    await page.reload();
    await enter(context, ada.username);
    taken.length = 0;
    await open(page, '/settings/notifications');
    await push.getByText('On. What you tick under “Push”').waitFor();
    await expect.poll(() => taken).toEqual(['PUT']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is said to be blocked where the browser blocks it', async () => {
    const ada = await named(product, 'Ada');
    const { page, complaints, context } = await signedIn(ada, '/settings/notifications');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('This browser has been told to block notifications').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('its worker is served fresh, from the root', async () => {
    const { status, headers } = await product.app.fetch('/push-worker.js');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('javascript');
    expect(headers.get('cache-control')).toBe('no-cache');
  });
});
