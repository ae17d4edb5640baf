/**
 * Who somebody is: onboarding by the keyboard alone, left in the middle and taken up again; the week by keys, by mouse
 * and by finger; settings that two tabs save, and that a lost server does not; the page as others see it.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../server/demo/people.ts';
import { barriersOf } from './accessible.ts';
import { keepPicture, type Product, startProduct, type Visitor, type VisitorOptions } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
}, 180_000);
afterAll(() => product?.close());

async function member(username: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await product.visitor(options);
  await visitor.page.goto('/sign-in');
  await visitor.page.getByLabel('Username or email').fill(username);
  await visitor.page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await visitor.page.getByRole('button', { name: 'Sign in' }).click();
  await visitor.page.waitForURL((url) => url.pathname !== '/sign-in');
  return visitor;
}

async function expectAccessible(page: Page, name: string) {
  await keepPicture(page, `profile-${name}`);
  expect(await barriersOf(page), name).toEqual([]);
}

/** Every call of the API goes unanswered until the returned function is called. */
async function stopServer(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  return () => page.unroute('**/api/**');
}

const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

/** Walks on by Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, locator: Locator) {
  await locator.waitFor();
  for (let step = 0; step < 80; step++) {
    if (await isFocused(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached by Tab: ${locator}`);
}

async function typeInto(page: Page, locator: Locator, text: string) {
  await tabTo(page, locator);
  await page.keyboard.type(text);
}

async function press(page: Page, locator: Locator) {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const block = (page: Page, name: string) => page.getByRole('gridcell', { name, exact: true });
const isChosen = (cell: Locator) => expect.poll(() => cell.getAttribute('aria-selected'));

/** The server has this of a draft. */
const kept = (page: Page, key: string, text: string) =>
  page.waitForResponse((response) => {
    const request = response.request();
    const isDraft = request.method() === 'PUT' && request.url().endsWith(`/drafts/${encodeURIComponent(key)}`);
    return isDraft && (request.postData() ?? '').includes(text);
  });

it('is filled by the keyboard alone, left in the middle and taken up again', { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await product.visitor();
  await page.goto('/sign-up');
  await typeInto(page, page.getByLabel('Email'), 'keys@example.org');
  await typeInto(page, page.getByLabel('Username'), 'keys_only');
  await typeInto(page, page.getByLabel('Password', { exact: true }), 'a short but own sentence');
  await page.keyboard.press('Enter');
  await heading(page, 'Who are you?').waitFor();

  // A step that still misses something says so at the field.
  await typeInto(page, page.getByLabel('First name'), 'Ines');
  await press(page, page.getByRole('button', { name: 'Save and go on' }));
  await page.getByRole('alert').getByRole('link', { name: 'College' }).waitFor();
  expect(await isFocused(page.getByLabel('College'))).toBe(true);
  await expectAccessible(page, 'about-refused');

  // Closed in the middle: what was typed is there in another window.
  const isKept = kept(page, 'onboarding:about', 'Harbour College');
  await page.keyboard.type('Harbour College');
  await isKept;
  await page.close();
  const resumed = await context.newPage();
  await resumed.goto('/welcome');
  await heading(resumed, 'Who are you?').waitFor();
  await expect.poll(() => resumed.getByLabel('First name').inputValue()).toBe('Ines');
  await expect.poll(() => resumed.getByLabel('College').inputValue()).toBe('Harbour College');
  await typeInto(resumed, resumed.getByLabel('Major'), 'Computer Science');
  await tabTo(resumed, resumed.getByLabel('Year of study'));
  await resumed.keyboard.type('Year 2');

  // A slow step shows its skeleton first; its heading has the focus all the same.
  const arrives = Promise.withResolvers<void>();
  await resumed.route(`**/drafts/${encodeURIComponent('onboarding:skills')}`, async (route) => {
    await arrives.promise;
    await route.continue();
  });
  await press(resumed, resumed.getByRole('button', { name: 'Save and go on' }));
  await resumed.locator('[aria-busy=true]').first().waitFor();
  arrives.resolve();
  await heading(resumed, 'What can you do?').waitFor();
  await expect.poll(() => isFocused(heading(resumed, 'What can you do?'))).toBe(true);
  await typeInto(resumed, resumed.getByLabel('Add a skill'), 'Python');
  await resumed.keyboard.press('Enter');
  await resumed.getByRole('button', { name: 'Remove Python' }).waitFor();
  const idea = resumed
    .getByRole('group', { name: 'Others who study Computer Science often have' })
    .getByRole('button', { pressed: false });
  await press(resumed, idea.first());
  await resumed.getByText('2 skills. One more makes good matches.').waitFor();
  await press(resumed, idea.first());
  await tabTo(resumed, resumed.getByRole('group', { name: 'Level in Python' }).getByRole('radio', { checked: true }));
  await resumed.keyboard.press('ArrowRight');
  await expect
    .poll(() => resumed.getByRole('group', { name: 'Level in Python' }).getByLabel('Fluent').isChecked())
    .toBe(true);
  await expectAccessible(resumed, 'skills');
  await press(resumed, resumed.getByRole('button', { name: 'Save and go on' }));

  await heading(resumed, 'When do you have time?').waitFor();
  await typeInto(resumed, resumed.getByLabel('Hours a week'), '8');
  await press(resumed, resumed.getByRole('button', { name: /^Evenings/ }));
  await resumed.getByText('20 hours a week marked').waitFor();
  await press(resumed, resumed.getByRole('button', { name: 'Save and go on' }));

  // A step back, and away to another page: it goes on where it was.
  await heading(resumed, 'What are you open to?').waitFor();
  await press(resumed, resumed.getByRole('button', { name: 'Back' }));
  await heading(resumed, 'When do you have time?').waitFor();
  const isPlaceKept = kept(resumed, 'onboarding:place', 'goals');
  await press(resumed, resumed.getByRole('button', { name: 'Skip for now' }));
  await heading(resumed, 'What are you open to?').waitFor();
  await isPlaceKept;
  await resumed.goto('/explore/projects');
  await resumed.goto('/welcome');
  await heading(resumed, 'What are you open to?').waitFor();
  await tabTo(resumed, resumed.getByLabel('Projects', { exact: true }));
  await resumed.keyboard.press('Space');
  await press(resumed, resumed.getByRole('button', { name: 'Save and go on' }));

  await heading(resumed, 'What fits you').waitFor();
  await resumed.getByText(/^\d+ matches, best first/).waitFor();
  const reasons = resumed.getByRole('listitem').locator('summary');
  await expect.poll(() => reasons.count()).toBeGreaterThanOrEqual(5);
  await press(resumed, reasons.first());
  await resumed.getByText('The points below add up to it.', { exact: false }).first().waitFor();
  await expectAccessible(resumed, 'matches');
  expect(complaints).toEqual([]);
  await context.close();
});

