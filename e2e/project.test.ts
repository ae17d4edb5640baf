/**
 * A project from its first word to its team: a draft that survives reloads, a lost connection and a second tab; people
 * who would fit while it is written; asking for a role in place; the owner's desk; two people who edit at once.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { barriersOf } from './accessible.ts';
import { keepPicture, type Product, startProduct, type Visitor, type VisitorOptions } from './product.ts';

let product: Product;
let address = '';
beforeAll(async () => {
  product = await startProduct({ demo: true });
}, 180_000);
afterAll(() => product?.close());

async function fillSignIn(page: Page, username: string) {
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

async function member(username: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await visitor.page.goto('/sign-in');
  await fillSignIn(visitor.page, username);
  return visitor;
}

async function expectAccessible(page: Page, name: string) {
  await keepPicture(page, `project-${name}`);
  expect(await barriersOf(page), name).toEqual([]);
}

/** Every call of the API goes unanswered until the returned function is called. */
async function stopServer(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  return () => page.unroute('**/api/**');
}

/** Holds what a page sends until the returned function is called. */
async function holdDrafts(page: Page): Promise<() => void> {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/v1/drafts/**', async (route) => {
    if (route.request().method() === 'PUT') await gate;
    await route.continue();
  });
  return release;
}

const expectValue = (field: Locator, value: string) => expect.poll(() => field.inputValue()).toBe(value);
/** An answer that comes later than half a second after the press may move rows; everything else counts. */
const withoutLateShifts = (complaints: string[]) => complaints.filter((text) => !text.startsWith('layout shift'));
const saved = (page: Page) => page.getByText(/^Saved/).waitFor();

it('is written, kept, compared, looked at and posted', { timeout: 120_000 }, async () => {
  const { page, context, complaints, settled } = await member('maya');
  await page.goto('/projects/new');
  await expectAccessible(page, 'new-blank');

  await page.getByLabel('Title').fill('Seismograph for the old bridge');
  await page.getByLabel('Description').fill('We measure how the old bridge trembles.');
  const role = page.getByRole('group', { name: 'Role 1' });
  await role.getByLabel('Role name').fill('Front end');
  await role.getByLabel('Main skill').fill('React');
  await page.getByText(/people share a skill/).waitFor();
  await page.getByRole('button', { name: 'Add a role' }).click();
  await page.keyboard.type('Illustrator');
  await page.getByRole('button', { name: 'Move Illustrator up' }).click();
  await page.getByText('Illustrator is now 1 of 2.').waitFor();
  expect(
    await page.getByRole('button', { name: 'Move Illustrator up' }).evaluate((el) => el === document.activeElement),
  ).toBe(true);
  await page.getByRole('button', { name: 'Move Illustrator down' }).click();
  await saved(page);

  await page.reload();
  await page.getByRole('group', { name: 'Role 2' }).getByLabel('Role name').waitFor();
  await expectValue(page.getByLabel('Title'), 'Seismograph for the old bridge');
  await expectValue(page.getByRole('group', { name: 'Role 2' }).getByLabel('Role name'), 'Illustrator');

  // Another tab with the same draft; both are written in.
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole('group', { name: 'Role 2' }).waitFor();
  const release = await holdDrafts(other);
  await other.getByLabel('Title').fill('Seismograph of the harbour');
  await page.getByLabel('Title').fill('Seismograph for the new bridge');
  await saved(page);
  release();
  await other.getByRole('heading', { name: 'There are two versions of this draft' }).waitFor();
  await expectAccessible(other, 'two-tabs');
  const title = other.getByRole('group', { name: 'Title' });
  await title.getByText('Seismograph of the harbour').waitFor();
  await title.getByRole('radio', { name: /Saved elsewhere/ }).check();
  await other.getByRole('button', { name: 'Go on with this' }).click();
  await expectValue(other.getByLabel('Title'), 'Seismograph for the new bridge');
  await saved(other);
  await other.close();

  // Numbers that make no sense together are said beside the field, and named above when it is posted.
  await page.getByLabel('From').fill('200');
  await page.getByLabel('Up to').fill('100');
  await page.getByText('This is less than the lower end.').waitFor();
  await page.getByRole('button', { name: 'Post project' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Up to' }).waitFor();
  expect(await page.getByLabel('Up to').evaluate((el) => el === document.activeElement)).toBe(true);
  await expectAccessible(page, 'new-errors');
  await page.getByLabel('Up to').fill('300');

  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('heading', { name: 'Seismograph for the new bridge' }).waitFor();
  await expectAccessible(page, 'preview');
  await page.getByRole('button', { name: 'Go on writing' }).click();

  // Discarding asks nothing, because it can be undone.
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expectValue(page.getByLabel('Title'), '');
  await page.getByRole('status').getByRole('button', { name: /Undo/ }).click();
  await expectValue(page.getByLabel('Title'), 'Seismograph for the new bridge');

  // The server goes while it is written and posted; a reload later everything is still there.
  await saved(page);
  const start = await stopServer(page);
  await page.getByLabel('Description').fill('We measure how the old bridge trembles, and show it.');
  await page.getByText('Kept on this device until it is back').waitFor();
  await page.getByRole('button', { name: 'Post project' }).click();
  await page.getByRole('alert').first().waitFor();
  await keepPicture(page, 'project-new-offline');
  await page.reload();
  await page.getByLabel('Title').waitFor();
  await expectValue(page.getByLabel('Description'), 'We measure how the old bridge trembles, and show it.');
  await start();
  await saved(page);
  await page.getByLabel('Title').press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Seismograph for the new bridge' }).waitFor();
  address = new URL(page.url()).pathname;
  await settled();
  const drafts = await page.evaluate(async () => (await fetch('/api/v1/drafts?prefix=project:')).json());
  expect(drafts).toEqual({ items: [] });
  expect(complaints).toEqual([]);
});

it('says on a phone how far it is, who would fit, and what makes no sense', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('noor', { size: 'phone' });
  await page.goto('/projects/new?draft=glance');
  const role = page.getByRole('group', { name: 'Role 1' });
  await role.getByLabel('Main skill').fill('Reac');
  await page.getByRole('button', { name: 'Nobody fits yet' }).click();
  const glance = page.getByRole('dialog', { name: 'How far it is' });
  await glance.getByText('Nobody here names Reac.').waitFor();
  await glance.getByRole('button', { name: 'Close' }).click();
  await glance.waitFor({ state: 'hidden' });
  await role.getByLabel('Main skill').fill('React');
  await role.getByLabel('Role name').fill('Front end');
  await page.getByLabel('From').fill('20');
  await page.getByLabel('Up to').fill('300');
  await page.getByText('A wide range').waitFor();
  await page.getByLabel('Up to').fill('10');
  await page.getByRole('button', { name: /people could fit/ }).click();
  await glance.getByText('Needs a look').waitFor();
  await glance.getByRole('heading', { name: 'People who would fit' }).waitFor();
  await expectAccessible(page, 'new-glance');
  await glance.getByRole('link', { name: 'Budget' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('part-budget');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  expect(complaints).toEqual([]);
  await context.close();
});

it('is asked to join in place, by somebody who came without an account', { timeout: 120_000 }, async () => {
  await product.app.settled();
  const { page, complaints } = await product.visitor({ size: 'phone' });
  await page.goto(address);
  await expectAccessible(page, 'visitor-phone');
  await page.getByRole('link', { name: 'Sign in to ask as Illustrator' }).click();
  await fillSignIn(page, 'leo');

  // The link came back with the role that was chosen.
  const form = page.getByRole('form', { name: 'Ask to join as Illustrator' });
  await form.getByLabel('Message').fill('I draw, and I cross that bridge every day.');
  await saved(page);
  await page.goto('/explore/projects');
  await page.goto(address);
  await page.getByRole('button', { name: 'Ask to join as Illustrator' }).click();
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('I draw'));
  await expectAccessible(page, 'ask-phone');

  expect(complaints).toEqual([]);

  // The server refuses once: the page says so, and the text is still there.
  await page.route('**/api/v1/collaborations', (route) => route.abort('connectionrefused'));
  await form.getByRole('button', { name: 'Send request' }).click();
  await form.getByRole('alert').waitFor();
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('I draw'));
  await page.unroute('**/api/v1/collaborations');
  await form.getByRole('button', { name: 'Send request' }).click();
  await page.getByText('Your request is on its way').waitFor();

  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('Request withdrawn.').first().waitFor();
  expect(await page.getByText('Your request is on its way').count()).toBe(0);
  await page.locator('main').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('You have asked for this seat.').waitFor();
  await page.reload();
  await page.getByText('You have asked for this seat.').waitFor();
  await expectAccessible(page, 'asked-phone');
  expect(withoutLateShifts(complaints)).toEqual([]);
});

it('brings its owner people, ranked and explained', { timeout: 120_000 }, async () => {
  const { page, complaints } = await member('maya');
  await page.goto(address);
  const fits = page.getByRole('region', { name: 'Who would fit' });
  await fits
    .getByRole('button', { name: /^Invite/ })
    .first()
    .waitFor();
  const scores = (await fits.getByText(/^Match: \d+ of 100\.$/).allTextContents()).map((text) =>
    Number(/\d+/.exec(text)?.[0]),
  );
  expect(scores.length).toBeGreaterThan(2);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  await expectAccessible(page, 'owner');
  expect(complaints).toEqual([]);

  const first = fits
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Invite/ }) })
    .first();
  const name = (await first.getByRole('heading').getByRole('link').innerText()).trim();
  await first.getByRole('button', { name: `Invite ${name}` }).click();
  // The role that fits best is chosen; another one may be.
  const role = first.getByLabel('Role', { exact: true });
  expect(await role.inputValue()).not.toBe('');
  await role.selectOption({ label: 'Front end' });
  await first.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('region', { name: 'Invited' }).getByRole('link', { name, exact: true }).waitFor();

  const request = page.getByRole('region', { name: 'Who asks to join' });
  await request.getByText('I draw, and I cross that bridge every day.').waitFor();
  await request.getByRole('button', { name: /^Accept/ }).click();
  await page.getByRole('region', { name: 'Team' }).getByText('Illustrator').waitFor();

  // What a move does is said before it is made.
  await page.getByRole('button', { name: 'Start building' }).click();
  await page.getByRole('dialog').getByText('1 open request stays, to be answered.').waitFor();
  await expectAccessible(page, 'owner-move');
  await page.getByRole('button', { name: 'Not now' }).click();

  // So is what becomes of who waits for a role that goes.
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Remove Front end' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('dialog').getByText('Front end goes: 1 request for it ends.').waitFor();
  await expectAccessible(page, 'owner-role-goes');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.goto(address);

  await page.getByRole('link', { name: 'See it as others do' }).click();
  await page.getByRole('link', { name: 'Sign in to ask as Front end' }).waitFor();
  expect(withoutLateShifts(complaints)).toEqual([]);
});

