/** A person at the keyboard: goes from stop to stop, and complains of every stop that they cannot see. */
import type { Page } from 'playwright-core';

export interface Keyboard {
  /**
   * Presses Tab until the focus is on what matches.
   *
   * @throws Error when the whole page was walked through without meeting it
   */
  tabTo(name: RegExp, selector?: string): Promise<void>;
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Goes to a field by its label and writes into it. */
  fill(label: RegExp, text: string): Promise<void>;
  /** Goes to a link or button and takes it. */
  take(name: RegExp, selector?: string): Promise<void>;
}

/** No page has more stops than this. */
const MOST_STOPS = 200;

export function keyboardOf(page: Page, complaints: string[]): Keyboard {
  const { keyboard } = page;

  const tabTo = async (name: RegExp, selector = '*') => {
    const met: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await keyboard.press('Tab');
      const here = await page.evaluate(lookAtFocus, selector);
      if (!here) continue;
      if (here.fault) complaints.push(`${here.path}: the focus on “${here.name}” ${here.fault}`);
      if (here.isWanted && name.test(here.name)) return;
      met.push(here.name);
    }
    throw new Error(`Tab does not reach ${name}. It meets: ${[...new Set(met)].join(' | ')}`);
  };

  return {
    tabTo,
    press: (key) => keyboard.press(key),
    type: (text) => keyboard.type(text),
    async fill(label, text) {
      await tabTo(label, 'input, textarea, select');
      await keyboard.type(text);
    },
    async take(name, selector = 'a, button, summary') {
      await tabTo(name, selector);
      await keyboard.press('Enter');
    },
  };
}

/**
 * Goes through a page by Tab, from its beginning to the footer, which is the same everywhere.
 *
 * @returns what is wrong with its stops
 */
export async function walkFocus(page: Page): Promise<string[]> {
  const faults = new Set<string>();
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    getSelection()?.setPosition(document.body, 0);
  });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(lookAtFocus, '*');
    if (here?.fault) faults.add(`the focus on “${here.name}” ${here.fault}`);
    if (here?.isInFooter) break;
    if (!here && stop > 0) break;
  }
  return [...faults];
}

/** Runs in the page. Null while nothing has the focus, as between the end of a page and its beginning. */
function lookAtFocus(selector: string) {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  // Where the page itself puts the focus, as on the heading of a new one, is not a stop.
  if (element.getAttribute('tabindex') === '-1') return null;
  const labels = (element as HTMLInputElement).labels;
  const named = element.getAttribute('aria-label') ?? (labels?.length ? labels[0]?.innerText : undefined);
  const name = (named ?? (element as HTMLElement).innerText).replace(/\s+/g, ' ').trim();

  // The link of a row shows its ring around the row, on a part of its own.
  const hasRing = [null, '::after'].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const { left, right, top, bottom } = element.getBoundingClientRect();
  // Something of it shows when at least one of five points belongs to it.
  const points = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => [left + (right - left) * part, top + (bottom - top) * part]);
  const isShown = points.some(([x = 0, y = 0]) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (element.contains(there) || there.contains(element));
  });
  return {
    name,
    path: location.pathname,
    isWanted: element.matches(selector),
    isInFooter: element.closest('footer') !== null,
    fault: !isShown ? 'is out of sight' : !hasRing ? 'has no ring' : null,
  };
}
