import type { Page, Request } from 'playwright-core';

/** Waits until the browser has taken over what the server rendered: a key that is pressed before may fall on nothing. */
export const isLive = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelector('script[type=module]') === null || performance.getEntriesByName('interactive').length > 0,
  );

/**
 * Watches what a page asks for. The answer waits until the page lives and nothing is under way: sooner than a network
 * that has been idle for half a second, and just as sure.
 */
export function trafficOf(page: Page): () => Promise<void> {
  const underWay = new Set<Request>();
  page.on('request', (request) => {
    // The stream of live updates never ends.
    if (request.resourceType() !== 'eventsource') underWay.add(request);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  // An answer may lead to the next question, which is asked when it has been drawn.
  const drawn = () =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return async () => {
    await isLive(page);
    let calm = 0;
    while (calm < 3) {
      await drawn();
      calm = underWay.size > 0 ? 0 : calm + 1;
    }
  };
}
