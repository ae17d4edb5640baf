/** What admins do: accounts, projects, skills and colleges are put right, with the consequences said, and logged. */
import { Shape } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { defineModule } from '../server/platform/module.ts';
import { defineSaga } from '../server/platform/saga/define.ts';
import { expectAccessible } from './accessible.ts';
import { keepPicture, type Product, type sizes, startProduct, type Visitor } from './product.ts';

let isPrinterBroken = true;
const trip = defineSaga('trial.trip', Shape({ n: Type.Integer() }))
  .pivot('payment', { do: async ({ input }) => ({ paid: input.n }) })
  .step('ticket', {
    retry: { attempts: 1 },
    do: async () => {
      if (isPrinterBroken) throw new Error('The printer is on fire.');
    },
  })
  .end();
const trial = defineModule({ name: 'trial', mount: () => ({ sagas: [trip] }) });

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true, extra: [trial] });
}, 180_000);
afterAll(() => product?.close());

async function admin(size: keyof typeof sizes): Promise<Visitor> {
  const visitor = await product.visitor({ size });
  const { status } = await signIn(visitor, 'demo_admin');
  expect(status).toBe(201);
  return visitor;
}

async function signIn({ context }: Pick<Visitor, 'context'>, username: string) {
  const data = { username, password: DEMO_PASSWORD };
  const answer = await context.request.post('/api/v1/auth/browser-session', { data });
  return { status: answer.status(), code: answer.ok() ? null : (await answer.json()).code };
}

const row = (page: Page, list: string, text: string) =>
  page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: text });

/** What the log tells of each act, the latest first. */
async function expectLogged(page: Page, ...sentences: string[]) {
  await product.app.settled();
  await page.goto('/admin/log');
  for (const sentence of sentences) await page.getByText(sentence).first().waitFor();
}

it.each(['desktop', 'phone'] as const)('an account is suspended, and restored, on a %s', async (size) => {
  const { page, complaints, context } = await admin(size);
  const username = size === 'phone' ? 'leo' : 'noor';
  await page.goto('/admin/users');
  await page.getByLabel('Part of a name or address').fill(username);
  await page.getByRole('link', { name: username, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: username }).waitFor();
  await page.getByLabel('Reason').fill('Sent the same request to fifty people.');
  await page.getByRole('button', { name: `Suspend ${username}` }).click();
  await page.getByText(`${username} is suspended and signed out.`).waitFor();
  await expectAccessible(page);
  await keepPicture(page, `admin-suspended-${size}`);
  const theirs = await product.visitor();
  expect(await signIn(theirs, username)).toEqual({ status: 403, code: 'account_suspended' });

  await page.getByRole('button', { name: `Restore ${username}` }).click();
  await page.getByText(`${username} is restored.`).waitFor();
  expect(await signIn(theirs, username)).toEqual({ status: 201, code: null });
  await theirs.context.close();
  await expectLogged(page, `${username} was suspended.`, `${username} was restored.`);
  expect(complaints).toEqual([]);
  await context.close();
});

it.each(['desktop', 'phone'] as const)(
  'a project is moved, with what that means said before, on a %s',
  async (size) => {
    const { page, complaints, context } = await admin(size);
    await page.goto('/admin/projects');
    await page.getByLabel('State').selectOption('open');
    const moving = page.getByRole('button', { name: /^Move / }).first();
    await expect.poll(() => page.getByRole('main').getByRole('listitem').getByText('Draft').count()).toBe(0);
    const title = ((await moving.textContent()) ?? '').replace(/^Move\s+/, '');
    await page.getByLabel('Part of a title, skill or role').fill(title);
    await expect.poll(() => page.getByRole('button', { name: /^Move / }).count()).toBe(1);
    await moving.click();
    const dialog = page.getByRole('dialog', { name: `Move “${title}”` });
    // Nothing is chosen for anybody.
    await dialog.getByRole('button', { name: 'Move it' }).click();
    await dialog.getByText('Choose a new state first.').waitFor();
    await dialog.getByRole('radio', { name: 'Cancelled' }).check();
    await dialog.getByText('It takes nobody on, and requests that wait end.').waitFor();
    await dialog.getByLabel('Reason').fill('An advertisement.');

    // Without an answer it stays open, with what was written, and says so.
    await context.setOffline(true);
    await dialog.getByRole('button', { name: 'Move it' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'No answer from Collabthon' }).waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('An advertisement.');
    await context.setOffline(false);
    await dialog.getByRole('button', { name: 'Move it' }).click();
    await page.getByText(`“${title}” is now: Cancelled.`).waitFor();
    await expectLogged(page, 'from “open” to “cancelled”');
    expect(complaints).toEqual([]);
    await context.close();
  },
);