it('ranks those who ask for a seat by their fit, or by their time', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('maya', { size: 'phone' });
  const asked = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/collaborations/received?status=pending&limit=100');
    return ((await answer.json()) as { project_id: number | null }[]).flatMap(({ project_id }) => project_id ?? []);
  });
  const busiest = asked.toSorted((one, other) => countOf(asked, other) - countOf(asked, one))[0] ?? 0;
  expect(countOf(asked, busiest)).toBeGreaterThan(1);
  await page.goto(`/projects/${busiest}`);
  const requests = page.getByRole('region', { name: 'Who asks to join' });
  await requests.getByRole('article').nth(1).waitFor();
  const scores = async () =>
    (await requests.getByText(/^Match: \d+ of 100\.$/).allTextContents()).map((text) => Number(/\d+/.exec(text)?.[0]));
  const byFit = await scores();
  expect(byFit).toEqual(byFit.toSorted((one, other) => other - one));
  const names = () => requests.getByRole('article').evaluateAll((rows) => rows.map((row) => row.ariaLabel));
  const fitting = await names();
  await requests.getByLabel('Order').press('ArrowDown');
  await expectValue(requests.getByLabel('Order'), 'time');
  expect((await names()).toSorted()).toEqual(fitting.toSorted());
  // What is open of a row is its score with its reasons, without another question.
  await requests.locator('summary').first().click();
  await requests.getByText('Skills', { exact: true }).first().waitFor();
  await expectAccessible(page, 'owner-ranked');
  expect(complaints).toEqual([]);
  await context.close();
});

