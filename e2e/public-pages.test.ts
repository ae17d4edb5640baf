/** What search engines, link previews and readers without scripts get of public pages; and that private ones say less. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { keepPicture, outputFolder, type Product, startProduct } from './product.ts';
import { isLive } from './traffic.ts';

let product: Product;
let project = { id: 0, title: '' };
let person = { id: 0, name: '' };
beforeAll(async () => {
  product = await startProduct({ demo: true });
  const { body } = await product.app.request('GET /projects', { query: { limit: 1 } });
  const first = body.items[0];
  project = { id: first?.id ?? 0, title: first?.title ?? '' };
  person = { id: first?.owner_id ?? 0, name: first?.owner.name ?? '' };
}, 180_000);
afterAll(() => product?.close());

const pages = () => [
  { path: '/', says: project.title, canonical: '/', image: '/og/home.png', kind: 'WebSite' },
  {
    path: '/explore/projects?q=climat',
    says: 'climate',
    canonical: '/explore/projects',
    image: '/og/home.png',
    kind: 'ItemList',
  },
  {
    path: `/explore/people?q=${encodeURIComponent(person.name)}`,
    says: person.name,
    canonical: '/explore/people',
    image: '/og/home.png',
    kind: 'ItemList',
  },
  {
    path: `/projects/${project.id}`,
    says: project.title,
    canonical: `/projects/${project.id}`,
    image: `/og/projects/${project.id}.png`,
    kind: 'Project',
  },
  {
    path: `/people/${person.id}`,
    says: person.name,
    canonical: `/people/${person.id}`,
    image: `/og/people/${person.id}.png`,
    kind: 'ProfilePage',
  },
];

describe('without scripts', () => {
  it('public pages show their content and a head that others can use', { timeout: 120_000 }, async () => {
    const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled: false });
    const page = await context.newPage();
    for (const { path, says, canonical, image, kind } of pages()) {
      await page.goto(path);
      await keepPicture(page, `no-script-${kind}-${path.split(/[/?]/)[1] || 'home'}`);
      expect(await page.locator('main').innerText(), path).toMatch(new RegExp(escaped(says), 'i'));
      const attribute = (selector: string, name: string) => page.locator(selector).getAttribute(name);
      expect(pathOf(await attribute('link[rel=canonical]', 'href')), path).toBe(canonical);
      expect((await attribute('meta[name=description]', 'content'))?.length, path).toBeGreaterThan(40);
      expect(await attribute('meta[property="og:title"]', 'content'), path).toBeTruthy();
      const pictured = await attribute('meta[property="og:image"]', 'content');
      expect(pathOf(pictured), path).toContain(image);
      const jsonLd = await page.locator('script[type="application/ld+json"]').first().textContent();
      expect(jsonLd, path).toContain(`"${kind}"`);
      expect(JSON.parse(jsonLd ?? '')['@context'], path).toBe('https://schema.org');
      const picture = await fetch(product.app.url + pathOf(pictured));
      expect(picture.headers.get('content-type'), path).toBe('image/png');
    }
    await context.close();
  });

  it('no form or button is silent: what needs scripts says so, or is not there', { timeout: 60_000 }, async () => {
    for (const javaScriptEnabled of [false, true]) {
      const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password?token=x']) {
        await page.goto(path);
        await page.locator('main form button[type=submit]').first().waitFor({ state: 'visible' });
        const warning = page.locator('main').getByText('This form needs JavaScript');
        expect([path, await warning.isVisible()]).toEqual([path, !javaScriptEnabled]);
        const shows = page.getByRole('button', { name: /^Show: / });
        const dead = await shows.count();
        expect([path, dead]).toEqual([path, javaScriptEnabled && path !== '/forgot-password' ? 1 : 0]);
        if (!javaScriptEnabled) await keepPicture(page, `no-script-form-${path.split(/[/?]/)[1]}`);
      }
      for (const path of [`/projects/${project.id}`, `/people/${person.id}`]) {
        await page.goto(path);
        const copy = page.getByRole('button', { name: 'Copy link' });
        await page.locator('main h1').waitFor();
        expect([path, await copy.isVisible()]).toEqual([path, javaScriptEnabled]);
      }
      await context.close();
    }
  });

  it('a relative time tells the exact one', { timeout: 60_000 }, async () => {
    const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`/projects/${project.id}`);
    const time = page.locator('main time').first();
    await time.getByRole('button').click();
    await time.getByRole('tooltip').waitFor({ state: 'visible', timeout: 5_000 });
    await page.screenshot({ path: `${outputFolder}no-script-tip.png` });
    await context.close();
  });

  it('a search is a form', { timeout: 60_000 }, async () => {
    const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/');
    await page.locator('main input[name=q]').fill('climate');
    await page.locator('main input[name=q]').press('Enter');
    await page.waitForURL('**/explore/projects?q=climate');
    expect(await page.locator('main').innerText()).toMatch(/climate/i);
    await context.close();
  });
});

