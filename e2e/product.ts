/** The built product on a database of its own, and browsers to use it with. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locale } from '@collabthon/contracts/shapes';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { mountMailboxPage } from '../server/platform/mail/mailbox-page.ts';
import type { Module } from '../server/platform/module.ts';
import { loadModules } from '../server/platform/testing/modules.ts';
import { startTestApp, type TestApp } from '../server/platform/testing/test-app.ts';
import { mountForCrawlers } from '../server/services/web/crawlers.ts';
import { mountWeb } from '../server/services/web/pages.ts';
import { chromiumPath } from './chromium.ts';
import { isLive, trafficOf } from './traffic.ts';

const webFolder = fileURLToPath(new URL('../web/dist/', import.meta.url));
/** Screenshots and other things to look at after a run. */
export const outputFolder = fileURLToPath(new URL('../test-output/', import.meta.url));

/** Cumulative layout shift of a page: a fifth of what the web's own measure calls good. */
const MAX_LAYOUT_SHIFT = 0.02;

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

export interface OpenBrowser {
  browser: Browser;
  /** A browser context of its own: other cookies, another person. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Product extends OpenBrowser {
  app: TestApp;
}

export interface VisitorOptions {
  size?: keyof typeof sizes;
  theme?: 'light' | 'dark';
  /** The browser's; English unless another is asked for. */
  language?: Locale;
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: uncaught errors, console errors, refused content, layout shift. */
  complaints: string[];
  /** Waits until the page lives and asks for nothing more. */
  settled: () => Promise<void>;
}

/** @throws Error when the web was not built or there is no Chromium; `npm test` sees to both */
export async function startProduct({
  demo = false,
  extra = [],
}: {
  demo?: boolean;
  /** Modules of a test, beside those of the product. */
  extra?: Module[];
} = {}): Promise<Product> {
  if (!existsSync(webFolder)) throw new Error('web/dist is missing. Run npm test, which builds the web first.');
  await mkdir(outputFolder, { recursive: true });
  const app = await startTestApp({
    modules: [...(await loadModules()), ...extra],
    config: { demo },
    extend: async (server, platform) => {
      await mountWeb(server, { folder: webFolder, platform });
      mountForCrawlers(server, platform);
      mountMailboxPage(server, platform.db);
    },
  });
  if (demo) {
    const { seedDemoCampus } = await import('../server/demo/seed.ts');
    await seedDemoCampus({ platform: app.platform, onProgress: () => {} });
  }
  const browser = await openBrowser(app.url);
  return {
    ...browser,
    app,
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

/** @throws Error when there is no Chromium */
export async function openBrowser(url: string): Promise<OpenBrowser> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    browser,
    async visitor({ size = 'desktop', theme = 'light', language = 'en' } = {}) {
      const context = await browser.newContext({
        baseURL: url,
        viewport: sizes[size],
        colorScheme: theme,
        locale: language === 'en' ? 'en-US' : language,
        timezoneId: 'Europe/Berlin',
      });
      const complaints: string[] = [];
      await watchLayoutShift(context, complaints);
      context.on('page', actWhenLive);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // A 401 of an anonymous visitor and a 404 that a test asks for are answers, not mistakes.
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
          complaints.push(message.text());
      });
      return { context, page, complaints, settled: trafficOf(page) };
    },
    close: () => browser.close(),
  };
}

/** People look before they act: a page that was gone to is live. Who is quicker goes with `waitUntil`. */
function actWhenLive(page: Page): void {
  const go = page.goto.bind(page);
  page.goto = async (url, options) => {
    const answer = await go(url, options);
    if (!options?.waitUntil) await isLive(page);
    return answer;
  };
}

interface Shift {
  path: string;
  /** When the page was loaded: the same page loaded again begins at nothing. */
  load: number;
  value: number;
  moved: string;
}

/** Complains once of each page whose content moved by more than 0.02 without the reader's doing. */
async function watchLayoutShift(context: BrowserContext, complaints: string[]): Promise<void> {
  const totals = new Map<string, number>();
  await context.exposeFunction('reportShift', ({ path, load, value, moved }: Shift) => {
    const before = totals.get(`${load} ${path}`) ?? 0;
    totals.set(`${load} ${path}`, before + value);
    if (before <= MAX_LAYOUT_SHIFT && before + value > MAX_LAYOUT_SHIFT)
      complaints.push(`layout shift of ${(before + value).toFixed(3)} on ${path}: ${moved}`);
  });
  await context.addInitScript(() => {
    interface LayoutShift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    }
    const placeOf = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ');
    // What moves within half a second of what the reader did is their doing, and so is what an answer to what they sent
    // moves, which may come late; a picture of a whole page changes the window. Half a second is 30 frames: a browser that
    // is short of time does not get to less in it.
    let [excusedFrom, excusedUntil, framesLeft] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    const countDown = () => {
      framesLeft -= 1;
      if (framesLeft > 0) requestAnimationFrame(countDown);
      else excusedUntil = performance.now();
    };
    const excuse = () => {
      if (framesLeft === 0) {
        [excusedFrom, excusedUntil] = [performance.now(), Number.POSITIVE_INFINITY];
        requestAnimationFrame(countDown);
      }
      framesLeft = 30;
    };
    for (const act of ['resize', 'pointerdown', 'keydown', 'input']) addEventListener(act, excuse, true);
    const { fetch } = window;
    window.fetch = (...asked) => {
      const answer = fetch(...asked);
      if ((asked[1]?.method ?? 'GET') !== 'GET') answer.then(excuse, excuse);
      return answer;
    };
    // A picture that grows into that of the next page is of neither page: the browser reports it without a node.
    let turning = 0;
    const turn = document.startViewTransition.bind(document);
    document.startViewTransition = (update) => {
      const transition = turn(update);
      turning += 1;
      // What moved in its last frames is reported after its end.
      const end = () => setTimeout(() => (turning -= 1), 1000);
      transition.finished.then(end, end);
      return transition;
    };
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, startTime, sources } of list.getEntries() as LayoutShift[]) {
        const isExcused = startTime >= excusedFrom && startTime < excusedUntil;
        const isTurn = turning > 0 && sources.every(({ node }) => node === null);
        if (hadRecentInput || isExcused || isTurn) continue;
        const moved = sources
          .map(({ node, previousRect, currentRect }) => {
            const what = node instanceof Element ? node.outerHTML.slice(0, 120) : node?.textContent;
            return `${what} (${placeOf(previousRect)} -> ${placeOf(currentRect)})`;
          })
          .join('; ');
        (window as unknown as { reportShift(shift: Shift): void }).reportShift({
          path: location.pathname,
          load: performance.timeOrigin,
          value,
          moved,
        });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The address of a page's code: `explore-people-page`. */
export async function codeOf(page: string): Promise<string> {
  const manifest: Record<string, { file: string }> = JSON.parse(
    await readFile(`${webFolder}client/.vite/manifest.json`, 'utf8'),
  );
  const source = Object.keys(manifest).find((name) => name.endsWith(`/${page}.tsx`));
  if (!source) throw new Error(`There is no page ${page}.`);
  return `**/${manifest[source]?.file}`;
}

/** Keeps a picture of the page under `test-output/`: all of it, or what its window shows. */
export const keepPicture = (page: Page, name: string, { isWhole = true } = {}) =>
  page.screenshot({ path: `${outputFolder}${name}.png`, fullPage: isWhole, animations: 'disabled' });

/** By the names of the fields, which are the same in every language. */
export async function signIn({ page }: Visitor, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
