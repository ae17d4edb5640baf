/** Text that would be markup elsewhere is text on every page. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestMember } from '../server/platform/testing/test-app.ts';
import { type Product, startProduct } from './product.ts';

const corpus = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror=window.hacked=1>',
  '"><svg onload=window.hacked=1>',
  "'-window.hacked=1-'",
  '</title><script>window.hacked=1</script>',
  '{{constructor.constructor("window.hacked=1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is part of the corpus, not a template
  '${window.hacked=1}',
  '<a href="javascript:window.hacked=1">x</a>',
  '&lt;b&gt;bold&lt;/b&gt; <b>bold</b>',
  'مرحبا \u202e reversed',
];

let product: Product;
let owner: TestMember;
let applicant: TestMember;
let project = 0;
beforeAll(async () => {
  product = await startProduct();
  const { app } = product;
  owner = await app.member({ username: 'owner' });
  applicant = await app.member({ username: 'applicant' });
  const all = corpus.join(' ');
  for (const as of [owner, applicant]) {
    const { status } = await app.request('PUT /users/me/profile', {
      as,
      body: {
        first_name: corpus[0] ?? '',
        last_name: corpus[1] ?? '',
        college: corpus[2] ?? '',
        major: corpus[3] ?? '',
        year: 2,
        bio: all,
        experience: all,
        skills: corpus.map((text) => text.slice(0, 60)),
      },
    });
    expect(status).toBe(200);
  }
  const posted = await app.request('POST /projects', {
    as: owner,
    body: {
      title: all.slice(0, 140),
      description: all,
      required_skills: corpus.map((text) => text.slice(0, 60)),
      roles: corpus.slice(0, 5).map((name) => ({ name })),
      timeline: corpus[1] ?? '',
      place: corpus[2] ?? '',
    },
  });
  expect(posted.status).toBe(201);
  project = posted.body.id;
  const asked = await app.request('POST /collaborations', {
    as: applicant,
    body: { receiver_id: owner.id, project_id: project, message: all },
  });
  expect(asked.status).toBe(201);
  await app.settled();
}, 120_000);
afterAll(() => product?.close());

it('is text on every page', { timeout: 180_000 }, async () => {
  const { page, complaints, settled } = await product.visitor();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const walk = async (paths: string[]) => {
    for (const path of paths) {
      await page.goto(path);
      await settled();
      expect(await page.evaluate(() => 'hacked' in window), path).toBe(false);
      expect(await page.locator('a[href^="javascript"]').count(), path).toBe(0);
    }
  };
  const open = ['/', '/explore/projects', '/explore/people', `/projects/${project}`, `/people/${owner.id}`];
  await walk(open);
  await page.goto(`/projects/${project}`);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: '<script>window.hacked=1</script>' }).waitFor();

  await page.goto('/sign-in');
  await page.getByLabel('Username or email').fill('owner');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await walk([...open, '/work', '/settings/profile', `/projects/${project}/edit`, '/welcome']);

  expect(dialogs).toEqual([]);
  expect(complaints).toEqual([]);
});
