/**
 * Finding projects and people: words with typing errors, filters, an address to share, the keyboard, the way back, and
 * what happens when nothing is found, nothing answers, or no script runs.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { expectAccessible } from './accessible.ts';
import { codeOf, keepPicture, type Product, sizes, startProduct, type Visitor } from './product.ts';

type Page = Visitor['page'];

vi.setConfig({ testTimeout: 120_000 });

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
}, 180_000);
afterAll(() => product?.close());

const rows = (page: Page) => page.locator('main [data-result]');
const title = (page: Page, index: number) => rows(page).nth(index).locator('.row-link');
const summary = (page: Page) => page.getByRole('status').filter({ hasText: /^\d+ (projects|people)\./ });
/** Patient, as a machine with much to do needs it. */
const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000 });
const query = (page: Page) => new URL(page.url()).searchParams;

async function totalOf(page: Page): Promise<number> {
  return Number(/\d+/.exec((await summary(page).textContent()) ?? '')?.[0]);
}

it('follows the typing, forgives errors and says so', async () => {
  const { page, complaints } = await product.visitor();
  await page.goto('/explore/people');
  const all = await totalOf(page);
  await page.getByLabel('Search people').pressSequentially('pyhton', { delay: 20 });
  await page.getByText('Nothing matches “pyhton”').waitFor();
  expect(query(page).get('q')).toBe('pyhton');
  expect(await totalOf(page)).toBeLessThan(all);
  await keepPicture(page, 'explore-typo');

  // The corrected word becomes the search, in the box too.
  await summary(page).getByRole('link', { name: 'python' }).click();
  await page.getByText('Nothing matches').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Search people').inputValue()).toBe('python');
  // The words go along to the projects.
  await page.getByRole('navigation', { name: 'What to explore' }).getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
  expect(await page.getByLabel('Search projects').inputValue()).toBe('python');
  expect(complaints).toEqual([]);
});

it('narrows by facets whose counts keep their word, and takes filters back one by one', async () => {
  const { page, complaints } = await product.visitor();
  await page.goto('/explore/projects');
  const skills = page.getByRole('group', { name: 'Skills, any of these' });
  const box = skills.getByRole('checkbox').first();
  const [name, count] = [await box.getAttribute('value'), await skills.getByRole('listitem').first().textContent()];
  await box.check();
  const chips = page.getByRole('list', { name: 'Filters that are set' });
  await chips.getByRole('link', { name: `Take back: ${name}` }).waitFor();
  await eventually(() => totalOf(page)).toBe(Number(/\d+$/.exec(count ?? '')?.[0]));
  await page.getByRole('group', { name: 'Where' }).getByRole('radio', { name: 'Remote' }).check();
  await chips.getByRole('link', { name: 'Take back: Remote' }).waitFor();
  expect(query(page).get('is_remote')).toBe('true');

  // The address holds it all: another browser sees the same, the back button the state before.
  const guest = await product.visitor();
  await guest.page.goto(page.url());
  expect(await totalOf(guest.page)).toBe(await totalOf(page));
  await page.goBack();
  await eventually(() => query(page).has('is_remote')).toBe(false);
  expect(await box.isChecked()).toBe(true);
  await page.goForward();
  await chips.getByRole('link', { name: 'Take back: Remote' }).click();
  await eventually(() => query(page).has('is_remote')).toBe(false);
  await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain(name);
  await chips.getByRole('link', { name: `Take back: ${name}` }).click();
  await eventually(() => [...query(page).keys()]).toEqual([]);

  // A range that cannot be meant is not searched for.
  const budget = page.getByRole('group', { name: 'Budget' });
  await budget.getByLabel('From').fill('900');
  await budget.getByLabel('To', { exact: true }).fill('100');
  await budget.getByRole('button', { name: 'Set' }).click();
  await budget.getByText('The first amount is higher than the second.').waitFor();
  expect([...query(page).keys()]).toEqual([]);
  await budget.getByLabel('To', { exact: true }).fill('1,500');
  await budget.getByRole('button', { name: 'Set' }).click();
  await chips.getByRole('link', { name: 'Take back: 900 to 1,500' }).waitFor();
  expect([...complaints, ...guest.complaints]).toEqual([]);
});