it.each(['/sign-in', '/work', '/settings/profile', '/admin', '/welcome', '/nowhere'])(
  '%s is not for search engines',
  async (path) => {
    const answer = await fetch(product.app.url + path);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(await answer.text()).not.toContain('rel="canonical"');
  },
);

it('a form that is sent before the code has come leaks nothing into the address', { timeout: 60_000 }, async () => {
  const context = await product.browser.newContext({ baseURL: product.app.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name=username]').fill('maya');
  await page.locator('input[name=password]').fill('a secret of mine');
  await page.locator('input[name=password]').press('Enter');
  await page.waitForLoadState();
  expect(page.url()).toBe(`${product.app.url}/sign-in`);
  await page.locator('input[name=username]').waitFor();
  await context.close();

  for (const path of ['//other.example/x', '/\\other.example/x']) {
    const { hostname, port } = new URL(product.app.url);
    const { statusCode, headers } = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ hostname, port, path, method: 'POST' }, resolve).on('error', reject).end();
    });
    expect([statusCode, headers.location]).toEqual([303, '/other.example/x']);
  }
});

it('what was typed before the code has come is heard', { timeout: 60_000 }, async () => {
  const { page, complaints, context } = await product.visitor();
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.locator('input[name=username]').fill('maya');
  await page.locator('input[name=password]').fill(DEMO_PASSWORD);
  letGo();
  await page.waitForLoadState('networkidle');
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  expect(complaints).toEqual([]);
  await context.close();
});

it('a face that comes late moves nothing, and is taken by the next page', { timeout: 60_000 }, async () => {
  for (const language of ['en', 'ar'] as const) {
    const { page, complaints, context } = await product.visitor({ size: 'phone', language });
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    await page.route('**/*.woff2', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/', { waitUntil: 'commit' });
    await isLive(page);
    letGo();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
    expect(await faceOf(page, 'h1')).not.toMatch(/Bricolage|Readex/);
    await page.locator('main a[href^="/projects/"]').first().click();
    await page.waitForURL('**/projects/*');
    await expect.poll(() => faceOf(page, 'h1'), { timeout: 15_000 }).toMatch(/Bricolage/);
    expect(complaints).toEqual([]);
    await context.close();
  }
});

it('nothing moves while a page comes over a slow line', { timeout: 120_000 }, async () => {
  const walk = async ({ path }: { path: string }) => {
    const { page, complaints, context } = await product.visitor({ size: 'phone' });
    page.setDefaultTimeout(60_000);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const speed = (700 * 1000) / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 300,
      downloadThroughput: speed,
      uploadThroughput: speed,
    });
    await page.goto(path, { waitUntil: 'commit' });
    await page.waitForLoadState('networkidle');
    await isLive(page);
    await context.close();
    return complaints;
  };
  // Each on a line of its own: together they wait no longer than one.
  expect((await Promise.all(pages().map(walk))).flat()).toEqual([]);
});

/** The names of the fonts that an element is painted in. */
async function faceOf(page: Page, selector: string): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  await session.detach();
  return fonts.map(({ familyName }) => familyName).join(', ');
}

it('a project stands as a card on another site, in a frame that may do nothing', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await product.visitor();
  const card = `${product.app.url}/embed/projects/${project.id}`;
  const elsewhere = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(`<iframe sandbox="allow-popups" src="${card}" width="480" height="252"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
  const image = page.frameLocator('iframe').getByRole('img', { name: project.title });
  await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(1200);
  await keepPicture(page, 'embed-card');
  expect(complaints).toEqual([]);
  await context.close();
  elsewhere.close();
});

it('the home counts what a visitor finds', async () => {
  const { body: stats } = await product.app.request('GET /projects/stats');
  const { body: found } = await product.app.request('GET /search-advanced/projects', { query: { size: 1 } });
  expect(stats.open_projects).toBe(found.total);
});

it('answers with the status that the page means', async () => {
  const statusOf = async (path: string) => (await fetch(product.app.url + path)).status;
  expect(await statusOf('/nowhere')).toBe(404);
  expect(await statusOf('/projects/999999')).toBe(404);
  expect(await statusOf('/people/abc')).toBe(404);
  expect(await statusOf(`/projects/${project.id}`)).toBe(200);
});

/** Without the origin, which is that of PUBLIC_URL and not the test's. */
const pathOf = (url: string | null): string => new URL(url ?? '').pathname;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
