/** What axe says of a page. Every browser test asks here, so that all of them hold to the same rules. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** WCAG 2.2 up to AA. Without the tags axe leaves some of it out, such as the size of targets. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Those whose outcome depends on the theme. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** The broken rules, each with the first place where it is broken: all of them, or those about colours alone. */
export async function barriersOf(page: Page, { ofColour = false } = {}): Promise<string[]> {
  // A row that is not laid out has no size that could be measured.
  await page.evaluate(() => {
    for (const row of document.querySelectorAll<HTMLElement>('.laid-late')) row.style.contentVisibility = 'visible';
  });
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (ofColour ? axe.withRules(rulesOfColour) : axe.withTags(rules))
    // Our pages have no frames: axe can do without a page of its own to put their results together in.
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await barriersOf(page)).toEqual([]);
}
