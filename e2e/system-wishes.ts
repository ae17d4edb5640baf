/** What a reader asks of their system, a few pages at a time: colours of their own, less motion. */
import { expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import type { Known } from './pages.ts';
import { keepPicture, type Product, signIn, sizes } from './product.ts';

/** Defines the tests; what they need is there only once they run. */
export function keepsToTheSystem(ready: () => { product: Product; known: Known }): void {
  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'forced colours, %s: what is current or chosen looks unlike the rest',
    async (size) => {
      const { product } = ready();
      const visitor = await product.visitor({ size });
      const { page } = visitor;
      await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
      await signIn(visitor, 'maya', DEMO_PASSWORD);
      const pages = {
        explore: '/explore/projects',
        work: '/work?show=sent',
        settings: '/settings/account',
        welcome: '/welcome?step=skills',
      };
      const found: string[] = [];
      let asked = 0;
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        await page.locator('main h1').waitFor();
        await keepPicture(page, `forced-${name}-${size}`);
        const groups = await page.evaluate(likenesses);
        asked += groups.length;
        for (const { label, isAlike } of groups) if (isAlike) found.push(`${name}: ${label}`);
      }
      expect(found).toEqual([]);
      // Of every page at least one group of places or choices.
      expect(asked).toBeGreaterThanOrEqual(Object.keys(pages).length);
      await visitor.context.close();
    },
  );

  it('forced colours: a theme that was chosen here gives way, so that drawings stay to be seen', async () => {
    const { product, known } = ready();
    const { page, context } = await product.visitor();
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await page.goto(`/projects/${known.project}`);
    await context.addCookies([{ name: 'theme', value: 'light', url: page.url() }]);
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await keepPicture(page, 'forced-light-project');
    const inkOf = () =>
      page.evaluate(() => {
        const probe = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        probe.setAttribute('fill', 'var(--color-ink)');
        document.querySelector('svg')?.append(probe);
        const { fill } = getComputedStyle(probe);
        probe.remove();
        return fill;
      });
    const chosen = await inkOf();
    await page.evaluate(() => delete document.documentElement.dataset.theme);
    expect(chosen).toBe(await inkOf());
    await context.close();
  });

  it('less motion: nothing that runs is to be seen', async () => {
    const { product, known } = ready();
    const { page, context } = await product.visitor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [name, path] of Object.entries({
      home: '/',
      project: `/projects/${known.project}`,
      components: '/dev/components',
    })) {
      await page.goto(path);
      await page.locator('main h1').waitFor();
      await keepPicture(page, `less-motion-${name}`);
      const running = await page.evaluate(() =>
        document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime)),
      );
      expect(
        running.filter((duration) => duration > 1),
        name,
      ).toEqual([]);
    }
    await context.close();
  });
}

/** Runs in the page: whether the one that is current, or chosen, of a group looks as the others do. */
function likenesses(): { label: string; isAlike: boolean }[] {
  const look = (element: Element): string =>
    [element, element.firstElementChild ?? element]
      .map((part) => {
        const { borderTopColor, borderBottomColor, borderLeftColor, backgroundColor, ...style } =
          getComputedStyle(part);
        return [
          borderTopColor,
          borderBottomColor,
          borderLeftColor,
          backgroundColor,
          style.outlineStyle,
          style.textDecorationLine,
        ];
      })
      .join();
  const chosen = '[aria-current], [data-status=active], [aria-pressed=true]';
  return [...document.querySelectorAll('nav, [role=group]')].flatMap((group) => {
    const members = [...group.querySelectorAll('a, button, [aria-current]')].filter((each) => each.checkVisibility());
    const marked = members.filter((each) => each.matches(chosen));
    const rest = members.filter((each) => !each.matches(chosen));
    if (marked.length === 0 || rest.length === 0) return [];
    const isAlike = marked.some((each) => rest.some((other) => look(each) === look(other)));
    return [{ label: group.getAttribute('aria-label') ?? group.id, isAlike }];
  });
}
