/** An account's life in the browser: confirmed by mail, a forgotten password, a second factor, a college badge. */
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct, type Visitor } from './product.ts';

let product: Product;
let visitor: Visitor;
beforeAll(async () => {
  product = await startProduct();
  visitor = await product.visitor();
});
afterAll(() => product?.close());

let email = 'ines@example.org';
const FIRST = 'a first own sentence';
const SECOND = 'a second own sentence';

/** The newest mail to an address, once everything that was enqueued has been sent. */
async function newestMail(address: string): Promise<string> {
  await product.app.settled();
  const [mail] = await product.app.mails(address);
  if (!mail) throw new Error(`No mail went to ${address}.`);
  return mail.text;
}

/** The path of the link in a mail; its origin is the public address, which the test does not listen on. */
function linkIn(mail: string): string {
  const link = /https?:\/\/\S+/.exec(mail)?.[0];
  if (!link) throw new Error(`No link in: ${mail}`);
  const { pathname, search } = new URL(link);
  return pathname + search;
}

async function signIn(password: string) {
  const { page } = visitor;
  await page.goto('/sign-in');
  await page.getByLabel('Username or email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut() {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Account of' }).click();
  await page
    .getByRole('menuitem', { name: 'Sign out', exact: true })
    .or(page.getByRole('button', { name: 'Sign out', exact: true }))
    .click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
}

it('is confirmed by the link in the mail', { timeout: 60_000 }, async () => {
  const { page } = visitor;
  await page.goto('/sign-up');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Username').fill('ines');
  await page.getByLabel('Password', { exact: true }).fill(FIRST);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/welcome**');
  await page.goto(linkIn(await newestMail(email)));
  await page.getByText('Your address is confirmed.').waitFor();
  await page.getByRole('link', { name: 'Go to my work' }).click();
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await page.getByText('Please confirm').waitFor({ state: 'detached' });
});

it('gets a new password by mail', { timeout: 60_000 }, async () => {
  const { page } = visitor;
  await signOut();
  await page.goto('/forgot-password');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByText(`If ${email} has an account`).waitFor();
  await page.goto(linkIn(await newestMail(email)));
  await page.getByLabel('New password', { exact: true }).fill(SECOND);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('Your password is changed.').first().waitFor();

  await signIn(FIRST);
  await page.getByText('Name or password is wrong.').first().waitFor();
  await signIn(SECOND);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
});

it('moves to another address once that is proven', { timeout: 60_000 }, async () => {
  const { page } = visitor;
  const next = 'ines.new@example.org';
  await page.goto('/settings/account');
  await page.getByLabel('Email').fill(next);
  await page.getByLabel('Current password', { exact: true }).fill(SECOND);
  await page.getByRole('button', { name: 'Save account' }).click();
  await page.getByText(`We mailed ${next} a link.`).first().waitFor();
  await page.goto(linkIn(await newestMail(next)));
  await page.getByText('Your address is confirmed.').waitFor();
  email = next;
});

it('is guarded by a second factor', { timeout: 60_000 }, async () => {
  const { page } = visitor;
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  const secret = await page.getByText('Cannot scan?').locator('code').innerText();
  const authenticator = new TOTP({ secret: Secret.fromBase32(secret.trim()), digits: 6, period: 30 });
  await page.getByLabel('Six-digit code').fill(authenticator.generate());
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('Keep these recovery codes').waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Two-step sign-in is on.').waitFor();

  await signOut();
  await signIn(SECOND);
  // The code just used is spent; the next one is taken a little ahead of its time.
  const next = authenticator.generate({ timestamp: Date.now() + 30_000 });
  await page.getByLabel('Code from your authenticator app').fill(next);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
});

it('earns a college badge by a mailed code', { timeout: 60_000 }, async () => {
  const admin = await product.app.member({ role: 'admin' });
  const added = await product.app.request('POST /admin/college-domains', {
    as: admin,
    body: { domain: 'harbour.example', college: 'Harbour College', kind: 'student' },
  });
  expect(added.status).toBe(201);

  const { page } = visitor;
  await page.goto('/settings/college');
  await page.getByLabel('College email').fill('ines@cs.harbour.example');
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  const code = page.getByLabel('Code from the mail');
  await code.waitFor();
  await code.fill(/\b\d{6}\b/.exec(await newestMail('ines@cs.harbour.example'))?.[0] ?? '');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Student of Harbour College').waitFor();
  expect(visitor.complaints).toEqual([]);
});

it('is not in its own way when only the signing in after it failed', { timeout: 60_000 }, async () => {
  const { page, context } = await product.visitor();
  await page.goto('/sign-up');
  await page.getByLabel('Email').fill('noor@example.org');
  await page.getByLabel('Username').fill('noor');
  await page.getByLabel('Password', { exact: true }).fill(FIRST);
  await page.route('**/auth/browser-session', (route) => route.abort('connectionrefused'), { times: 1 });
  const create = page.getByRole('button', { name: 'Create account' });
  await create.click();
  await page.getByText('No answer from Collabthon.').first().waitFor();
  await create.click();
  await page.waitForURL('**/welcome**');
  await context.close();
});