it('goes through results by keys, and back to the one that was opened', async () => {
  const { page, complaints } = await product.visitor();
  await page.goto('/explore/people');
  for (const count of [24, 36]) {
    await page.getByRole('link', { name: 'Load more' }).click();
    await eventually(() => rows(page).count()).toBe(count);
  }
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  for (let times = 0; times < 30; times++) await page.keyboard.press('j');
  await page.keyboard.press('k');
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('[data-result]')?.getAttribute('data-result'));
  const chosen = await rows(page).nth(29).getAttribute('data-result');
  expect(await focused()).toBe(chosen);
  await keepPicture(page, 'explore-keys', { isWhole: false });
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(1000);
  const place = () => page.evaluate(() => document.activeElement?.getBoundingClientRect().top);
  const before = await place();

  await page.keyboard.press('Enter');
  await page.waitForURL('**/people/*');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goBack();
  await eventually(() => rows(page).count()).toBe(36);
  await eventually(focused).toBe(chosen);
  await eventually(place).toBeCloseTo(before ?? Number.NaN, -1);

  // All the way to the end, which is said.
  await page.goto('/explore/projects?page=2');
  while ((await page.getByRole('link', { name: 'Load more' }).count()) > 0) {
    const before = await rows(page).count();
    await page.getByRole('link', { name: 'Load more' }).click();
    await eventually(() => rows(page).count()).toBeGreaterThan(before);
  }
  await page.getByText(/These are all \d+ projects/).waitFor();
  expect(complaints).toEqual([]);
});

it('stays with a result that was opened while the words of a search still rested', async () => {
  const { page, context, complaints } = await product.visitor();
  await page.goto('/explore/projects');
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  await page.route(await codeOf('project-page'), async (route) => {
    isAsked();
    await held;
    await route.continue();
  });
  const link = rows(page).first().getByRole('link').first();
  const title = (await link.textContent()) ?? '';
  // Both within the moment for which the words rest.
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('main input[type=search]');
    if (field) field.value = 'zzzz';
    field?.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector<HTMLElement>('[data-result] a')?.click();
  });
  await asked;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  letGo();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/projects\//);
  expect(complaints).toEqual([]);
  await context.close();
});

it('keeps the compact view, which the server renders too', async () => {
  const { page, context, complaints } = await product.visitor({ theme: 'dark' });
  await page.goto('/explore/projects');
  expect(await rows(page).first().locator('.cover').count()).toBe(1);
  await page.getByRole('button', { name: 'One line each' }).click();
  expect(await rows(page).first().locator('.cover').count()).toBe(0);
  const html = await (await context.request.get('/explore/projects')).text();
  expect(html).toContain('data-result');
  expect(html).not.toContain('class="cover');
  await page.reload();
  expect(await rows(page).first().locator('.cover').count()).toBe(0);
  await expectAccessible(page);
  await keepPicture(page, 'explore-compact-dark');
  expect(complaints).toEqual([]);
});

it('tells a member what fits, and why', async () => {
  const { page, complaints } = await product.visitor();
  await page.goto('/sign-in?next=/explore/projects');
  await page.locator('input[name=username]').fill('leo');
  await page.locator('input[name=password]').fill(DEMO_PASSWORD);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL('**/explore/projects');
  await page.getByLabel('Order').selectOption({ label: 'Fits me best' });
  await page.getByText('best fit first').waitFor();
  const scores = async () =>
    (
      await rows(page)
        .getByText(/^Match: \d+ of 100/)
        .allTextContents()
    ).map((text) => parseInt(text.slice(7), 10));
  await eventually(async () => (await scores()).length).toBeGreaterThan(2);
  const told = await scores();
  expect(told).toEqual([...told].sort((one, other) => other - one));

  await rows(page).first().locator('summary').click();
  const points = await rows(page)
    .first()
    .locator('details')
    .getByText(/^\d+ of \d+$/)
    .allTextContents();
  expect(points.reduce((sum, text) => sum + parseInt(text, 10), 0)).toBe(told[0]);
  await expectAccessible(page);
  await keepPicture(page, 'explore-fit');
  expect(complaints).toEqual([]);
});

it('says which wish to drop when nothing is found', async () => {
  const { page, complaints } = await product.visitor();
  await page.goto('/explore/projects?q=zzzzqqqq&is_remote=true');
  await page.getByText('No project matches').waitFor();
  await page.getByText(/^\d+ projects\.$/).waitFor();
  await expectAccessible(page);
  await keepPicture(page, 'explore-nothing');
  await page.getByRole('link', { name: 'Without “zzzzqqqq”' }).click();
  await eventually(() => rows(page).count()).toBeGreaterThan(0);
  expect(query(page).toString()).toBe('is_remote=true');
  expect(await page.getByLabel('Search projects').inputValue()).toBe('');
  expect(complaints).toEqual([]);
});