const countOf = (ids: number[], id: number) => ids.filter((one) => one === id).length;

it('is edited in two places at once, and nothing is lost', { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await member('maya');
  const elsewhere = await member('maya', { size: 'phone' });
  await page.goto(`${address}/edit`);
  await page.getByLabel('Title').fill('Seismograph, written here');
  await saved(page);

  // Another device saves the place and the title meanwhile, without the draft of this one.
  await elsewhere.page.goto(address);
  const isSaved = await elsewhere.page.evaluate(async (path) => {
    const url = `/api/v1${path}`;
    const { version } = await (await fetch(url)).json();
    const body = JSON.stringify({ title: 'Seismograph, saved elsewhere', place: 'Porto', version });
    return (await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status;
  }, address);
  expect(isSaved).toBe(200);

  const refused = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.status() === 412,
  );
  await page.getByRole('button', { name: 'Save changes' }).click();
  await refused;
  await page.getByRole('heading', { name: 'It was changed elsewhere' }).waitFor();
  await page.getByRole('group', { name: 'Title' }).getByText('Seismograph, saved elsewhere').waitFor();
  expect(await page.getByRole('group', { name: 'Place' }).count()).toBe(0);
  await expectAccessible(page, 'edit-conflict');
  await page.getByRole('button', { name: 'Go on with this' }).click();
  await expectValue(page.getByLabel('Place'), 'Porto');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Seismograph, written here' }).waitFor();
  await page.getByText('Porto or remote').waitFor();
  await context.close();
  expect([...complaints, ...elsewhere.complaints]).toEqual([]);
});

