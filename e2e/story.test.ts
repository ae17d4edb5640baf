/**
 * The main job in two browsers: one student signs up, posts a project with roles, finds who fits and invites them; the
 * other finds the project in spite of a typing error and applies to another role; a yes makes them a team.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepPicture, type Product, startProduct, type Visitor } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ demo: true });
}, 180_000);
afterAll(() => product?.close());

const PASSWORD = 'a short but own sentence';

async function signUp({ page }: Visitor, username: string) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign up' }).first().click();
  await page.getByLabel('Email').fill(`${username}@example.org`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/welcome**');
}

async function onboard({ page }: Visitor, { first, last, skills }: { first: string; last: string; skills: string[] }) {
  const next = page.getByRole('button', { name: 'Save and go on' });
  await page.getByLabel('First name').fill(first);
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('College').fill('Harbour College');
  await page.getByLabel('Major').fill('Design');
  await page.getByLabel('Year of study').selectOption({ label: 'Year 2' });
  await next.click();
  await page.getByRole('heading', { name: 'What can you do?' }).waitFor();
  // The browser's own way back leads to the step before, also to the first, which was reached without its name.
  await page.goBack();
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { name: 'What can you do?' }).waitFor();
  for (const skill of skills) {
    await page.getByLabel('Add a skill').fill(skill);
    await page.getByLabel('Add a skill').press('Enter');
    await page
      .getByRole('button', { name: /^Remove / })
      .nth(skills.indexOf(skill))
      .waitFor();
  }
  await next.click();
  await page.getByRole('heading', { name: 'When do you have time?' }).waitFor();
  await page.getByLabel('Hours a week').fill('8');
  await next.click();
  await page.getByRole('heading', { name: 'What are you open to?' }).waitFor();
  await page.getByLabel('Projects', { exact: true }).check();
  await next.click();
  await page.getByRole('heading', { name: 'What fits you' }).waitFor();
}

it('two students become a team', { timeout: 240_000 }, async () => {
  const owner = await product.visitor();
  const guest = await product.visitor({ size: 'phone' });

  // The guest is there first, so that there is somebody to find.
  await signUp(guest, 'mira_guest');
  await onboard(guest, { first: 'Mira', last: 'Lindqvist', skills: ['Blacksmithing', 'Illustration', 'Figma'] });
  await keepPicture(guest.page, 'story-1-matches-phone');

  await signUp(owner, 'tomas_owner');
  // What others have written is offered, so that the same college is written alike.
  await owner.page.getByLabel('College').fill('harbour');
  await owner.page.getByLabel('Major').focus();
  await owner.page.getByRole('button', { name: 'Harbour College' }).click();
  expect(await owner.page.getByLabel('College').inputValue()).toBe('Harbour College');
  await onboard(owner, { first: 'Tomás', last: 'Ferreira', skills: ['Python', 'PostgreSQL', 'Writing'] });
  await product.app.settled();

  // A project with two roles.
  await owner.page.goto('/projects/new');
  await owner.page.getByLabel('Title').fill('Seismograph for the old bridge');
  await owner.page
    .getByLabel('Description')
    .fill('We measure how the old bridge trembles and show it to the people who cross it.');
  for (const [index, [name, skill]] of [
    ['Sensor smith', 'Blacksmithing'],
    ['Illustrator', 'Illustration'],
  ].entries()) {
    const role = owner.page.getByRole('group', { name: `Role ${index + 1}` });
    if ((await role.count()) === 0) await owner.page.getByRole('button', { name: 'Add a role' }).click();
    await role.getByLabel('Role name').fill(name ?? '');
    await role.getByLabel('Main skill').fill(skill ?? '');
    await role.getByLabel('Seats').fill('1');
  }
  await owner.page.getByRole('button', { name: 'Post project' }).click();
  await owner.page.getByRole('heading', { level: 1, name: 'Seismograph for the old bridge' }).waitFor();
  const address = new URL(owner.page.url()).pathname;
  await product.app.settled();

  // The people who fit, best first, and why; one is invited.
  await owner.page.reload();
  const candidate = owner.page.getByRole('listitem').filter({ hasText: 'Mira Lindqvist' }).first();
  await candidate.waitFor();
  await keepPicture(owner.page, 'story-2-owner');
  await candidate.getByRole('button', { name: 'Invite Mira Lindqvist' }).click();
  await candidate.getByLabel('Role', { exact: true }).selectOption({ label: 'Sensor smith' });
  await candidate.getByRole('button', { name: 'Send invitation' }).click();
  await owner.page.getByText('Mira Lindqvist is invited.').first().waitFor();

  // The guest finds it with a typing error, and applies to the other role.
  await guest.page.goto('/explore/projects');
  await guest.page.getByLabel('Search projects').fill('sesimograph');
  await guest.page.getByText('Nothing matches “sesimograph”').waitFor();
  await keepPicture(guest.page, 'story-3-search-phone');
  await guest.page.getByRole('link', { name: 'Seismograph for the old bridge' }).first().click();
  await guest.page.getByRole('heading', { level: 1, name: 'Seismograph for the old bridge' }).waitFor();
  await guest.page.getByRole('button', { name: 'Ask to join as Illustrator' }).click();
  await guest.page.getByLabel('Message').fill('I draw, and I cross that bridge every day.');
  await guest.page.getByRole('button', { name: 'Send request' }).click();
  await guest.page.getByText('Your request is on its way to').first().waitFor();
  await keepPicture(guest.page, 'story-4-applied-phone');

  // The owner says yes, and they are a team.
  await owner.page.goto(address);
  await owner.page.getByText('I draw, and I cross that bridge every day.').waitFor();
  await owner.page.getByRole('button', { name: 'Accept' }).click();
  const team = owner.page.getByRole('region', { name: 'Team' });
  await team.getByRole('link', { name: 'Mira Lindqvist' }).waitFor();
  await keepPicture(owner.page, 'story-5-team');

  await guest.page.goto('/work');
  await guest.page.getByRole('link', { name: 'Seismograph for the old bridge' }).first().waitFor();
  await guest.page.goto(address);
  await guest.page.getByText('You are on this team as Illustrator.').waitFor();
  await keepPicture(guest.page, 'story-6-member-phone');

  expect([...owner.complaints, ...guest.complaints]).toEqual([]);
});
