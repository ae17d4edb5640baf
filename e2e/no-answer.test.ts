/** Where nothing answers, a page says so once, and tries all of it again at one press. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { enter, named } from './members.ts';
import { keepPicture, type Product, sizes, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
  it(`${size}: a page whose parts all fail tells it once`, { timeout: 60_000 }, async () => {
    const ada = await named(product, 'Ada');
    await product.app.request('POST /projects', { as: ada, body: { title: 'Tide clock', description: 'A clock.' } });
    const { context, page, settled } = await product.visitor({ size });
    await enter(context, ada.username);
    await page.goto('/');
    await settled();
    await page.route('**/health/live', (route) => route.abort('connectionrefused'));
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: 'My work' }).filter({ visible: true }).first().click();

    const parts = page.getByText('Not loaded yet.');
    await expect.poll(() => parts.count(), { timeout: 15_000 }).toBe(4);
    const again = page.getByRole('button', { name: /^Try/ });
    expect(await again.allInnerTexts()).toEqual(['Try now']);
    expect(await page.getByRole('alert').count()).toBe(0);
    await expectAccessible(page);
    await keepPicture(page, `no-answer-${size}`);

    await page.unroute('**/health/live');
    await page.unroute('**/api/v1/**');
    await again.click();
    await page.getByRole('link', { name: 'Tide clock', exact: true }).waitFor();
    await expect.poll(() => parts.count()).toBe(0);
    expect(await again.count()).toBe(0);
    await context.close();
  });
}

it('a part that fails does not hold the page back', { timeout: 60_000 }, async () => {
  const [ada, bob] = [await named(product, 'Ada'), await named(product, 'Bob')];
  const { context, page, settled } = await product.visitor();
  await enter(context, ada.username);
  await page.goto('/explore/people');
  await settled();
  await page.route('**/api/v1/collaborations/**', (route) => route.abort('connectionrefused'));
  await page.locator(`a[href="/people/${bob.id}"]`).first().click();
  await page.getByRole('heading', { level: 1, name: 'Bob Berg' }).waitFor();
  await page.unroute('**/api/v1/collaborations/**');
  await context.close();
});