it('brings a removed role back among the others, even after leaving', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('maya');
  await page.goto('/projects/new?draft=roles');
  const nameOf = (number: number) => page.getByRole('group', { name: `Role ${number}` }).getByLabel('Role name');
  await nameOf(1).fill('First');
  await page.getByRole('button', { name: 'Add a role' }).click();
  await nameOf(2).fill('Second');
  await page.getByRole('button', { name: 'Remove First' }).click();
  await nameOf(1).fill('Second, rewritten');
  const undo = page.getByRole('status').getByRole('button', { name: /Undo/ });
  await undo.click();
  await expectValue(nameOf(1), 'First');
  await expectValue(nameOf(2), 'Second, rewritten');

  // Taken back on another page, and on the page opened again.
  for (const isBack of [false, true]) {
    await page.getByRole('button', { name: 'Remove First' }).click();
    await expectValue(nameOf(1), 'Second, rewritten');
    await saved(page);
    await page.getByRole('link', { name: 'My work' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
    if (isBack) {
      await page.goBack();
      await expectValue(nameOf(1), 'Second, rewritten');
    }
    await undo.click();
    if (!isBack) await page.goBack();
    await expectValue(nameOf(1), 'First');
    await expectValue(nameOf(2), 'Second, rewritten');
  }
  expect(complaints).toEqual([]);
  await context.close();
});

it('is posted once, though its page was left before the answer', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('maya');
  await page.goto('/projects/new?draft=once');
  await page.getByLabel('Title').fill('A kite that counts swallows');
  await page.getByLabel('Description').fill('It flies over the harbour and counts.');
  await page.getByRole('group', { name: 'Role 1' }).getByLabel('Role name').fill('Kite maker');
  await saved(page);
  const arrives = Promise.withResolvers<void>();
  await page.route('**/api/v1/projects', async (route) => {
    if (route.request().method() === 'POST') await arrives.promise;
    await route.continue();
  });
  const post = page.getByRole('button', { name: 'Post project' });
  await post.click();
  await page.getByRole('link', { name: 'My work' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await page.goBack();
  await expectValue(page.getByLabel('Title'), 'A kite that counts swallows');
  await expect.poll(() => post.getAttribute('aria-busy')).toBe('true');
  arrives.resolve();
  await page.getByText('Your project is live.').first().waitFor();
  await expectValue(page.getByLabel('Title'), '');
  const draft = () => page.evaluate(async () => (await fetch('/api/v1/drafts/project:new:once')).status);
  await expect.poll(draft).toBe(404);
  expect(complaints).toEqual([]);
  await context.close();
});

it.each([
  ['another form', { roles: [{ name: 'Welder' }, { name: 'Welder' }] }],
  ['nulls', { title: null, required_skills: null, roles: null, deadline: null, version: null }],
  [
    'other kinds',
    { title: 7, is_remote: 'yes', required_skills: [7, { a: 1 }], roles: [null, 'x', { key: 'k', id: {} }] },
  ],
  [
    'values that say nothing',
    {
      currency: 'shells',
      budget_max: '5',
      deadline: 'soon',
      visibility: 'odd',
      hours_per_week: 'many',
      version: 'new',
      roles: [{ name: 'Welder', skill: 'Welding', level: '99', seats: 'all' }],
    },
  ],
])('a draft of %s opens, is looked at and discarded', { timeout: 60_000 }, async (_, content) => {
  const { page, context, complaints } = await member('maya');
  for (const [key, at] of [
    ['project:new:odd', '/projects/new?draft=odd'],
    [`project:${address.split('/').at(-1)}`, `${address}/edit`],
  ] as const) {
    const isKept = await page.evaluate(
      async ([name, body]) => {
        const url = `/api/v1/drafts/${name}`;
        await fetch(url, { method: 'DELETE' });
        return (await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status;
      },
      [key, JSON.stringify({ content })] as const,
    );
    expect(isKept).toBe(200);
    expect((await page.goto(at))?.status()).toBe(200);
    if (at.endsWith('/edit') && (await page.getByRole('heading', { name: 'It was changed elsewhere' }).isVisible()))
      await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Go on writing' }).click();
    await page.getByRole('button', { name: /^Discard/ }).click();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  }
  expect(complaints).toEqual([]);
  await context.close();
});

it('is not there for those who may not see it', { timeout: 60_000 }, async () => {
  const { page } = await product.visitor();
  const answer = await page.goto('/projects/999999');
  expect(answer?.status()).toBe(404);
  await page.goto(`${address}/edit`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await fillSignIn(page, 'leo');
  await page.waitForURL(`**${address}/edit`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByLabel('Title').count()).toBe(0);
});
