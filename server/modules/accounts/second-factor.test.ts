import { sql } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  // The clock stands still, so that no code's half minute ends between the test and the server.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});
afterAll(async () => {
  vi.useRealTimers();
  await app.close();
});

/** What an authenticator shows, `offset` steps of 30 seconds from now. */
const codeOf = (secret: string, offset = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + offset * 30_000 });

const wrongCode = (secret: string) => {
  const right = new Set([-2, -1, 0, 1, 2].map((offset) => codeOf(secret, offset)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code)) ?? '';
};

const login = (member: TestMember, factor: { totp?: string; recovery_code?: string } = {}) =>
  app.request('POST /auth/login', { body: { username: member.username, password: TEST_PASSWORD, ...factor } });

/** A member with the second factor on, by the code of the step before this one. */
async function protectedMember() {
  const member = await app.member();
  const { secret } = (await app.request('POST /auth/totp/setup', { as: member })).body;
  const { status, body } = await app.request('POST /auth/totp/confirm', {
    as: member,
    body: { code: codeOf(secret, -1) },
  });
  expect(status).toBe(200);
  return { member, secret, recoveryCodes: body.recovery_codes };
}

describe('setting up', () => {
  it('counts only once a code has confirmed it', async () => {
    const ada = await app.member();
    const { secret, otpauth_url } = (await app.request('POST /auth/totp/setup', { as: ada })).body;
    expect(otpauth_url).toMatch(/^otpauth:\/\/totp\/Collabthon:/);
    expect(otpauth_url).toContain(`secret=${secret}`);
    expect((await login(ada)).status).toBe(200);
    const wrong = await app.request('POST /auth/totp/confirm', { as: ada, body: { code: wrongCode(secret) } });
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ path: '/code' }] });
    expect((await login(ada)).status).toBe(200);

    const { body } = await app.request('POST /auth/totp/confirm', { as: ada, body: { code: codeOf(secret) } });
    expect(new Set(body.recovery_codes).size).toBe(10);
    expect((await app.request('GET /auth/me', { as: ada })).body.totp_enabled).toBe(true);
    expect((await app.request('POST /auth/totp/setup', { as: ada })).status).toBe(409);
  });

  it('keeps neither the secret nor the recovery codes in clear', async () => {
    const { member, secret, recoveryCodes } = await protectedMember();
    const { rows } = await app.db.execute<{ totp_secret: string }>(
      sql`SELECT totp_secret FROM accounts.users WHERE id = ${member.id}`,
    );
    expect(rows[0]?.totp_secret).not.toContain(secret);
    const kept = await app.db.execute(sql`SELECT * FROM accounts.recovery_codes WHERE user_id = ${member.id}`);
    expect(kept.rows).toHaveLength(10);
    for (const code of recoveryCodes) expect(JSON.stringify(kept.rows)).not.toContain(code);
  });

  it('is bound to its account: a secret copied to another row opens nothing', async () => {
    const { member, secret } = await protectedMember();
    const thief = await protectedMember();
    await app.db.execute(sql`
      UPDATE accounts.users SET totp_secret = (SELECT totp_secret FROM accounts.users WHERE id = ${thief.member.id}) WHERE id = ${member.id}`);
    expect((await login(member, { totp: codeOf(thief.secret) })).status).toBe(401);
    expect((await login(member, { totp: codeOf(secret) })).status).toBe(401);
  });
});