it('skipped, onboarding says what that costs, and what would change it', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('noor', { size: 'phone' });
  await page.goto('/welcome');
  for (const title of ['Who are you?', 'What can you do?', 'When do you have time?', 'What are you open to?']) {
    await heading(page, title).waitFor();
    await page.getByText(/^If you skip this, /).waitFor();
    await page.getByRole('button', { name: 'Skip for now' }).click();
  }
  await page.getByText('Nothing fits yet').waitFor();
  await page.getByRole('link', { name: /^List three skills or more/ }).waitFor();
  await expectAccessible(page, 'matches-none-phone');
  expect(complaints).toEqual([]);
  await context.close();
});

it('a week is marked by keys, by mouse and by finger', { timeout: 90_000 }, async () => {
  const { page, context, complaints, settled } = await member('leo', { size: 'phone' });
  await page.goto('/settings/availability');
  const clear = page.getByRole('button', { name: 'Clear the week' });
  await clear.click();
  await page.getByText('Nothing marked yet').waitFor();

  // One stop of the Tab key; arrows walk, Space turns, Shift carries on.
  await tabTo(page, block(page, 'Monday 6:00 PM to 8:00 PM'));
  await page.keyboard.press('Space');
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.up('Shift');
  await isChosen(block(page, 'Tuesday 8:00 PM to 10:00 PM')).toBe('true');
  await page.getByText('Monday – Tuesday, 6:00 PM to 10:00 PM: free. 8 hours a week.').waitFor();
  await page.keyboard.press('Space');
  await isChosen(block(page, 'Tuesday 8:00 PM to 10:00 PM')).toBe('false');
  await page.getByText('6 hours a week marked').waitFor();

  // A finger taps, slides sideways over a row, and scrolls the page up and down without marking.
  const touch = await context.newCDPSession(page);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const middle = async (name: string) => {
    const box = await block(page, name).boundingBox();
    if (!box) throw new Error(`No block ${name}.`);
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const scrollTo = (name: string) => block(page, name).evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
  const slide = async (...names: string[]) => {
    await scrollTo(names[0] ?? '');
    const [start, ...rest] = await Promise.all(names.map(middle));
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: start ? [start] : [] });
    for (const point of rest) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await slide('Sunday 10:00 AM to 12:00 PM');
  await isChosen(block(page, 'Sunday 10:00 AM to 12:00 PM')).toBe('true');
  await slide('Wednesday 12:00 PM to 2:00 PM', 'Thursday 12:00 PM to 2:00 PM', 'Friday 12:00 PM to 2:00 PM');
  await isChosen(block(page, 'Friday 12:00 PM to 2:00 PM')).toBe('true');
  await page.getByText('14 hours a week marked').waitFor();
  await expectAccessible(page, 'week-phone');

  await page.getByRole('button', { name: 'Save Your usual week' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await settled();
  await page.getByText('14 hours a week marked').waitFor();

  // Dragged by a mouse, a rectangle; its start decides whether it is marked or cleared.
  await scrollTo('Monday 6:00 PM to 8:00 PM');
  const [from, to] = [await middle('Monday 6:00 PM to 8:00 PM'), await middle('Tuesday 8:00 PM to 10:00 PM')];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await page.getByText('8 hours a week marked').waitFor();
  await page.getByText('Not saved yet').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('two tabs that save the same part are told; other parts stand side by side', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('leo');
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('/settings/profile');
    await tab.getByLabel('About', { exact: false }).first().waitFor();
  }
  const bio = (tab: Page) => tab.getByRole('textbox', { name: 'About', exact: true });
  await bio(page).fill('I draw interfaces.');
  await other.getByLabel('Major').fill('Visual Design');
  const saved = (tab: Page, part: string) =>
    tab.getByRole('region', { name: part }).getByText('Saved', { exact: true }).waitFor();
  await other.getByRole('button', { name: 'Save About you' }).click();
  await saved(other, 'About you');

  // The other part is taken over here, and does not stand in the way.
  await expect.poll(() => page.getByLabel('Major').inputValue()).toBe('Visual Design');
  await bio(other).fill('I draw ferries.');
  await page.getByRole('button', { name: 'Save In your words' }).click();
  await saved(page, 'In your words');

  await other.getByText('Nothing is lost: choose what stands.', { exact: false }).waitFor();
  await expectAccessible(other, 'two-tabs');
  await other.getByRole('button', { name: 'Take the other version' }).click();
  await expect.poll(() => bio(other).inputValue()).toBe('I draw interfaces.');
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => bio(other).inputValue()).toBe('I draw ferries.');
  await other.getByRole('button', { name: 'Save In your words' }).click();
  await saved(other, 'In your words');
  await expect.poll(() => bio(page).inputValue()).toBe('I draw ferries.');
  expect(complaints).toEqual([]);
  await context.close();
});

it('without a server nothing pretends to be saved, and nothing typed is lost', { timeout: 60_000 }, async () => {
  const { page, context } = await member('maya');
  await page.goto('/settings/visibility');
  await page.getByText('Your page in their eyes').waitFor();
  const start = await stopServer(page);
  await page.getByRole('radio', { name: /^Only me/ }).click();
  await page.getByText('That was not saved, and stands as before.', { exact: false }).first().waitFor();
  await expect.poll(() => page.getByRole('radio', { name: /^Everybody/ }).isChecked()).toBe(true);
  await keepPicture(page, 'profile-rolled-back');
  await start();

  await page.goto('/settings/profile');
  const stop = await stopServer(page);
  const bio = page.getByRole('textbox', { name: 'About', exact: true });
  await bio.fill('x'.repeat(1990));
  await page.getByText('10 characters left').first().waitFor();
  await page.getByRole('button', { name: 'Save In your words' }).click();
  await page.getByText('Not saved', { exact: true }).waitFor();
  expect(await bio.inputValue()).toHaveLength(1990);
  await expectAccessible(page, 'not-saved');
  await stop();
  // What is not saved is there again after leaving, and after loading the page anew.
  await page.getByRole('banner').getByRole('link', { name: 'Collabthon' }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
  await page.goBack();
  await expect.poll(() => bio.inputValue()).toHaveLength(1990);
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect.poll(() => bio.inputValue()).toHaveLength(1990);
  await page.getByRole('button', { name: 'Save In your words' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await context.close();
});

it('what could not be compared says so, and an offer that cannot be kept goes', { timeout: 60_000 }, async () => {
  const { page, context } = await member('maya');
  const changeElsewhere = (change: Record<string, unknown>) =>
    page.evaluate(async (fields) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(fields);
      return (await fetch('/api/v1/users/me/profile', { method: 'PUT', headers, body })).status;
    }, change);
  await page.goto('/settings/profile');
  const bio = page.getByRole('textbox', { name: 'About', exact: true });
  await bio.fill('Written here.');
  expect(await changeElsewhere({ major: 'Marine Biology' })).toBe(200);
  await page.route('**/api/v1/users/me/profile', (route) =>
    route.request().method() === 'GET' ? route.abort('connectionrefused') : route.continue(),
  );
  await page.getByRole('button', { name: 'Save In your words' }).click();
  await page.getByText('Not saved', { exact: true }).waitFor();
  expect(await bio.inputValue()).toBe('Written here.');
  await page.unroute('**/api/v1/users/me/profile');

  expect(await changeElsewhere({ bio: 'Written elsewhere.' })).toBe(200);
  await page.getByRole('button', { name: 'Save In your words' }).click();
  await page.getByRole('button', { name: 'Take the other version' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await page.getByRole('link', { name: 'My work' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await undo.waitFor({ state: 'detached' });
  await context.close();
});

it('answers that were saved are forgotten, though their step was left before', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('noor');
  await page.goto('/welcome?step=goals');
  const isKept = kept(page, 'onboarding:goals', 'projects');
  await page.getByLabel('Projects', { exact: true }).check();
  await isKept;
  const arrives = Promise.withResolvers<void>();
  await page.route('**/api/v1/users/me/profile', async (route) => {
    if (route.request().method() === 'PUT') await arrives.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await heading(page, 'When do you have time?').waitFor();
  arrives.resolve();
  const answers = () => page.evaluate(async () => (await fetch('/api/v1/drafts/onboarding:goals')).status);
  await expect.poll(answers).toBe(404);
  await heading(page, 'When do you have time?').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

it('a page is seen as others see it', { timeout: 60_000 }, async () => {
  const { page, context, complaints } = await member('maya');
  await page.goto('/settings/visibility');
  const eyes = page.getByLabel('Whose eyes');
  const preview = page.getByText('Your page in their eyes');
  await preview.waitFor();
  await expectAccessible(page, 'see-as');

  await page.getByRole('radio', { name: /^Members/ }).click();
  await page.getByText('They see nothing').waitFor();
  const stranger = await product.visitor();
  const me = await page.getByRole('link', { name: 'See my page' }).getAttribute('href');
  expect((await stranger.page.goto(me ?? ''))?.status()).toBe(404);
  await expectAccessible(page, 'see-as-nothing');
  await eyes.selectOption({ label: 'Member of another college' });
  await preview.waitFor();

  await page.getByRole('radio', { name: /^Everybody/ }).click();
  await eyes.selectOption({ label: 'Without an account' });
  await preview.waitFor();
  expect((await stranger.page.reload())?.status()).toBe(200);
  expect([...complaints, ...stranger.complaints]).toEqual([]);
  await stranger.context.close();
  await context.close();
});

it('a person is read by a visitor, and by a member who shares hours and invites', { timeout: 90_000 }, async () => {
  const { body } = await product.app.request('GET /profiles/search/{query}', {
    params: { query: 'kayla' },
  });
  const address = `/people/${body[0]?.user_id}`;

  const visitor = await product.visitor({ size: 'phone' });
  await visitor.page.goto(address);
  await visitor.page.getByText('Sign in to see how you fit together', { exact: false }).waitFor();
  await visitor.page.getByText(/^Times are in /).waitFor();
  expect(await visitor.page.locator('link[rel=canonical]').getAttribute('href')).toContain(address);
  expect(await visitor.page.locator('script[type="application/ld+json"]').textContent()).toContain('ProfilePage');
  await expectAccessible(visitor.page, 'person-visitor-phone');

  const { page, context, complaints } = await member('maya');
  await page.goto(address);
  const time = page.getByRole('region', { name: 'Time' });
  await time.getByText(/share \d+ free hours? a week|No common free hours/).waitFor();
  await time.getByText('Both weeks in words').click();
  await time.getByText('Hours when they are free').waitFor();
  await page.getByRole('complementary', { name: 'Contact' }).locator('summary').last().click();
  await page.getByText('The points below add up to it.', { exact: false }).waitFor();
  await expectAccessible(page, 'person-member');

  // For one of my projects: its free seats, those that fit first, and the invitation in place.
  await page.getByLabel('How they fit').selectOption({ index: 1 });
  const roles = page.getByRole('list', { name: 'Roles with a free seat' });
  await roles.getByRole('button').first().click();
  await roles.getByLabel('Message').fill('Your drawings are what the bus stops need.');
  await expectAccessible(page, 'person-invite');
  await roles.getByRole('button', { name: 'Send invitation' }).click();
  await page
    .getByText(/ is invited\.$/)
    .first()
    .waitFor();
  await page
    .getByRole('article', { name: /^Request: / })
    .first()
    .waitFor();
  expect([...complaints, ...visitor.complaints]).toEqual([]);
  await visitor.context.close();
  await context.close();
});
