/** Settings that hold for an account or a browser: where it is signed in, a copy of its data, language, theme and keys. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TEST_PASSWORD, type TestMember } from '../server/platform/testing/test-app.ts';
import { expectAccessible } from './accessible.ts';
import {
  keepPicture,
  type Product,
  signIn,
  sizes,
  startProduct,
  type Visitor,
  type VisitorOptions,
} from './product.ts';

let product: Product;
let ada: TestMember;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
beforeEach(async () => {
  ada = await product.app.member();
});
afterAll(() => product?.close());

async function signedIn(options?: VisitorOptions): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await signIn(visitor, ada.username, TEST_PASSWORD);
  return visitor;
}

for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
  it(`${size}: a place where one is signed in is ended from another, and can be taken back before`, async () => {
    const [here, there] = [await signedIn({ size }), await signedIn()];
    const { page } = here;
    await page.goto('/settings/security');
    const places = page.getByRole('listitem').filter({ hasText: 'signed in' });
    await page.getByText('This one').waitFor();
    const before = await places.count();
    expect(before).toBeGreaterThan(1);

    const end = page.getByRole('button', { name: /^End / }).first();
    await end.click();
    await expect.poll(() => places.count()).toBe(before - 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => places.count()).toBe(before);
    await expectAccessible(page);
    await keepPicture(page, `settings-sessions-${size}`);

    // Those that are ended hear of it with the next thing that they ask for.
    await page.getByRole('button', { name: 'End all others' }).click();
    await expect.poll(() => places.count()).toBe(1);
    await page.goto('/settings/account');
    await expect.poll(() => there.page.evaluate(async () => (await fetch('/api/v1/auth/sessions')).status)).toBe(401);
    expect(await page.evaluate(async () => (await fetch('/api/v1/auth/sessions')).status)).toBe(200);
    expect(here.complaints).toEqual([]);
    await here.context.close();
    await there.context.close();
  });

  it(`${size}: one's data is taken along in a file`, async () => {
    const { page, context, complaints } = await signedIn({ size });
    await page.goto('/settings/data');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^collabthon-${ada.username}-\\d{4}-\\d\\d-\\d\\d\\.json$`));
    const copy = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(copy.account).toMatchObject({ id: ada.id, username: ada.username });
    await page.getByText('Your copy is in your downloads.').waitFor();
    await expectAccessible(page);
    await keepPicture(page, `settings-data-${size}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it(`${size}: language and theme hold at once and after loading anew; the language follows the account`, async () => {
    const { page, context, complaints } = await signedIn({ size });
    await page.goto('/settings/appearance');
    const root = (name: string) => page.evaluate((attribute) => document.documentElement.getAttribute(attribute), name);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(paper).not.toBe(light);
    await page.getByRole('radio', { name: 'Español' }).check();
    await page.getByRole('heading', { level: 1, name: 'Idioma y aspecto' }).waitFor();
    expect(await root('lang')).toBe('es');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Idioma y aspecto' }).waitFor();
    expect(await paper()).not.toBe(light);
    await expectAccessible(page);
    await keepPicture(page, `settings-appearance-${size}`);

    const elsewhere = await signedIn();
    await elsewhere.page.goto('/settings');
    expect(await elsewhere.page.evaluate(() => document.documentElement.lang)).toBe('es');
    await elsewhere.context.close();
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('heading', { level: 1, name: 'Language and appearance' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it(`${size}: an account is closed after a fortnight, and kept after all`, async () => {
    const { page, context, complaints } = await signedIn({ size });
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Close my account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Close your account?' });
    await dialog.getByLabel('Your password', { exact: true }).fill('not this one');
    await dialog.getByRole('button', { name: 'Close it in 14 days' }).click();
    await dialog.getByText('This is not your password.').first().waitFor();
    await expectAccessible(page);
    await keepPicture(page, `settings-closing-${size}`, { isWhole: false });
    await dialog.getByLabel('Your password', { exact: true }).fill(TEST_PASSWORD);
    await dialog.getByRole('button', { name: 'Close it in 14 days' }).click();
    await page.getByText(/^Your account closes on /).waitFor();
    await page.reload();
    await page.getByText(/^Your account closes on /).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await page.getByRole('button', { name: 'Close my account' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
}