describe('signing in', () => {
  it('wants the code after the right password only', async () => {
    const { member, secret } = await protectedMember();
    const missing = await login(member);
    expect(missing.status).toBe(401);
    expect(missing.body).toMatchObject({ code: 'totp_required' });
    const wrongPassword = await app.request('POST /auth/login', {
      body: { username: member.username, password: 'wrong', totp: codeOf(secret) },
    });
    expect(wrongPassword.body).toMatchObject({ code: 'invalid_credentials' });
    expect((await login(member, { totp: wrongCode(secret) })).body).toMatchObject({ code: 'totp_invalid' });
    expect((await login(member, { totp: codeOf(secret) })).status).toBe(200);
  });

  it('accepts a code once, also in parallel, and none from before it', async () => {
    const { member, secret } = await protectedMember();
    const now = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 3 }, () => login(member, { totp: now })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await login(member, { totp: codeOf(secret, -1) })).status).toBe(401);
    expect((await login(member, { totp: codeOf(secret, 1) })).status).toBe(200);
  });

  it('does not accept the code that confirmed the setup', async () => {
    const { member, secret } = await protectedMember();
    expect((await login(member, { totp: codeOf(secret, -1) })).status).toBe(401);
  });

  it('forgives a clock that is half a minute off, and no more', async () => {
    const { member, secret } = await protectedMember();
    expect((await login(member, { totp: codeOf(secret, 3) })).status).toBe(401);
    expect((await login(member, { totp: codeOf(secret, 1) })).status).toBe(200);
  });

  it('works with each recovery code once, however it is typed', async () => {
    const { member, recoveryCodes } = await protectedMember();
    const [one = '', two = ''] = recoveryCodes;
    expect((await login(member, { recovery_code: one })).status).toBe(200);
    expect((await login(member, { recovery_code: one })).status).toBe(401);
    expect((await login(member, { recovery_code: ` ${two.toUpperCase().replace('-', ' ')} ` })).status).toBe(200);
    const other = await protectedMember();
    expect((await login(other.member, { recovery_code: recoveryCodes[2] ?? '' })).status).toBe(401);
  });

  it('slows down after five wrong codes, also for the right one, also from elsewhere', async () => {
    const { member, secret } = await protectedMember();
    for (let n = 0; n < 5; n += 1) expect((await login(member, { totp: wrongCode(secret) })).status).toBe(401);
    await app.db.execute(sql`UPDATE accounts.attempts SET last_at = now()`);
    const refused = await login(member, { totp: codeOf(secret) });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    await app.db.execute(sql`UPDATE accounts.attempts SET last_at = now()`);
    expect((await login(member, { recovery_code: 'aaaaa-aaaaa' })).status).toBe(429);
  });

  it('guards browser sessions, too', async () => {
    const { member, secret } = await protectedMember();
    const body = { username: member.username, password: TEST_PASSWORD };
    const missing = await app.request('POST /auth/browser-session', { body });
    expect(missing.status).toBe(401);
    expect(missing.headers.get('set-cookie')).toBeNull();
    const right = await app.request('POST /auth/browser-session', { body: { ...body, totp: codeOf(secret) } });
    expect(right.status).toBe(201);
  });
});

describe('turning it off', () => {
  const disable = (as: TestMember, body: { password?: string; code?: string; recovery_code?: string }) =>
    app.request('POST /auth/totp/disable', { as, body });

  it('wants the password and a code', async () => {
    const { member, secret } = await protectedMember();
    expect((await disable(member, { code: codeOf(secret) })).body).toMatchObject({
      status: 422,
      errors: [{ path: '/password' }],
    });
    expect((await disable(member, { password: TEST_PASSWORD })).body).toMatchObject({
      status: 422,
      errors: [{ path: '/code' }],
    });
    expect((await disable(member, { password: 'wrong', code: codeOf(secret) })).status).toBe(422);
    expect((await disable(member, { password: TEST_PASSWORD, code: wrongCode(secret) })).status).toBe(401);
    expect((await disable(member, { password: TEST_PASSWORD, code: codeOf(secret) })).status).toBe(204);
    expect((await login(member)).status).toBe(200);
    expect((await disable(member, {})).status).toBe(409);
  });

  it('works with a recovery code, and ends the others', async () => {
    const { member, recoveryCodes } = await protectedMember();
    const [one = '', two = ''] = recoveryCodes;
    expect((await disable(member, { password: TEST_PASSWORD, recovery_code: one })).status).toBe(204);
    const { secret } = (await app.request('POST /auth/totp/setup', { as: member })).body;
    await app.request('POST /auth/totp/confirm', { as: member, body: { code: codeOf(secret) } });
    expect((await login(member, { recovery_code: two })).status).toBe(401);
  });
});
