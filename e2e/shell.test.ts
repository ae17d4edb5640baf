/**
 * What stands around every page: palette and keys, language and look, and what is said when the network, the server,
 * the session, the code or the page itself is gone.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { cuttableLine } from './line.ts';
import { codeOf, keepPicture, type Product, startProduct, type Visitor } from './product.ts';
import { isLive } from './traffic.ts';

let product: Product;
let password = '';
beforeAll(async () => {
  product = await startProduct({ demo: true });
  password = (await import('../server/demo/people.ts')).DEMO_PASSWORD;
}, 180_000);
afterAll(() => product?.close());

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const headingWithFocus = (page: Page, name: string) =>
  page.locator('h1:focus').filter({ hasText: name }).waitFor({ state: 'attached' });
const banner = (page: Page) => page.getByRole('button', { name: 'Try now' });

/** The page as it lives: before that, keys and clicks are the browser's alone. */
async function open({ page }: { page: Page }, path: string): Promise<void> {
  await page.goto(path);
  await isLive(page);
}

async function signIn({ page }: Pick<Visitor, 'page'>, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

it.each(['desktop', 'phone'] as const)(
  'finds projects, people and places by the keyboard alone on a %s',
  async (size) => {
    const visitor = await product.visitor({ size, theme: size === 'phone' ? 'dark' : 'light' });
    const { page } = visitor;
    await open(visitor, '/');
    const opener =
      size === 'desktop'
        ? page.getByRole('button', { name: 'Search or jump to' })
        : page.getByRole('navigation').getByRole('button', { name: 'Search' });
    if (size === 'desktop') await page.keyboard.press('Control+k');
    else await opener.press('Enter');
    const palette = dialog(page, 'Search or jump to');
    const field = palette.getByRole('combobox');
    await field.waitFor();
    await expectAccessible(page);

    await page.keyboard.type('pythn');
    await palette.getByText('Nothing matched “pythn”. Showing “python”.').waitFor();
    await palette.getByRole('group', { name: 'Projects' }).getByRole('option').first().waitFor();
    expect(await palette.locator('[role=status]').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/\d+ suggestions/)]),
    );
    await keepPicture(page, `shell-palette-${size}`);

    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('look: dark');
    await palette.getByRole('option', { name: 'Look: dark', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme=dark]').waitFor();
    await palette.waitFor({ state: 'hidden' });

    await opener.press('Enter');
    await field.waitFor();
    await page.keyboard.type('seismo');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);

    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.type('people');
    await palette.getByRole('option', { name: 'People', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/explore/people**');
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  },
);

it('lists its keys in a sheet, and leaves single keys alone when asked to', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await open(visitor, '/');
  await page.keyboard.press('?');
  const sheet = dialog(page, 'Keyboard shortcuts');
  await sheet.getByText('Go to people').waitFor();
  await expectAccessible(page);
  await keepPicture(page, 'shell-shortcuts');
  await sheet.getByLabel('Single keys').uncheck();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  await sheet.getByLabel('Single keys').check();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.waitForURL('**/explore/people');
  await headingWithFocus(page, '');
  await page.keyboard.press('/');
  await page.keyboard.type('?c');
  const search = page.getByRole('searchbox').first();
  expect(await search.inputValue()).toBe('?c');
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('speaks another language at once, and keeps it', async () => {
  const visitor = await product.visitor({ size: 'phone' });
  const { page } = visitor;
  await open(visitor, '/explore/projects?q=python');
  await page.locator('header').getByRole('button', { name: 'Language' }).click();
  await page.locator('header').getByRole('link', { name: 'العربية' }).click();
  await page.locator('html[lang=ar][dir=rtl]').waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('python');
  await page.reload();
  await page.locator('html[lang=ar][dir=rtl]').waitFor();
  await visitor.context.close();
});

it('speaks another language without scripts', async () => {
  const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/explore/projects?q=python');
  await page.locator('footer').getByRole('link', { name: 'Español' }).click();
  await page.locator('html[lang=es]').waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('python');
  await page.locator('article a').first().click();
  await page.waitForURL('**/projects/*');
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await context.close();
});

it('keeps the look that was chosen', async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await open(visitor, '/');
  const around = () => page.locator('meta[name=theme-color][media=all]').getAttribute('data-of');
  await page.getByRole('button', { name: 'Dark' }).click();
  expect(await around()).toBe('dark');
  await page.reload();
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await around()).toBe('dark');
  expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
  await visitor.context.close();
});

