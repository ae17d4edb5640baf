/** My work: what waits is answered in place, undone, refused and answered elsewhere; drafts are found again. */
import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { expectAccessible } from './accessible.ts';
import { enter, named } from './members.ts';
import { keepPicture, type Product, startProduct, type Visitor, type VisitorOptions } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

/** What `member()` of a test app signs up with. */
async function signedIn({ username }: TestMember, options?: VisitorOptions): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await enter(visitor.context, username);
  await visitor.page.goto('/work');
  await visitor.page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  return visitor;
}

async function post(owner: TestMember, title: string, seats = 1) {
  const { status, body } = await product.app.request('POST /projects', {
    as: owner,
    body: { title, description: 'A boat from scrap.', roles: [{ name: 'Welder', skill: 'Welding', seats }] },
  });
  expect(status).toBe(201);
  await product.app.settled();
  return body;
}

async function apply(as: TestMember, project: { id: number; owner_id: number; roles: { id: number }[] }) {
  const { status, body } = await product.app.request('POST /collaborations', {
    as,
    body: {
      receiver_id: project.owner_id,
      project_id: project.id,
      role_id: project.roles[0]?.id ?? null,
      message: 'I weld.',
    },
  });
  expect(status).toBe(201);
  await product.app.settled();
  return body.id;
}

const statusOf = async (as: TestMember, id: number) =>
  (await product.app.request('GET /collaborations/{id}', { as, params: { id } })).body.status;

const rowOf = (page: Page, name: string): Locator => page.getByRole('article', { name: `Request: ${name} Berg` });

const focusedIn = (scope: Locator) => scope.evaluate((element) => element.contains(document.activeElement));

it('two people: opened score, a no undone, a yes, and the seats that follow', { timeout: 90_000 }, async () => {
  const [owner, ada, bo] = [await named(product, 'Olga'), await named(product, 'Ada'), await named(product, 'Bo')];
  const project = await post(owner, 'Scrap boat');
  const id = await apply(ada, project);
  await apply(bo, project);

  const host = await signedIn(owner);
  const { page } = host;
  await page.getByText('2 people wait for your answer.').waitFor();
  const row = rowOf(page, 'Ada');
  await row.getByText('I weld.').waitFor();
  await row.getByText('Accepting takes the last seat of this role. 1 other request for it ends').waitFor();
  await row.getByText('How Ada Berg fits').click();
  await row.getByText('Has Welding.').waitFor();
  await keepPicture(page, 'work-score');
  await expectAccessible(page);

  // A no is shown at once, and sent only when the time to undo it is over.
  await row.getByRole('button', { name: 'Decline' }).click();
  await row.getByText('Declined', { exact: true }).waitFor();
  await page.getByText('1 person waits for your answer.').waitFor();
  expect(await statusOf(owner, id)).toBe('pending');
  await expectAccessible(page);
  await keepPicture(page, 'work-declined');
  await row.getByRole('button', { name: 'Undo' }).click();
  await row.getByRole('button', { name: 'Accept' }).waitFor();
  await page.getByText('2 people wait for your answer.').waitFor();

  await row.getByRole('button', { name: 'Accept' }).click();
  // Two people are told by one yes, which is said before.
  const last = page.getByRole('dialog', { name: /the last seat\?/ });
  await last.getByText('1 other request for this role ends').waitFor();
  await expectAccessible(page);
  await last.getByRole('button', { name: 'Accept and end them' }).click();
  await row.getByText('Ada Berg is on the team.').waitFor();
  await page.getByText('Nobody waits for your answer.').waitFor();
  // What was answered stays where it was, and so does what ended with it.
  await row.getByText('Accepted', { exact: true }).first().waitFor();
  await rowOf(page, 'Bo').getByText('The role was filled').waitFor();
  const mine = page.getByRole('region', { name: 'My projects' });
  await mine.getByText('The seat is taken').waitFor();
  await mine.getByRole('link', { name: 'All seats are taken: start the work' }).waitFor();
  await keepPicture(page, 'work-seats');

  const guest = await signedIn(ada, { size: 'phone' });
  const teams = guest.page.getByRole('region', { name: 'My teams' });
  await teams.getByRole('link', { name: 'Scrap boat' }).waitFor();
  await teams.getByText('as Welder').waitFor();
  await guest.page.getByRole('link', { name: 'History' }).click();
  await rowOf(guest.page, 'Olga').getByText('Accepted').waitFor();
  await keepPicture(guest.page, 'work-history-phone');
  // Everybody reads of it on the page of whoever joined.
  await guest.page.goto(`/people/${ada.id}`);
  const projects = guest.page.getByRole('region', { name: 'Projects' });
  await projects.getByRole('listitem').filter({ hasText: 'Scrap boat' }).getByText('Welder').waitFor();
  await keepPicture(guest.page, 'work-person-phone');
  const other = await signedIn(bo);
  await other.page.getByRole('link', { name: 'History' }).click();
  await rowOf(other.page, 'Olga').getByText('The role was filled').waitFor();
  expect([...host.complaints, ...guest.complaints, ...other.complaints]).toEqual([]);
});

