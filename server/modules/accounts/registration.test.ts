import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const register = (username: string, email: string, password = TEST_PASSWORD) =>
  app.request('POST /auth/register', { body: { username, email, password } });

const login = (username: string, password = TEST_PASSWORD) =>
  app.request('POST /auth/login', { body: { username, password } });

/** The token of the newest mail to this address that has a link to this page. */
async function mailedToken(email: string, page: string): Promise<string> {
  await app.settled();
  for (const { text } of await app.mails(email)) {
    const token = new RegExp(`http://localhost:8000/${page}\\?token=([\\w-]+)`).exec(text)?.[1];
    if (token) return token;
  }
  throw new Error(`No mail to ${email} leads to ${page}.`);
}

describe('registration', () => {
  it('opens an account that its owner can use at once', async () => {
    const { status, body } = await register('ada', 'Ada@Example.org');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      username: 'ada',
      email: 'Ada@Example.org',
      role: 'student',
      is_active: true,
      is_verified: false,
      is_google_account: false,
      college_badge: null,
    });
    expect(JSON.stringify(body)).not.toContain('argon2');
    const token = (await login('ada')).body.access_token;
    expect((await app.request('GET /auth/me', { as: { token } })).body).toEqual(body);
  });

  it('keeps an argon2id hash with the parameters of the cheat sheet', async () => {
    const { rows } = await app.db.execute<{ password_hash: string }>(
      sql`SELECT password_hash FROM accounts.users WHERE username = 'ada'`,
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('refuses a taken username in any case, and says where', async () => {
    const { status, body } = await register('ADA', 'other@example.org');
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'username_taken', errors: [{ path: '/username' }] });
  });

  it('lets one of many win when they ask for a name at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => register('rushed', `rushed${n}@example.org`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it.each([
    ['a common password', 'password123'],
    ['a common password in capitals', 'PASSWORD123'],
    ['the username', 'grace_hopper'],
    ['the address', 'grace.h@example.org'],
    ['a short one', 'x7-Qk2'],
  ])('refuses %s', async (_what, password) => {
    const { status, body } = await register('grace_hopper', 'grace.h@example.org', password);
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ path: '/password' }] });
  });

  it('takes a long passphrase without any digits or capitals', async () => {
    expect(
      (await register('phrases', 'phrases@example.org', 'æ quiet river under an old bridge '.repeat(5))).status,
    ).toBe(201);
  });

  it('refuses fields that would make one more than a student', async () => {
    const body = {
      username: 'eve',
      email: 'eve@example.org',
      password: TEST_PASSWORD,
      role: 'admin',
      is_active: true,
    } as never;
    const answer = await app.request('POST /auth/register', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ path: '/role' }, { path: '/is_active' }] });
  });

  it('publishes the account with the row, once', async () => {
    await app.settled();
    const { rows } = await app.db.execute(sql`
      SELECT 1 FROM pgboss.job WHERE name = 'profiles/events' AND data->>'name' = 'member.registered' AND data->'payload'->>'username' = 'ada'`);
    expect(rows).toHaveLength(1);
  });
});