it('takes the focus along, forth and back', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await open(visitor, '/');
  const link = page
    .getByRole('region')
    .or(page.locator('main'))
    .getByRole('heading', { level: 3 })
    .getByRole('link')
    .nth(3);
  const title = (await link.textContent()) ?? '';
  await link.focus();
  await page.keyboard.press('Enter');
  await headingWithFocus(page, title);
  await page.goBack();
  await headingWithFocus(page, 'build it with');
  await page.goForward();
  await headingWithFocus(page, title);
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('reports nothing when somebody goes on before a page has begun to fade in', async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await open(visitor, '/');
  await page.evaluate(async () => {
    document.startViewTransition(() => {});
    await document.startViewTransition(() => {}).finished;
  });
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('keeps the old page until a slow one can be shown', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await signIn(visitor, 'maya');
  const headings = page.locator('h1');
  for (const [path, name] of [
    ['/work', 'My work'],
    ['/settings/appearance', 'Language and appearance'],
    ['/explore/people', 'People'],
  ] as const) {
    await open(visitor, path);
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const asked = page.waitForRequest('**/api/v1/drafts/*');
    await page.route('**/api/v1/drafts/*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Post a project' }).first().click();
    await asked;
    await page.locator('.progress-line').waitFor({ state: 'attached' });
    expect(await headings.allTextContents()).toEqual([name]);
    letGo();
    await headingWithFocus(page, 'Post a project');
    expect(await headings.count()).toBe(1);
    await page.unroute('**/api/v1/drafts/*');
  }
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('nothing moves while what a page is made of comes bit by bit', { timeout: 60_000 }, async () => {
  const { body } = await product.app.request('GET /projects', { query: { limit: 1 } });
  const [project] = body.items;
  const pages = {
    maya: ['/', '/welcome?step=skills', '/settings/profile', '/settings/data', `/people/${project?.owner_id}`, '/work'],
    demo_admin: [
      '/welcome?step=skills',
      '/admin',
      '/admin/domains',
      '/admin/skills',
      `/projects/${project?.id}`,
      '/work',
      '/explore/people',
    ],
  };
  const walk = async ([username, paths]: [string, string[]]) => {
    const visitor = await product.visitor({ size: 'phone' });
    const { page, context, complaints, settled } = visitor;
    await signIn(visitor, username);
    let asked = 0;
    await page.route('**/api/**', async (route) => {
      asked += 1;
      // Apart and out of order, and later than the half second in which a move is its reader's own doing.
      await new Promise((resolve) => setTimeout(resolve, 100 + ((asked * 7) % 10) * 60));
      await route.continue();
    });
    for (const path of paths) {
      await open(visitor, '/settings/appearance');
      await page.evaluate((to) => {
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, path);
      await settled();
    }
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
    return complaints;
  };
  expect((await Promise.all(Object.entries(pages).map(walk))).flat()).toEqual([]);
});

it('says that the network is gone, and when it is back', async () => {
  const visitor = await product.visitor({ size: 'phone' });
  const { page, context } = visitor;
  await open(visitor, '/');
  await context.setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await keepPicture(page, 'shell-offline-phone');
  await expectAccessible(page);
  await context.setOffline(false);
  await page.getByText('Connected again.').waitFor();
  expect(await banner(page).count()).toBe(0);
  await context.close();
});

it('stands when the server stops, and goes on by itself when it is back', { timeout: 60_000 }, async () => {
  const line = await cuttableLine(product.app.url);
  const context = await product.browser.newContext({ baseURL: line.url });
  const page = await context.newPage();
  await open({ page }, '/');
  await line.cut();
  await page.getByRole('navigation').getByRole('link', { name: 'People' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'No answer' }).waitFor();
  await banner(page).waitFor();
  await keepPicture(page, 'shell-no-answer');
  await line.mend();
  await page.getByRole('heading', { level: 1, name: 'No answer' }).waitFor({ state: 'detached' });
  await page.locator('article').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/explore/people');
  await context.close();
  await line.close();
});

it('asks to sign in again in place when the session ended, and keeps what was typed', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await signIn(visitor, 'maya');
  await open(visitor, '/projects/new');
  // Nothing is typed before the session has ended: its saving would find that out while more is typed.
  await visitor.settled();

  // Somebody ends all of maya's sessions from elsewhere.
  const elsewhere = await product.browser.newContext({ baseURL: product.app.url });
  const other = await elsewhere.newPage();
  await signIn({ page: other }, 'maya');
  const ended = await other.evaluate(() => fetch('/api/v1/auth/logout-everywhere', { method: 'POST' }));
  expect(ended).toBeTruthy();
  await elsewhere.close();

  await page.getByLabel('Title').fill('A raft of plastic bottles for the pond');
  const again = dialog(page, 'Your session has ended');
  await again.waitFor();
  await expectAccessible(page);
  await keepPicture(page, 'shell-session-ended');
  const field = again.getByLabel('Password of maya', { exact: true });
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  await field.fill('not it');
  await again.getByRole('button', { name: 'Sign in again' }).click();
  await again.getByText('Name or password is wrong.').waitFor();
  await field.fill(password);
  await again.getByRole('button', { name: 'Sign in again' }).click();
  await again.waitFor({ state: 'hidden' });
  await page.getByText(/^Saved/).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('A raft of plastic bottles for the pond');
  expect(new URL(page.url()).pathname).toBe('/projects/new');
  expect(visitor.complaints).toEqual([]);
  await visitor.context.close();
});

it('is in every tab the page of whoever is signed in', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page, context } = visitor;
  await signIn(visitor, 'maya');
  await open(visitor, '/projects/new?draft=other');
  await page.getByLabel('Title').fill('For my eyes only');
  await page.getByText(/^Saved/).waitFor();

  const second = { ...visitor, page: await context.newPage() };
  await open(second, '/work');
  await second.page.getByRole('button', { name: /maya/ }).click();
  await second.page.getByRole('button', { name: 'Sign out' }).click();
  await dialog(page, 'Your session has ended').waitFor();
  // Who is in another tab by now is not who writes here, however the two came to be.
  const actingAs = { 'x-acting-as': '1', 'content-type': 'application/json' };
  await signIn(second, 'leo');
  const refused = await context.request.put('/api/v1/drafts/project:new:other', {
    headers: actingAs,
    data: { content: { title: 'For my eyes only' } },
  });
  expect([refused.status(), (await refused.json()).code]).toEqual([409, 'other_account']);
  await page.getByRole('button', { name: /leo/ }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Post a project' }).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('');
  const { items } = await (await context.request.get('/api/v1/drafts')).json();
  expect(items).toEqual([]);
  await context.close();
});

it('signs out of a session that has ended already', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page, context } = visitor;
  await signIn(visitor, 'noor');
  await open(visitor, '/settings/appearance');
  await context.request.post('/api/v1/auth/logout-everywhere');
  await page.getByRole('button', { name: 'Account of noor' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await signIn(visitor, 'noor');
  expect(await dialog(page, 'Your session has ended').count()).toBe(0);
  await context.close();
});

it('lets the reader choose another language than the address names', async () => {
  const visitor = await product.visitor();
  const { page, context } = visitor;
  await open(visitor, '/explore/projects?lang=es&q=python');
  await page.locator('footer').getByRole('link', { name: 'English' }).click();
  await page.locator('html[lang=en]').waitFor();
  await page.waitForURL((url) => !url.searchParams.has('lang') && url.searchParams.get('q') === 'python');
  await page.reload();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await context.close();
});

it('says of an address without a page what to do, and no more of a page for others', async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  const answer = await page.goto('/nowhere');
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL('**/sign-in?next=%2Fnowhere');
  await signIn(visitor, 'maya');
  const hidden = await page.goto('/admin');
  expect(hidden?.status()).toBe(404);
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
  await visitor.context.close();
});

it('loads the page anew, once, when its code was replaced by a newer version', { timeout: 60_000 }, async () => {
  const visitor = await product.visitor();
  const { page } = visitor;
  await open(visitor, '/');
  let lost = 1;
  await page.route(await codeOf('explore-people-page'), (route) =>
    lost-- > 0 ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  );
  const loadedAnew = page.waitForEvent('domcontentloaded');
  await page.getByRole('link', { name: 'People' }).first().click();
  await loadedAnew;
  expect(new URL(page.url()).pathname).toBe('/explore/people');
  await page.locator('article').first().waitFor();

  const answer = await page.goto('/');
  await isLive(page);
  await page.route(await codeOf('explore-projects-page'), (route) => route.fulfill({ status: 404, body: '' }));
  await page.getByRole('link', { name: 'Projects', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Something broke' }).waitFor();
  // The number to quote is that of the page, which stands in the log.
  expect(answer?.headers()['x-request-id']).toBeTruthy();
  await page.getByText(/^Reference: /).waitFor();
  await keepPicture(page, 'shell-broken');
  await visitor.context.close();
});
