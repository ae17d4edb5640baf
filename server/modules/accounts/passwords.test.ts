import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const refresh = (refresh_token: string) => app.request('POST /auth/refresh', { body: { refresh_token } });
const me = (token: string) => app.request('GET /auth/me', { as: { token } });
const login = async (username: string, password = TEST_PASSWORD) =>
  (await app.request('POST /auth/login', { body: { username, password } })).body;

describe('passwords', () => {
  const NEXT = 'a wholly different pass phrase';
  const forgot = (email: string) => app.request('POST /auth/password/forgot', { body: { email } });
  const reset = (token: string, password = NEXT) =>
    app.request('POST /auth/password/reset', { body: { token, password } });

  async function resetToken(email: string): Promise<string> {
    await forgot(email);
    await app.settled();
    const mail = (await app.mails(email)).find(({ subject }) => subject === 'Choose a new password');
    const token = /http:\/\/localhost:8000\/reset-password\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
    if (!token) throw new Error('No reset mail came.');
    return token;
  }

  it('are changed with the old one, and other sessions end', async () => {
    const ada = await app.member();
    const other = await login(ada.username);
    const change = (current_password: string, new_password: string) =>
      app.request('POST /auth/password/change', { as: ada, body: { current_password, new_password } });

    expect((await change('wrong', NEXT)).body).toMatchObject({ status: 422, errors: [{ path: '/current_password' }] });
    expect((await change(TEST_PASSWORD, 'password123')).body).toMatchObject({
      status: 422,
      errors: [{ path: '/new_password' }],
    });
    expect((await change(TEST_PASSWORD, NEXT)).status).toBe(204);
    expect((await me(ada.token)).status).toBe(200);
    expect((await refresh(ada.refresh_token)).status).toBe(200);
    expect((await me(other.access_token)).status).toBe(401);
    expect(
      (await app.request('POST /auth/login', { body: { username: ada.username, password: TEST_PASSWORD } })).status,
    ).toBe(401);
    expect((await login(ada.username, NEXT)).access_token).toBeTruthy();
  });

  it('cannot be tried out by whoever holds a session', async () => {
    const ada = await app.member();
    const body = { current_password: 'wrong', new_password: NEXT };
    for (let n = 0; n < 5; n += 1)
      expect((await app.request('POST /auth/password/change', { as: ada, body })).status).toBe(422);
    await app.db.execute(sql`UPDATE accounts.attempts SET last_at = now()`);
    const refused = await app.request('POST /auth/password/change', {
      as: ada,
      body: { ...body, current_password: TEST_PASSWORD },
    });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
  });

  it('are reset by a mailed link, once, and every session ends', async () => {
    const ada = await app.member();
    const token = await resetToken(ada.email);
    expect((await reset(token, 'password123')).status).toBe(422);
    expect((await reset(token)).status).toBe(204);
    expect((await me(ada.token)).status).toBe(401);
    expect((await refresh(ada.refresh_token)).status).toBe(401);
    expect((await login(ada.username, NEXT)).access_token).toBeTruthy();
    const again = await reset(token, 'yet another pass phrase');
    expect(again.status).toBe(422);
    expect(again.body).toMatchObject({ code: 'token_expired' });
  });

  it('are not reset by an expired link, a confirmation link, or the loser of two at once', async () => {
    const ada = await app.member();
    await app.settled();
    const confirmation = /token=([\w-]+)/.exec((await app.mails(ada.email))[0]?.text ?? '')?.[1] ?? '';
    expect((await reset(confirmation)).status).toBe(422);
    const token = await resetToken(ada.email);
    const answers = await Promise.all([reset(token), reset(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);

    const bob = await app.member();
    const old = await resetToken(bob.email);
    await app.db.execute(sql`UPDATE accounts.mailed_tokens SET expires_at = now() WHERE email = ${bob.email}`);
    expect((await reset(old)).status).toBe(422);
  });

  it('answer alike for every address; mail goes only to one with an account, once a minute', async () => {
    const ada = await app.member();
    const answers = [await forgot(ada.email), await forgot('nobody@example.org'), await forgot(ada.email)];
    for (const { status, body } of answers) expect([status, body]).toEqual([202, undefined]);
    await app.settled();
    expect(await app.mails('nobody@example.org')).toEqual([]);
    expect((await app.mails(ada.email)).filter(({ subject }) => subject === 'Choose a new password')).toHaveLength(1);
  });

  it('are reset for each of several unconfirmed accounts of an address, the oldest ones, by one mail', async () => {
    const email = 'wanted@example.org';
    const names = Array.from({ length: 6 }, (_, n) => `wanted_${n}`);
    for (const username of names) await app.member({ username, email });
    await forgot(email.toUpperCase());
    await app.settled();
    const mails = (await app.mails(email)).filter(({ subject }) => subject === 'Choose a new password');
    expect(mails).toHaveLength(1);
    const links = [...(mails[0]?.text ?? '').matchAll(/(wanted_\d):\n\S+\/reset-password\?token=([\w-]+)/g)];
    expect(links.map(([, name]) => name)).toEqual(names.slice(0, 5));

    expect((await reset(links[0]?.[2] ?? '')).status).toBe(204);
    expect((await login('wanted_0', NEXT)).access_token).toBeTruthy();
    expect((await login('wanted_1')).access_token).toBeTruthy();
    const { rows } = await app.db.execute(sql`SELECT 1 FROM accounts.users WHERE email = ${email} AND is_verified`);
    expect(rows).toEqual([]);
    expect((await reset(links[1]?.[2] ?? '')).status).toBe(204);
  });

  it('are reset for the owner alone once an address is confirmed', async () => {
    const email = 'owned@example.org';
    await app.member({ username: 'squatter', email });
    const owner = await app.member({ username: 'the_owner', email });
    await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE id = ${owner.id}`);
    expect((await reset(await resetToken(email))).status).toBe(204);
    expect((await login('the_owner', NEXT)).access_token).toBeTruthy();
    expect((await login('squatter')).access_token).toBeTruthy();
  });

  it('are mailed about a few times a day, however many accounts name the address', async () => {
    const email = 'often@example.org';
    await app.member({ email });
    await app.member({ email });
    for (let n = 0; n < 7; n += 1) {
      await forgot(email);
      await app.settled();
      await app.db.execute(
        sql`UPDATE accounts.mailed_tokens SET created_at = created_at - interval '2 minutes' WHERE email = ${email}`,
      );
    }
    expect((await app.mails(email)).filter(({ subject }) => subject === 'Choose a new password')).toHaveLength(5);
  });

  it('are limited in guessing links', async () => {
    const guesses = await startTestApp();
    try {
      for (let n = 0; n < 20; n += 1) {
        const answer = await guesses.request('POST /auth/verify-email', { body: { token: `guess ${n}` } });
        expect(answer.status).toBe(422);
      }
      await guesses.db.execute(sql`UPDATE accounts.attempts SET last_at = now()`);
      expect(
        (await guesses.request('POST /auth/password/reset', { body: { token: 'guess', password: NEXT } })).status,
      ).toBe(429);
    } finally {
      await guesses.close();
    }
  });
});
