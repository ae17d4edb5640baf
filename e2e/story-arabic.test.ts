/**
 * The main job for somebody who reads only Arabic: signing up, confirming the mail, onboarding, finding a project in
 * spite of a typing error, asking to join. Nothing that the product itself says is in another script.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepPicture, type Product, startProduct } from './product.ts';
import { wordsOf } from './words.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product?.close());

const TITLE = 'مقياس اهتزاز الجسر القديم';
const SKILL = 'الرسم التوضيحي';
const say = wordsOf('ar');

it('somebody who reads only Arabic asks to join a project', { timeout: 240_000 }, async () => {
  const { app } = product;
  const owner = await app.member({ username: 'orla_owner' });
  await app.request('PUT /auth/me', { as: owner, body: { locale: 'ar' } });
  const posted = await app.request('POST /projects', {
    as: owner,
    body: {
      title: TITLE,
      description: 'نقيس اهتزاز الجسر القديم ونعرضه على من يعبرونه كل يوم.',
      roles: [{ name: 'رسّام', skill: SKILL, seats: 2 }],
    },
  });
  expect(posted.status).toBe(201);
  await app.settled();

  const { context, page, complaints } = await product.visitor({ size: 'phone', language: 'ar' });
  const button = (english: string, values?: Record<string, string>) =>
    page.getByRole('button', { name: say(english, values) }).first();
  const heading = (english: string) =>
    page
      .getByRole('heading', { name: say(english) })
      .first()
      .waitFor();
  const foreign: string[] = [];
  const read = async (name: string) => {
    await keepPicture(page, `arabic-${name}`);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    foreign.push(...(await page.evaluate(latinText)).map((text) => `${name}: ${text}`));
  };

  // Sign up.
  await page.goto('/');
  await read('home');
  await page
    .getByRole('link', { name: say('Sign up') })
    .first()
    .click();
  await page.locator('input[name=email]').fill('layla@example.org');
  await page.locator('input[name=username]').fill('layla');
  await page.locator('input[name=password]').fill('123');
  await button('Create account').click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await read('sign-up-refused');
  await page.locator('input[name=password]').fill('جملة قصيرة من عندي');
  await button('Create account').click();
  await page.waitForURL('**/welcome**');
  await read('about');

  // The mail is in Arabic too. Its link has the public address, on which the test does not listen.
  await app.settled();
  const [mail] = await app.mails('layla@example.org');
  expect(mail?.subject).toMatch(/\p{Script=Arabic}/u);
  const { publicUrl } = app.platform.config.http;
  await context.route(`${publicUrl}/**`, (route) =>
    route.fulfill({ status: 302, headers: { location: route.request().url().replace(publicUrl, app.url) } }),
  );
  await page.goto(/https?:\S+verify-email\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  await page.getByText(say('Your address is confirmed.')).waitFor();
  await read('confirmed');

  // Onboarding.
  await page.goto('/welcome');
  await page.getByLabel(say('First name')).fill('ليلى');
  await page.getByLabel(say('Last name')).fill('حداد');
  await page.getByLabel(say('College')).fill('جامعة المرفأ');
  await page.getByLabel(say('Major')).fill('التصميم');
  await page.getByLabel(say('Year of study')).selectOption({ index: 2 });
  await button('Save and go on').click();
  await heading('What can you do?');
  await page.getByLabel(say('Add a skill')).fill(SKILL);
  await page.getByLabel(say('Add a skill')).press('Enter');
  await button('Remove {skill}', { skill: SKILL }).waitFor();
  await read('skills');
  await button('Save and go on').click();
  await heading('When do you have time?');
  await page.getByLabel(say('Hours a week')).fill('8');
  await read('time');
  await button('Save and go on').click();
  await heading('What are you open to?');
  await page.getByLabel(say('Projects')).check();
  await button('Save and go on').click();
  await heading('What fits you');
  await page.getByText(TITLE).first().waitFor();
  await read('matches');

  // Find the project and ask.
  await app.settled();
  await page.goto('/explore/projects');
  await page.getByRole('searchbox').or(page.locator('input[name=q]')).first().fill('مقياس اهتزز');
  await page.waitForURL((url) => url.searchParams.has('q'));
  await page.locator('main [aria-busy]').waitFor({ state: 'detached' });
  const row = page.getByRole('link', { name: TITLE }).first();
  await row.waitFor();
  await read('explore');
  await row.click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await read('project');
  await page
    .getByRole('button', { name: say('Ask to join') })
    .or(page.getByRole('button', { name: say('Ask to join as {role}', { role: 'رسّام' }) }))
    .first()
    .click();
  await page.locator('textarea').first().fill('أرسم، وأعبر ذلك الجسر كل يوم.');
  await button('Send request').click();
  await page.getByText(say('You have asked for this seat.')).waitFor();
  await read('asked');
  await page.goto('/work?show=sent');
  await page.getByText(TITLE).first().waitFor();
  await read('work');
  await page.goto('/settings');
  await read('settings');

  expect([...new Set(foreign)]).toEqual([]);
  expect(complaints).toEqual([]);
});

/**
 * Runs in the page: what is written in Latin letters outside of what people wrote (`dir`, `bdi`), names of other
 * languages (`lang`), keys and code. Names of products, keys and time zones, and those that
 * the story made up, are the same in every language.
 */
function latinText(): string[] {
  const allowed =
    /Collabthon|API|JSON|GitHub|LinkedIn|Python|Ctrl|Shift|QR|[A-Z]\w+\/[A-Z]\w+|layla|orla_owner|\S+@\S+|https?:\S*/g;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isOthers = node.parentElement?.closest(
      'script, style, noscript, code, kbd, bdi, :is([dir], [lang]):not(html)',
    );
    if (isOthers) continue;
    const text = (node.textContent ?? '').replace(allowed, '');
    if (/[A-Za-z]{2}/.test(text)) found.push(text.trim());
  }
  return found;
}