describe('the address', () => {
  it('is confirmed by the mailed token, once', async () => {
    await register('vera', 'vera@example.org');
    const token = await mailedToken('vera@example.org', 'verify-email');
    expect((await app.request('POST /auth/verify-email', { body: { token } })).status).toBe(204);
    const access = (await login('vera@EXAMPLE.org')).body.access_token;
    expect((await app.request('GET /auth/me', { as: { token: access } })).body.is_verified).toBe(true);
    expect((await app.request('POST /auth/verify-email', { body: { token } })).status).toBe(422);
  });

  it('is kept by its owner: a second account learns nothing, its mail goes to the owner and has no link', async () => {
    const { status, body } = await register('vera2', 'VERA@example.org');
    expect(status).toBe(201);
    expect(body.is_verified).toBe(false);
    await app.settled();
    const [mail] = await app.mails('vera@example.org');
    expect(mail?.subject).toBe('This address has an account already');
    expect(mail?.text).not.toContain('token=');
    // Signing in by the address goes on to mean the owner.
    const access = (await login('vera@example.org')).body.access_token;
    expect((await app.request('GET /auth/me', { as: { token: access } })).body.username).toBe('vera');
  });

  it('gives nothing away when the mail is asked for again', async () => {
    const answers = [];
    for (const email of ['vera@example.org', 'nobody-has-this@example.org']) {
      const spy = await app.member({ email });
      await app.settled();
      await app.db.execute(
        sql`UPDATE accounts.mailed_tokens SET created_at = now() - interval '2 minutes' WHERE lower(email) = ${email}`,
      );
      const first = await app.request('POST /auth/verify-email/resend', { as: spy });
      const second = await app.request('POST /auth/verify-email/resend', { as: spy });
      answers.push([first.status, second.status]);
    }
    expect(answers).toEqual([
      [202, 429],
      [202, 429],
    ]);
  });

  it('belongs to the first of two who confirm it', async () => {
    await register('first', 'shared@example.org');
    const one = await mailedToken('shared@example.org', 'verify-email');
    await register('second', 'shared@example.org');
    const two = await mailedToken('shared@example.org', 'verify-email');
    expect(two).not.toBe(one);
    const answers = await Promise.all(
      [one, two].map((token) => app.request('POST /auth/verify-email', { body: { token } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('is not confirmed by a token that has expired', async () => {
    await register('late', 'late@example.org');
    const token = await mailedToken('late@example.org', 'verify-email');
    await app.db.execute(sql`UPDATE accounts.mailed_tokens SET expires_at = now() WHERE email = 'late@example.org'`);
    expect((await app.request('POST /auth/verify-email', { body: { token } })).status).toBe(422);
  });

  it('gets at most a few mails a day, whoever types it', async () => {
    for (let n = 0; n < 7; n += 1) await register(`bomber${n}`, 'target@example.org');
    await app.settled();
    expect(await app.mails('target@example.org')).toHaveLength(5);
  });

  it('is mailed again on request, but not at once', async () => {
    const nora = await app.member();
    await app.settled();
    const tooSoon = await app.request('POST /auth/verify-email/resend', { as: nora });
    expect(tooSoon.status).toBe(429);
    expect(Number(tooSoon.headers.get('retry-after'))).toBeGreaterThan(0);
    await app.db.execute(
      sql`UPDATE accounts.mailed_tokens SET created_at = now() - interval '2 minutes' WHERE email = ${nora.email}`,
    );
    expect((await app.request('POST /auth/verify-email/resend', { as: nora })).status).toBe(202);
    await app.settled();
    expect(await app.mails(nora.email)).toHaveLength(2);
  });

  it('is greeted once, however often the job runs', async () => {
    const olga = await app.member();
    await app.db.transaction((tx) =>
      app.platform.jobs.send(tx, 'accounts.process_user_registration', { user_id: olga.id }),
    );
    await app.settled();
    expect(await app.mails(olga.email)).toHaveLength(1);
  });
});

describe('changing the account', () => {
  it('wants the password for a new address; the confirmed one stays in force until that is confirmed, and is told', async () => {
    await register('mia', 'mia@example.org');
    const old = await mailedToken('mia@example.org', 'verify-email');
    await app.request('POST /auth/verify-email', { body: { token: old } });
    const as = { token: (await login('mia')).body.access_token };

    for (const password of [undefined, 'not the password']) {
      const refused = await app.request('PUT /auth/me', {
        as,
        body: { email: 'mia@new.example', ...(password && { password }) },
      });
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({ errors: [{ path: '/password' }] });
    }
    const changed = await app.request('PUT /auth/me', {
      as,
      body: { email: 'mia@new.example', password: TEST_PASSWORD },
    });
    expect(changed.body).toMatchObject({
      email: 'mia@example.org',
      pending_email: 'mia@new.example',
      is_verified: true,
    });

    const token = await mailedToken('mia@new.example', 'verify-email');
    expect((await app.mails('mia@example.org'))[0]?.subject).toBe('Your address is about to change');
    expect((await login('mia@example.org')).status).toBe(200);
    expect((await login('mia@new.example')).status).toBe(401);
    expect((await app.request('POST /auth/verify-email', { body: { token } })).status).toBe(204);
    await app.settled();
    expect((await app.mails('mia@example.org'))[0]?.subject).toBe('Your address was changed');
    expect((await login('mia@example.org')).status).toBe(401);
    expect((await login('mia@new.example')).status).toBe(200);
    expect((await app.request('GET /auth/me', { as })).body).toMatchObject({
      email: 'mia@new.example',
      pending_email: null,
      is_verified: true,
    });
  });

  describe('to another address that is confirmed', () => {
    const confirmed = async () => {
      const member = await app.member();
      const token = await mailedToken(member.email, 'verify-email');
      await app.request('POST /auth/verify-email', { body: { token } });
      return member;
    };
    const ask = async (as: Awaited<ReturnType<typeof confirmed>>, email: string) => {
      await app.request('PUT /auth/me', { as, body: { email, password: TEST_PASSWORD } });
      return mailedToken(email, 'verify-email');
    };
    const verify = async (token: string) => (await app.request('POST /auth/verify-email', { body: { token } })).status;

    it('is taken back by asking for the old one, and replaced by asking for yet another', async () => {
      const ivy = await confirmed();
      const typo = await ask(ivy, 'ivy@tpyo.example');
      const right = await ask(ivy, 'ivy@typo.example');
      expect(await verify(typo)).toBe(422);
      const back = await app.request('PUT /auth/me', { as: ivy, body: { email: ivy.email } });
      expect(back.body).toMatchObject({ email: ivy.email, is_verified: true });
      expect(await verify(right)).toBe(422);
    });

    it('goes to whoever confirms the new one first', async () => {
      const [one, two] = [await confirmed(), await confirmed()];
      const tokens = [await ask(one, 'race@new.example'), await ask(two, 'race@new.example')];
      expect((await Promise.all(tokens.map(verify))).sort()).toEqual([204, 409]);
    });

    it('can be mailed again, and ends with a new password', async () => {
      const zoe = await confirmed();
      const token = await ask(zoe, 'zoe@new.example');
      const resend = () => app.request('POST /auth/verify-email/resend', { as: zoe });
      await app.db.execute(sql`UPDATE accounts.mailed_tokens SET created_at = now() - interval '2 minutes'`);
      expect((await resend()).status).toBe(202);
      await app.settled();
      expect(await app.mails('zoe@new.example')).toHaveLength(2);
      const body = { current_password: TEST_PASSWORD, new_password: 'a wholly different pass phrase' };
      expect((await app.request('POST /auth/password/change', { as: zoe, body })).status).toBe(204);
      expect(await verify(token)).toBe(422);
      expect((await resend()).status).toBe(409);
    });
  });

  it('makes links to the old address worthless', async () => {
    const lea = await app.member();
    const token = await mailedToken(lea.email, 'verify-email');
    await app.request('PUT /auth/me', { as: lea, body: { email: 'lea@new.example', password: TEST_PASSWORD } });
    expect((await app.request('POST /auth/verify-email', { body: { token } })).status).toBe(422);
  });

  it('takes a free username and refuses a taken one', async () => {
    const kim = await app.member();
    expect((await app.request('PUT /auth/me', { as: kim, body: { username: 'Ada' } })).status).toBe(409);
    expect((await app.request('PUT /auth/me', { as: kim, body: { username: 'kim_new' } })).body.username).toBe(
      'kim_new',
    );
    expect((await login('kim_new')).status).toBe(200);
  });

  it.each(['role', 'is_active', 'is_verified', 'id'])('does not take %s', async (field) => {
    const max = await app.member();
    const answer = await app.request('PUT /auth/me', {
      as: max,
      body: { [field]: field === 'role' ? 'admin' : true } as never,
    });
    expect(answer.status).toBe(422);
    expect((await app.request('GET /auth/me', { as: max })).body).toMatchObject({
      role: 'student',
      is_verified: false,
    });
  });
});
