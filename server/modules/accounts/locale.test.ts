/** The language of an account, and the mails that follow it. */
import type { Locale } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';
import { catalogues } from './mails.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function register(username: string, { locale, accepts }: { locale?: Locale; accepts?: string }) {
  const email = `${username}@example.org`;
  const { status, body } = await app.request('POST /auth/register', {
    body: { username, email, password: TEST_PASSWORD, ...(locale && { locale }) },
    ...(accepts && { headers: { 'accept-language': accepts } }),
  });
  return { status, user: body };
}
const signIn = async (username: string) => {
  const { body } = await app.request('POST /auth/login', { body: { username, password: TEST_PASSWORD } });
  return { token: body.access_token };
};
const newestMail = async (to: string) => {
  await app.settled();
  return (await app.mails(to))[0];
};

describe('a new account', () => {
  it.each<[string, { locale?: Locale; accepts?: string }, Locale]>([
    ['chooses', { locale: 'hi', accepts: 'ar' }, 'hi'],
    ['leaves it to the browser', { accepts: 'fr, ar-EG;q=0.8, en;q=0.2' }, 'ar'],
    ['wants one that we do not speak', { accepts: 'fr' }, 'en'],
    ['says nothing', {}, 'en'],
  ])('%s: its first mail is in that language', async (what, wish, locale) => {
    const username = what.replaceAll(' ', '_').slice(0, 20);
    const { user } = await register(username, wish);
    expect(user.locale).toBe(locale);
    expect(await newestMail(`${username}@example.org`)).toMatchObject({
      locale,
      subject: catalogues[locale].confirmAddress.subject,
    });
  });

  it('cannot have a language that we do not speak', async () => {
    const { status, user } = await register('polyglot', { locale: 'de' as never });
    expect(status).toBe(422);
    expect(user).toMatchObject({
      errors: [{ path: '/locale', code: 'not_one_of', params: { values: 'en, es, hi, ar' } }],
    });
  });
});

describe('the language of an account', () => {
  it('is changed by its owner, shown to nobody else, and what comes next follows it', async () => {
    const { user } = await register('mover', { locale: 'es' });
    const as = await signIn('mover');
    const changed = await app.request('PUT /auth/me', { as, body: { locale: 'ar' } });
    expect(changed.body).toMatchObject({ locale: 'ar', username: 'mover' });
    expect((await app.request('GET /auth/me', { as })).body.locale).toBe('ar');
    const seen = await app.request('GET /users/{id}', { as: await app.member(), params: { id: user.id } });
    expect(seen.body).not.toHaveProperty('locale');

    await app.request('POST /auth/password/forgot', { body: { email: 'mover@example.org' } });
    const mail = await newestMail('mover@example.org');
    expect(mail).toMatchObject({ locale: 'ar', subject: catalogues.ar.resetPassword.subject });
    expect(mail?.text).toContain('\u2068mover\u2069');
    expect(mail?.text).toMatch(/^http:\/\/localhost:8000\/reset-password\?token=[\w-]+$/m);
  });

  it('is that of an address’s owner when somebody else registers with it', async () => {
    await register('owner', { locale: 'hi' });
    // The welcome waits for a confirmed address; it is decided before there is one.
    await app.settled();
    await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE username = 'owner'`);
    await app.request('POST /auth/register', {
      body: { username: 'impostor', email: 'owner@example.org', password: TEST_PASSWORD, locale: 'es' },
    });
    expect(await newestMail('owner@example.org')).toMatchObject({
      locale: 'hi',
      subject: catalogues.hi.alreadyRegistered.subject,
    });
  });

  it('goes with the code for a badge', async () => {
    const admin = await app.member({ role: 'admin' });
    await app.request('POST /admin/college-domains', {
      as: admin,
      body: { domain: 'uni.example', college: 'Uni', kind: 'student' },
    });
    await register('reader', { locale: 'es' });
    await app.request('POST /auth/college-badge', { as: await signIn('reader'), body: { email: 'r@uni.example' } });
    const mail = await newestMail('r@uni.example');
    expect(mail).toMatchObject({ locale: 'es', subject: expect.stringMatching(/^Tu código es \d{6}$/) });
  });
});