it('what was answered in another tab says so', { timeout: 60_000 }, async () => {
  const [owner, ada] = [await named(product, 'Otto'), await named(product, 'Ada')];
  const id = await apply(ada, await post(owner, 'Two tabs'));
  const { context, page, complaints } = await signedIn(owner);
  const second = await context.newPage();
  await second.goto('/work');
  await rowOf(second, 'Ada').waitFor();

  await rowOf(page, 'Ada').getByRole('button', { name: 'Decline' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await rowOf(page, 'Ada').getByText('Ada Berg is told that it is a no this time.').waitFor();
  expect(await statusOf(owner, id)).toBe('rejected');

  await rowOf(second, 'Ada').getByRole('button', { name: 'Accept' }).click();
  await second.getByRole('alert').filter({ hasText: 'This request has been declined already.' }).waitFor();
  await rowOf(second, 'Ada').getByText('Declined', { exact: true }).first().waitFor();
  expect(await rowOf(second, 'Ada').getByRole('button', { name: 'Accept' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('an answer that does not get through is taken back where everybody sees it', { timeout: 60_000 }, async () => {
  const [owner, ada] = [await named(product, 'Olaf'), await named(product, 'Ada')];
  const id = await apply(ada, await post(owner, 'No answer'));
  const { context, page } = await signedIn(owner);
  const row = rowOf(page, 'Ada');
  await row.waitFor();
  await context.setOffline(true);
  await row.getByRole('button', { name: 'Accept' }).click();
  await row.getByText('Your yes did not get through. Ada Berg still waits.').waitFor();
  // The row says what became of it, and the banner why: nobody says it a third time.
  await page.getByRole('status').filter({ hasText: 'You are offline.' }).waitFor();
  expect(await page.getByRole('alert').filter({ hasText: 'No answer' }).count()).toBe(0);
  await row.getByRole('button', { name: 'Accept' }).waitFor();
  expect(await statusOf(owner, id)).toBe('pending');
  await expectAccessible(page);
  await keepPicture(page, 'work-failed');

  await context.setOffline(false);
  await row.getByRole('button', { name: 'Accept' }).click();
  await row.getByText('Ada Berg is on the team.').waitFor();
  expect(await statusOf(owner, id)).toBe('accepted');
  await page.reload();
  await page.getByText('Nothing waits for you.').waitFor();
  expect(await row.count()).toBe(0);
});

it('a request is withdrawn, and a draft discarded, when the time to undo it is over', { timeout: 60_000 }, async () => {
  const [owner, ada] = [await named(product, 'Oona'), await named(product, 'Ada')];
  const id = await apply(ada, await post(owner, 'Second thoughts', 3));
  const key = 'project:new:x1';
  const saved = await product.app.request('PUT /drafts/{key}', {
    as: ada,
    params: { key },
    body: { content: { title: 'Kite with a camera' } },
  });
  expect(saved.status).toBe(200);
  const { page, complaints } = await signedIn(ada);

  const sent = rowOf(page, 'Oona');
  await sent.getByText('Oona Berg is reminded').waitFor();
  await sent.getByRole('button', { name: 'Withdraw' }).click();
  await page.keyboard.press('Control+z');
  await sent.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await sent.getByText('It was taken back.').waitFor();
  expect(await statusOf(ada, id)).toBe('cancelled');

  const drafts = page.getByRole('region', { name: 'Drafts' });
  await drafts.getByText('Kite with a camera').first().waitFor();
  await keepPicture(page, 'work-drafts');
  await drafts.getByRole('button', { name: 'Discard' }).click();
  await drafts.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await drafts.getByRole('link', { name: 'Continue' }).click();
  await page.waitForURL('**/projects/new?draft=x1');
  await page.getByRole('heading', { level: 1, name: 'Post a project' }).waitFor();
  await page.goBack();
  await page.getByText('No request of yours is waiting.').waitFor();
  await drafts.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByText('The bench is clear').waitFor();
  const kept = async () => (await product.app.request('GET /drafts', { as: ada, query: {} })).body.items;
  await expect.poll(kept).toEqual([]);
  await keepPicture(page, 'work-bare');
  expect(complaints).toEqual([]);
});

it('two requests at once: the answer to one leaves the other, and its form, alone', { timeout: 60_000 }, async () => {
  const [ada, ben] = [await named(product, 'Ada'), await named(product, 'Ben')];
  const roles = ['Rower', 'Baker'].map((name) => ({ name, skill: 'Welding', seats: 1 }));
  const { body } = await product.app.request('POST /projects', {
    as: ada,
    body: { title: 'Raft of bread', description: 'It floats for a while.', roles },
  });
  await product.app.settled();
  const { page, context } = await signedIn(ben);
  await page.goto(`/projects/${body.id}`);
  const held: Route[] = [];
  await page.route('**/api/v1/collaborations', (route) => void held.push(route));
  const form = (role: string) => page.getByRole('form', { name: `Ask to join as ${role}` });
  const ask = async (role: string) => {
    await page.getByRole('button', { name: `Ask to join as ${role}` }).click();
    await form(role).getByLabel('Message').fill(`As ${role}`);
  };
  const send = (role: string) => form(role).getByRole('button', { name: 'Send request' }).click();
  const asked = page.getByText('You have asked for this seat.');

  await ask('Rower');
  await send('Rower');
  await asked.waitFor();
  await ask('Baker');
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await page.getByText('Your request is on its way').waitFor();
  expect(await form('Baker').getByLabel('Message').inputValue()).toBe('As Baker');
  expect(await focusedIn(form('Baker'))).toBe(true);
  await send('Baker');
  await expect.poll(() => asked.count()).toBe(2);
  await expect.poll(() => held.length).toBe(2);
  await held[1]?.abort('connectionrefused');
  await form('Baker')
    .or(page.getByRole('button', { name: 'Ask to join as Baker' }))
    .first()
    .waitFor();
  expect(await asked.count()).toBe(1);
  await context.close();
});

it('an invitation can be withdrawn once it has arrived, not before', { timeout: 60_000 }, async () => {
  const ada = await named(product, 'Ada');
  await named(product, 'Bela');
  const project = await post(ada, 'Welded swan');
  await product.app.settled();
  const { page, context } = await signedIn(ada);
  await page.goto(`/projects/${project.id}`);
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/v1/collaborations', async (route) => {
    await gate;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Invite Bela Berg' }).first().click();
  await page.getByRole('form').getByRole('button', { name: 'Send invitation' }).click();
  const row = rowOf(page, 'Bela');
  await row.waitFor();
  const withdraw = row.getByRole('button', { name: 'Withdraw' });
  expect(await withdraw.getAttribute('aria-disabled')).toBe('true');
  release();
  await expect.poll(() => withdraw.getAttribute('aria-disabled')).toBe(null);
  await context.close();
});

it('a no that could still be undone is sent before its reader signs out everywhere', { timeout: 60_000 }, async () => {
  const [ada, ben] = [await named(product, 'Ada'), await named(product, 'Ben')];
  const request = await apply(ben, await post(ada, 'Raft of corks'));
  const { page, context } = await signedIn(ada);
  await page.goto('/settings/security');
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^My work/ })
    .first()
    .click();
  await rowOf(page, 'Ben').getByRole('button', { name: 'Decline' }).click();
  await page.goBack();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL('**/sign-in');
  expect(await statusOf(ben, request)).toBe('rejected');
  await context.close();
});

it('on a phone the keyboard does it all, and the focus is never lost', { timeout: 60_000 }, async () => {
  const owner = await named(product, 'Ora');
  const project = await post(owner, 'Keys only', 3);
  for (const name of ['Ada', 'Bo']) await apply(await named(product, name), project);
  const { page, complaints } = await signedIn(owner, { size: 'phone' });
  const [first, second] = [rowOf(page, 'Ada'), rowOf(page, 'Bo')];
  await first.waitFor();

  await page.keyboard.press('j');
  await expect.poll(() => focusedIn(first)).toBe(true);
  await page.keyboard.press('j');
  await expect.poll(() => focusedIn(second)).toBe(true);
  await page.keyboard.press('k');
  await expect.poll(() => focusedIn(first)).toBe(true);
  await keepPicture(page, 'work-focus-phone');

  const tabTo = async (name: RegExp) => {
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab');
      if (name.test(await page.evaluate(() => document.activeElement?.textContent ?? ''))) return;
    }
    throw new Error(`Tab does not reach ${name}.`);
  };
  await tabTo(/^Decline/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
  await page.keyboard.press('Enter');
  await expect.poll(() => focusedIn(first)).toBe(true);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await tabTo(/^Accept/);
  await page.keyboard.press('Enter');
  await first.getByText('Ada Berg is on the team.').waitFor();
  await expect.poll(() => focusedIn(first)).toBe(true);
  expect(complaints).toEqual([]);
});
