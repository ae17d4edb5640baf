/**
 * Every page as a visitor, a member and an admin see it, walked in both themes and at both sizes: accessible, quiet,
 * steady, never wider than its window even at 400 % zoom, and kept as a picture to look at.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locale } from '@collabthon/contracts/shapes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { keepPicture, type Product, sizes, startProduct, type Visitor } from './product.ts';

interface Known {
  project: number;
  person: number;
  own: number;
}

const forVisitors = ({ project, person }: Known) => ({
  home: '/',
  'explore-projects': '/explore/projects',
  'explore-typo': '/explore/projects?q=climat',
  'explore-nothing': '/explore/projects?q=zzzzqqqq',
  'explore-people': '/explore/people',
  project: `/projects/${project}`,
  person: `/people/${person}`,
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  'forgot-password': '/forgot-password',
  'reset-password': '/reset-password?token=x',
  'verify-email': '/verify-email?token=x',
  'not-found': '/nowhere',
  components: '/dev/components',
});
const forMembers = ({ project, person, own }: Known) => ({
  'home-member': '/',
  welcome: '/welcome',
  'explore-member': '/explore/projects',
  'new-project': '/projects/new',
  'project-member': `/projects/${project}`,
  'project-owner': `/projects/${own}`,
  'edit-project': `/projects/${own}/edit`,
  'person-member': `/people/${person}`,
  work: '/work',
  settings: '/settings',
  'settings-profile': '/settings/profile',
  'settings-availability': '/settings/availability',
  'settings-visibility': '/settings/visibility',
  'settings-account': '/settings/account',
  'settings-security': '/settings/security',
  'settings-college': '/settings/college',
  'settings-appearance': '/settings/appearance',
  'settings-data': '/settings/data',
});
const forAdmins = ({ person }: Known) => ({
  admin: '/admin',
  'admin-users': '/admin/users',
  'admin-user': `/admin/users/${person}`,
  'admin-projects': '/admin/projects',
  'admin-skills': '/admin/skills',
  'admin-domains': '/admin/domains',
  'admin-log': '/admin/log',
});

const variants = (['light', 'dark'] as const).flatMap((theme) =>
  (Object.keys(sizes) as (keyof typeof sizes)[]).map((size) => ({ theme, size })),
);

/** Defines the tests of one language. */
export function walkEveryPage(language: Locale): void {
  let product: Product;
  let known: Known;
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
    known = { project: other?.id ?? 0, person: other?.owner_id ?? 0, own: own?.id ?? 0 };
  }, 180_000);
  afterAll(() => product?.close());

  describe.each(variants)(`${language}, $theme, $size`, ({ theme, size }) => {
    it('every page is accessible and complains of nothing', { timeout: 300_000 }, async () => {
      const found: string[] = [];
      const walk = async (username: string | null, pages: Record<string, string>) => {
        const visitor = await product.visitor({ theme, size, language });
        if (username) await signIn(visitor, username, DEMO_PASSWORD);
        for (const [name, path] of Object.entries(pages)) {
          await visitor.page.goto(path);
          await visitor.page.waitForLoadState('networkidle');
          await keepPicture(visitor.page, `page-${name}-${size}-${theme}-${language}`);
          for (const fault of await faultsOf(visitor)) found.push(`${name}: ${fault}`);
        }
        found.push(...visitor.complaints);
        await visitor.context.close();
      };
      await walk(null, forVisitors(known));
      await walk('maya', forMembers(known));
      await walk('demo_admin', forAdmins(known));
      expect(found).toEqual([]);
    });
  });
}

async function faultsOf({ page }: Visitor): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const faults = violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`);
  if (await isTooWide(page)) faults.push('scrolls sideways');
  // A window of 1280 px at 400 % is one of 320.
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  if (await isTooWide(page)) faults.push('scrolls sideways at 400 % zoom');
  if (viewport) await page.setViewportSize(viewport);
  return faults;
}

const isTooWide = (page: Visitor['page']) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** By the names of the fields, which are the same in every language. */
async function signIn({ page }: Visitor, username: string, password: string) {
  await page.goto('/sign-in');
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