it('shows a server that fails in the middle, and goes on when it is back', async () => {
  const { page } = await product.visitor();
  await page.goto('/explore/projects');
  const calls = '**/api/v1/search-advanced/**';
  await page.route(calls, (route) => route.abort());
  await page.getByRole('link', { name: 'Load more' }).click();
  // Said in its place, and by the banner for the whole page.
  await page.getByText('Not loaded yet.').waitFor();
  await page.getByRole('button', { name: 'Try now' }).waitFor();
  // What was there stays.
  expect(await rows(page).count()).toBe(12);
  await page.unroute(calls);
  // It comes back by itself just before or after the button is pressed.
  await Promise.race([
    page.getByRole('button', { name: /^Try/ }).click(),
    page.getByRole('link', { name: 'Load more' }).waitFor(),
  ]);
  await page.getByText('Not loaded yet.').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Load more' }).click();
  await eventually(() => rows(page).count()).toBe(24);

  await page.route(calls, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'internal_error', status: 500, request_id: 'req-4711' }),
    }),
  );
  const skills = page.getByRole('group', { name: 'Skills' });
  const skill = await skills.locator('bdi').first().innerText();
  await skills.getByRole('checkbox').first().check();
  await page.getByRole('alert').getByText('req-4711').first().waitFor();
  // What is chosen stays, and nobody knows how much there is of it.
  expect(await skills.locator('li').allInnerTexts()).toEqual([skill]);
  await expectAccessible(page);
  await keepPicture(page, 'explore-failed');
  await page.unroute(calls);
  // It may come back by itself just before the button is pressed.
  await Promise.race([page.getByRole('button', { name: 'Try again' }).click(), rows(page).first().waitFor()]);
  await eventually(() => rows(page).count()).toBeGreaterThan(0);
});

it('filters on a phone in a sheet', async () => {
  const { page, complaints } = await product.visitor({ size: 'phone' });
  await page.goto('/explore/projects');
  await page.getByRole('button', { name: 'Filters' }).click();
  const sheet = page.getByRole('region', { name: 'Filters' });
  await sheet.getByRole('radio', { name: 'Remote' }).check();
  await page.waitForURL('**is_remote=true');
  const show = sheet.getByRole('button', { name: /^Show \d+ projects$/ });
  await show.waitFor();
  await expectAccessible(page);
  await page.screenshot({ path: 'test-output/explore-sheet-phone.png', animations: 'disabled' });
  const promised = Number(/\d+/.exec((await show.textContent()) ?? '')?.[0]);
  await show.click();
  await sheet.waitFor({ state: 'hidden' });
  expect(await totalOf(page)).toBe(promised);
  await page.getByRole('button', { name: 'Filters (1)' }).waitFor();
  await keepPicture(page, 'explore-phone');
  expect(complaints).toEqual([]);
});

it('works without scripts', async () => {
  const context = await product.browser.newContext({
    baseURL: product.app.url,
    viewport: sizes.desktop,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto('/explore/people');
  await page.getByLabel('Search people').fill('pyhton');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('Nothing matches “pyhton”').waitFor();
  await page.getByRole('group', { name: 'Level' }).getByRole('radio', { name: 'Fluent or better' }).check();
  await page.getByRole('group', { name: 'Skills, any of these' }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Apply filters' }).click();
  expect(query(page).get('min_level')).toBe('3');
  expect(await page.getByRole('link', { name: /^Take back:/ }).count()).toBe(2);
  await page.getByRole('link', { name: 'Clear filters' }).first().click();
  const first = await title(page, 0).textContent();
  await page.getByRole('link', { name: 'Load more' }).click();
  expect(query(page).get('page')).toBe('2');
  expect(await title(page, 0).textContent()).not.toBe(first);
  await keepPicture(page, 'explore-no-scripts');
  await page.getByRole('link', { name: 'From the first one on' }).click();
  expect(await title(page, 0).textContent()).toBe(first);
  await title(page, 0).click();
  await page.waitForURL('**/people/*');
  await context.close();
});
