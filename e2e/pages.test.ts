/** Every page, in both themes and both sizes: accessible, quiet, and kept as a picture to look at. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPicture, type Product, sizes, startProduct, type Visitor } from './product.ts';

let product: Product;
let project = 0;
let person = 0;
beforeAll(async () => {
  product = await startProduct({ demo: true });
  const { body } = await product.app.request('GET /projects', { query: { limit: 1 } });
  project = body.items[0]?.id ?? 0;
  person = body.items[0]?.owner_id ?? 0;
}, 180_000);
afterAll(() => product?.close());

const open = () => ({
  home: '/',
  'explore-projects': '/explore/projects',
  'explore-search': '/explore/projects?q=climat',
  'explore-people': '/explore/people',
  project: `/projects/${project}`,
  person: `/people/${person}`,
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  'forgot-password': '/forgot-password',
  'reset-password': '/reset-password?token=x',
  'not-found': '/nowhere',
});
const signedIn = () => ({
  welcome: '/welcome',
  'new-project': '/projects/new',
  'project-member': `/projects/${project}`,
  'person-member': `/people/${person}`,
  work: '/work',
  'settings-profile': '/settings/profile',
  'settings-account': '/settings/account',
  'settings-security': '/settings/security',
  'settings-college': '/settings/college',
  'settings-appearance': '/settings/appearance',
});
const forAdmins = () => ({ admin: '/admin' });

async function signIn({ page }: Visitor, username: string, password: string) {
  await page.goto('/sign-in');
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

const variants = (['light', 'dark'] as const).flatMap((theme) =>
  (Object.keys(sizes) as (keyof typeof sizes)[]).map((size) => ({ theme, size })),
);

describe.each(variants)('$theme, $size', ({ theme, size }) => {
  it('every page is accessible and complains of nothing', { timeout: 300_000 }, async () => {
    const found: string[] = [];
    const walk = async (visitor: Visitor, pages: Record<string, string>) => {
      for (const [name, path] of Object.entries(pages)) {
        await visitor.page.goto(path);
        await visitor.page.waitForLoadState('networkidle');
        await keepPicture(visitor.page, `page-${name}-${size}-${theme}`);
        const { violations } = await new AxeBuilder({ page: visitor.page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        for (const { id, nodes } of violations) found.push(`${name}: ${id} at ${nodes[0]?.target.join(' ')}`);
        const isWide = await visitor.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        if (isWide) found.push(`${name}: scrolls sideways`);
      }
      found.push(...visitor.complaints);
      await visitor.context.close();
    };
    await walk(await product.visitor({ theme, size }), open());
    const { DEMO_PASSWORD } = await import('../server/demo/people.ts');
    const member = await product.visitor({ theme, size });
    await signIn(member, 'maya', DEMO_PASSWORD);
    await walk(member, signedIn());
    const admin = await product.visitor({ theme, size });
    await signIn(admin, 'demo_admin', DEMO_PASSWORD);
    await walk(admin, forAdmins());
    expect(found).toEqual([]);
  });
});
