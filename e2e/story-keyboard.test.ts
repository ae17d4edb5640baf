/**
 * The main job by the keyboard alone, on a phone's screen: signing up, confirming the mail, onboarding, finding a
 * project, opening the score and asking to join; the owner says yes. Every stop of the focus can be seen.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyboardOf } from './keyboard.ts';
import { keepPicture, type Product, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

/** What `member()` of a test app signs up with. */
const OWNER_PASSWORD = 'correct horse battery staple';

it('somebody who has only the keyboard joins a team', { timeout: 240_000 }, async () => {
  const { app } = product;
  const owner = await app.member({ username: 'orla_owner' });
  const posted = await app.request('POST /projects', {
    as: owner,
    body: {
      title: 'Seismograph for the old bridge',
      description: 'We measure how the old bridge trembles and show it to the people who cross it.',
      roles: [{ name: 'Illustrator', skill: 'Illustration', seats: 2 }],
    },
  });
  expect(posted.status).toBe(201);
  await app.settled();

  const { context, page, complaints } = await product.visitor({ size: 'phone' });
  const keys = keyboardOf(page, complaints);
  const heading = (name: string) => page.getByRole('heading', { name }).first().waitFor();

  // Sign up.
  await page.goto('/');
  await keys.take(/^Sign up$/);
  await page.getByLabel('Email').waitFor();
  await keys.fill(/^Email/, 'kim@example.org');
  await keys.fill(/^Username/, 'kim_keys');
  await keys.fill(/^Password/, 'a sentence of my own');
  await keys.press('Enter');
  await page.waitForURL('**/welcome**');

  // Confirm the mail. Its link has the public address, on which the test does not listen.
  await app.settled();
  const { publicUrl } = app.platform.config.http;
  await context.route(`${publicUrl}/**`, (route) =>
    route.fulfill({ status: 302, headers: { location: route.request().url().replace(publicUrl, app.url) } }),
  );
  await page.goto('/dev/mail');
  await keys.take(/\/verify-email\?token=/);
  await page.getByText('Your address is confirmed.').waitFor();

  // Onboarding.
  await page.goto('/welcome');
  const next = () => keys.take(/^Save and go on/);
  await keys.fill(/^First name/, 'Kim');
  await keys.fill(/^Last name/, 'Aalto');
  await keys.fill(/^College/, 'Harbour College');
  await keys.fill(/^Major/, 'Design');
  await keys.fill(/^Year/, 'Year 2');
  await next();
  await heading('What can you do?');
  await keys.fill(/^Add a skill/, 'Illustration');
  await keys.press('Enter');
  await page.getByRole('button', { name: 'Remove Illustration' }).waitFor();
  await next();
  await heading('When do you have time?');
  await keys.fill(/^Hours a week/, '8');
  await next();
  await heading('What are you open to?');
  await keys.tabTo(/^Projects/, 'input[type=checkbox]');
  await keys.press('Space');
  await next();
  await heading('What fits you');
  await keepPicture(page, 'keyboard-1-matches');
  await app.settled();

  // Find the project, open the score, go there, ask.
  await keys.take(/^Projects$/, 'a');
  await page.waitForURL('**/explore/projects**');
  await keys.fill(/^Search projects/, 'sesimograph');
  await page.getByText('Nothing matches “sesimograph”').waitFor();
  await keys.take(/Why: Seismograph/, 'summary');
  await page.getByText('of 100', { exact: true }).waitFor();
  await keepPicture(page, 'keyboard-2-score');
  await keys.take(/^Seismograph for the old bridge/, 'a');
  await page.getByRole('heading', { level: 1, name: 'Seismograph for the old bridge' }).waitFor();
  await keys.take(/^Ask to join/);
  await page.locator('textarea:focus').waitFor();
  await keys.type('I draw, and I cross that bridge every day.');
  await keys.take(/^Send request/);
  await page.getByText('You have asked for this seat.').waitFor();
  await keepPicture(page, 'keyboard-3-asked');
  await app.settled();

  // The owner says yes.
  const host = await product.visitor();
  const theirs = keyboardOf(host.page, host.complaints);
  await host.page.goto('/sign-in?next=/work');
  await theirs.fill(/^Username or email/, 'orla_owner');
  await theirs.fill(/^Password/, OWNER_PASSWORD);
  await theirs.press('Enter');
  await host.page.getByText('1 person waits for your answer.').waitFor();
  await theirs.take(/^How Kim Aalto fits/, 'summary');
  await host.page.getByText('of 100', { exact: true }).waitFor();
  await theirs.take(/^Accept Kim Aalto/);
  await host.page.getByText('Kim Aalto is on the team.').first().waitFor();
  await keepPicture(host.page, 'keyboard-4-accepted');

  await app.settled();
  await keys.take(/^My work$/, 'a');
  const team = page
    .getByRole('region', { name: 'My teams' })
    .getByRole('link', { name: 'Seismograph for the old bridge' });
  await team.waitFor();
  await keepPicture(page, 'keyboard-5-team');
  expect([...new Set([...complaints, ...host.complaints])]).toEqual([]);
});