it('a skill is added, and made one with another', async () => {
  const { page, complaints, context } = await admin('desktop');
  await page.goto('/admin/skills');
  await page.getByLabel('Name', { exact: true }).fill('Pyhton scripting');
  await page.getByRole('button', { name: 'Add skill' }).click();
  await page.getByText('“Pyhton scripting” is in the vocabulary.').waitFor();

  await page.getByLabel('Part of a name').fill('pyhton');
  await page.getByRole('button', { name: 'Edit Pyhton scripting' }).click();
  const target = page.getByRole('combobox', { name: 'Make it one with' });
  await target.fill('Python');
  await page
    .getByRole('option', { name: /^Python\b/ })
    .first()
    .click();
  await page.getByText('Nobody has “Pyhton scripting”, so no profile changes.').waitFor();
  await expectAccessible(page);
  await keepPicture(page, 'admin-merge');
  await page.getByRole('button', { name: 'Merge “Pyhton scripting” into “Python”' }).click();
  await page.getByText('“Pyhton scripting” is part of “Python” now.').waitFor();
  await expectLogged(page, 'The skill “Pyhton scripting” was merged into “Python”.');
  expect(complaints).toEqual([]);
  await context.close();
});

it('a college is put on the list, corrected and revoked', async () => {
  const { page, complaints, context } = await admin('phone');
  await page.goto('/admin/domains');
  await page.getByLabel('Domain', { exact: true }).fill('not a domain');
  await page.getByLabel('College', { exact: true }).fill('Harbour College');
  await page.getByRole('button', { name: 'Add domain' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await page.getByLabel('Domain', { exact: true }).fill('harbour.example');
  await page.getByRole('button', { name: 'Add domain' }).click();
  await page.getByText('harbour.example is on the list.').waitFor();

  const listed = row(page, 'College domains', 'harbour.example');
  await listed.getByRole('button', { name: /^Correct/ }).click();
  const form = page.getByRole('form', { name: 'Correct harbour.example' });
  await form.getByLabel('College', { exact: true }).fill('Harbour College of Art');
  await form.getByRole('button', { name: 'Save' }).click();
  await listed.getByText('Harbour College of Art').waitFor();
  await listed.getByRole('button', { name: /^Revoke/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke harbour.example?' });
  await dialog.getByText('Nobody will be able to earn one.').waitFor();
  await keepPicture(page, 'admin-revoke-phone');
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('harbour.example is revoked.').waitFor();
  await expect.poll(() => listed.count()).toBe(0);
  await expectLogged(page, 'harbour.example was put on the list of colleges.', 'harbour.example was revoked');
  expect(complaints).toEqual([]);
  await context.close();
});

const queue = 'discovery.index_profile';

/** Waits until that many are given up. */
const expectGivenUp = ({ context }: Visitor, count: number) =>
  expect
    .poll(async () => (await (await context.request.get('/api/v1/admin/dead-letters')).json()).total, {
      timeout: 15_000,
    })
    .toBe(count);

/** Jobs of an older version, which are given up at once. */
async function enqueueOld(...inputs: object[]) {
  for (const input of inputs) {
    await product.app.db.execute(sql`
      INSERT INTO pgboss.job (name, data, dead_letter)
      VALUES (${queue}, ${JSON.stringify(input)}::jsonb, 'dead-letters')`);
  }
}

it.each(['desktop', 'phone'] as const)('what was given up is run again, or discarded, on a %s', async (size) => {
  const visitor = await admin(size);
  const { page, complaints, context } = visitor;
  await page.goto('/admin/jobs');
  await page.getByText('All is well').waitFor();
  await enqueueOld({ profile: 1 }, { profile: 2 });
  await expectGivenUp(visitor, 2);
  await page.goto(`/admin/jobs?queue=${queue}`);
  const letters = page.getByRole('list', { name: 'Given up' }).getByRole('article');
  await expect.poll(() => letters.count()).toBe(2);
  const latest = letters.first();
  await latest.getByText('not of this version').waitFor();
  await latest.getByText('Data', { exact: true }).click();
  await latest.getByText('"profile"').waitFor();
  await expectAccessible(page);
  await keepPicture(page, `admin-jobs-given-up-${size}`);

  // Discarded, and taken back; then for good.
  await latest.getByRole('button', { name: /^Discard/ }).click();
  await expect.poll(() => letters.count()).toBe(1);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => letters.count()).toBe(2);
  await latest.getByRole('button', { name: /^Discard/ }).click();
  await page.getByText(`A job of “${queue}” is discarded.`).waitFor();
  const answered = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect((await answered).status()).toBe(204);

  // Still of an older version, so what is run again comes back, when it is asked for.
  await letters.getByRole('button', { name: /^Run again/ }).click();
  await page.getByText(`A job of “${queue}” is tried again.`).waitFor();
  await expectGivenUp(visitor, 1);
  await enqueueOld({ profile: 3 });
  await expectGivenUp(visitor, 2);
  await page.getByRole('button', { name: /^Show \d new/ }).click();
  await expect.poll(() => letters.count()).toBe(2);
  await page.getByRole('button', { name: 'Run all of this queue again' }).click();
  const dialog = page.getByRole('dialog', { name: `Run all of “${queue}” again?` });
  await dialog.getByText('2 jobs go back into the queue').waitFor();
  await expectAccessible(page);
  await keepPicture(page, `admin-jobs-run-all-${size}`);
  await dialog.getByRole('button', { name: 'Run 2 jobs again' }).click();
  await page.getByText(`2 jobs of “${queue}” are tried again.`).waitFor();
  await expectLogged(
    page,
    `What failed in “${queue}” is tried again`,
    `A job that failed in “${queue}” was discarded.`,
  );
  await product.app.db.execute(sql`DELETE FROM pgboss.job WHERE name = 'dead-letters'`);
  expect(complaints).toEqual([]);
  await context.close();
});

it.each(['desktop', 'phone'] as const)('a parked saga is resumed on a %s', async (size) => {
  isPrinterBroken = true;
  const { page, complaints, context } = await admin(size);
  await page.goto('/admin/sagas');
  await page.getByText('Nothing is stuck').waitFor();
  const { sagas } = product.app.platform;
  await product.app.db.transaction((tx) => sagas.start(tx, trip, { n: 7 }, { key: `trip on a ${size}` }));
  await expect.poll(async () => (await sagas.counts()).parked, { timeout: 20_000 }).toBe(1);
  await page.goto('/admin/sagas');
  const saga = page.getByRole('article', { name: `trial.trip trip on a ${size}` });
  await saga.getByText('ticket: The printer is on fire.').waitFor();
  await saga.getByText('Steps that are done are not repeated.').waitFor();
  await saga.getByText('Steps', { exact: true }).click();
  const steps = saga.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  await steps.filter({ hasText: 'payment' }).getByText('Done').waitFor();
  await steps.filter({ hasText: 'ticket' }).getByText('Begun', { exact: true }).waitFor();
  await expectAccessible(page);
  await keepPicture(page, `admin-saga-parked-${size}`);

  isPrinterBroken = false;
  await saga.getByRole('button', { name: 'Resume trial.trip' }).click();
  await page.getByText('trial.trip goes on.').waitFor();
  await page.getByText('Nothing is stuck').waitFor();
  await expect.poll(async () => (await sagas.counts()).parked, { timeout: 20_000 }).toBe(0);
  await expectLogged(page, 'trial.trip goes on: saga');
  expect(complaints).toEqual([]);
  await context.close();
});

it('is not there for anybody else', async () => {
  const visitor = await product.visitor();
  await signIn(visitor, 'maya');
  const answer = await visitor.page.goto('/admin/users');
  expect(answer?.status()).toBe(404);
  await visitor.page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
  await visitor.context.close();
});
