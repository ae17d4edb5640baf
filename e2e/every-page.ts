/**
 * Every page as a visitor, a member and an admin see it, walked at both sizes and in both themes: accessible, quiet,
 * steady, big enough to be hit, usable at 400 % zoom, and kept as a picture to look at.
 */
import type { Locale } from '@collabthon/contracts/shapes';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { barriersOf } from './accessible.ts';
import { walkFocus } from './keyboard.ts';
import { forAdmins, forMembers, forVisitors, type Known } from './pages.ts';
import { keepPicture, type Product, signIn, sizes, startProduct } from './product.ts';
import { keepsToTheSystem } from './system-wishes.ts';
import { smallTargets } from './targets.ts';
import { trafficOf } from './traffic.ts';

type Size = keyof typeof sizes;
const themes = ['light', 'dark'] as const;
/** A window of 1280 by 1024 px at 400 %. */
const zoomed = { width: 320, height: 256 };

/** Defines the tests of one language. */
export function walkEveryPage(language: Locale): void {
  let product: Product;
  let known: Known;
  // What does not depend on the language is asked in one that runs from left to right.
  const isFirst = language === 'en';

  beforeAll(async () => {
    product = await startProduct({ demo: true });
    const projects = await product.app.request('GET /projects', { query: { limit: 100 } });
    const own = projects.body.items.find(({ owner }) => owner.username === 'maya');
    const other = projects.body.items.find(({ owner }) => owner.username !== 'maya');
    // At sign-in the page takes over the language of the account.
    for (const username of ['maya', 'demo_admin']) {
      const login = { username, password: DEMO_PASSWORD };
      const { access_token } = (await product.app.request('POST /auth/login', { body: login })).body;
      await product.app.request('PUT /auth/me', { as: { token: access_token }, body: { locale: language } });
    }
    const login = { username: 'maya', password: DEMO_PASSWORD };
    const as = { token: (await product.app.request('POST /auth/login', { body: login })).body.access_token };
    await product.app.settled();
    const conversation = (await product.app.request('GET /conversations', { as })).body.items[0]?.id ?? 0;
    for (const text of ['Shall we meet on Tuesday?', 'In the room behind the café.']) {
      const body = { client_id: crypto.randomUUID(), text };
      await product.app.request('POST /conversations/{id}/messages', { as, params: { id: conversation }, body });
    }
    known = {
      project: other?.id ?? 0,
      person: other?.owner_id ?? 0,
      own: own?.id ?? 0,
      conversation,
    };
  }, 180_000);
  afterAll(() => product?.close());

  describe.each(Object.keys(sizes) as Size[])(`${language}, %s`, (size) => {
    it('every page is accessible and complains of nothing', { timeout: 600_000 }, async () => {
      const found: string[] = [];
      const walk = async (username: string | null, pages: Record<string, string>) => {
        const visitor = await product.visitor({ size, language });
        const { page } = visitor;
        const settled = trafficOf(page);
        if (username) await signIn(visitor, username, DEMO_PASSWORD);
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(path);
          await settled();
          for (const fault of await faultsOf(page, name)) found.push(`${name}, ${fault}`);
        }
        found.push(...visitor.complaints);
        await visitor.context.close();
      };
      await Promise.all([
        walk(null, forVisitors(known)),
        walk('maya', forMembers(known)),
        walk('demo_admin', forAdmins(known)),
      ]);
      expect(found).toEqual([]);
    });

    /** One load serves both themes: they differ in colours alone, which come from the style sheet. */
    async function faultsOf(page: Page, name: string): Promise<string[]> {
      const faults: string[] = [];
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await keepPicture(page, `page-${name}-${size}-${theme}-${language}`);
        // Whether colours are clear does not depend on the direction.
        if (isFirst || theme === 'light')
          faults.push(
            ...(await barriersOf(page, { ofColour: theme === 'dark' })).map((barrier) => `${theme}: ${barrier}`),
          );
      }
      await page.emulateMedia({ colorScheme: 'light' });
      faults.push(...(await page.evaluate(smallTargets)));
      if (await isTooWide(page)) faults.push('scrolls sideways');
      if (isFirst && size === 'phone' && (await hasForm(page))) faults.push(...(await walkFocus(page)));
      await page.setViewportSize(zoomed);
      if (await isTooWide(page)) faults.push('scrolls sideways at 400 % zoom');
      if (isFirst && size === 'desktop' && (await hasForm(page))) {
        faults.push(...(await walkFocus(page)).map((fault) => `at 400 % zoom: ${fault}`));
        await page.locator('main form :is(input, textarea, select)').first().focus();
        await keepPicture(page, `page-${name}-zoomed`, { isWhole: false });
      }
      await page.setViewportSize(sizes[size]);
      return faults;
    }
  });

  if (isFirst) keepsToTheSystem(() => ({ product, known }));
}

const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** A form to fill in, not a search. */
const hasForm = async (page: Page) =>
  (await page.locator('main form:not([role=search], :has([type=search])) :is(input, textarea, select)').count()) > 0;
