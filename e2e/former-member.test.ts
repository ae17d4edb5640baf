/** What others see of somebody whose account was closed: that they were there, in the reader's language, and no page. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { enter, named } from './members.ts';
import { type Product, startProduct } from './product.ts';

let product: Product;
let [ada, bob]: TestMember[] = [];
let project = 0;
beforeAll(async () => {
  product = await startProduct();
  const { app } = product;
  [ada, bob] = [await named(product, 'Ada'), await named(product, 'Bob')];
  const posted = await app.request('POST /projects', {
    as: ada,
    body: { title: 'Tide clock', description: 'A clock.', roles: [{ name: 'Welder', seats: 1 }] },
  });
  project = posted.body.id;
  await app.settled();
  const invited = await app.request('POST /collaborations', {
    as: ada,
    body: { receiver_id: bob.id, project_id: project, role_id: posted.body.roles[0]?.id ?? null, message: 'Weld!' },
  });
  await app.settled();
  await app.request('PUT /collaborations/{id}/accept', { as: bob, params: { id: invited.body.id } });
  await app.request('PUT /projects/{id}', { as: ada, params: { id: project }, body: { status: 'completed' } });
  await app.settled();
  for (const module of ['profiles', 'collaborations', 'projects', 'conversations', 'notifications'] as const) {
    await app.platform.calls(`${module}.eraseMember`, { user_id: ada.id });
    await app.settled();
  }
}, 120_000);
afterAll(() => product?.close());

it('is named in the language of the reader, and leads nowhere', { timeout: 60_000 }, async () => {
  const { context, page, complaints, settled } = await product.visitor({ language: 'es' });
  await enter(context, bob?.username ?? '');
  const former = page.locator('main').getByText('Antiguo miembro', { exact: true });
  const leadsToHer = page.locator(`a[href="/people/${ada?.id}"]`);

  await page.goto(`/projects/${project}`);
  await settled();
  // Whose it is, and in the list of the team.
  await expect.poll(() => former.count()).toBe(2);
  expect(await page.getByRole('link', { name: 'Bob Berg' }).count()).toBe(1);
  expect(await leadsToHer.count()).toBe(0);

  await page.goto('/work?show=history');
  await settled();
  await former.first().waitFor();
  expect(await leadsToHer.count()).toBe(0);
  await page.goto(`/people/${bob?.id}`);
  await settled();
  await page.getByRole('link', { name: 'Tide clock' }).waitFor();
  expect(await page.getByText('Former member').count()).toBe(0);
  expect(complaints).toEqual([]);
});
