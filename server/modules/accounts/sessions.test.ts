import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSigningKey } from '../../platform/config/secrets.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSecrets } from './secrets.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const refresh = (refresh_token: string) => app.request('POST /auth/refresh', { body: { refresh_token } });
const me = (token: string) => app.request('GET /auth/me', { as: { token } });
const login = async (username: string, password = TEST_PASSWORD) =>
  (await app.request('POST /auth/login', { body: { username, password } })).body;

/** Lets time pass for one person's sessions. */
const later = (userId: number, interval: string) =>
  app.db.execute(sql`
    UPDATE accounts.sessions SET rotated_at = rotated_at - ${interval}::interval,
      last_used_at = last_used_at - ${interval}::interval WHERE user_id = ${userId}`);

/** Signs in as a browser. @returns the cookie and the header that set it */
async function browser(username: string) {
  const answer = await app.request('POST /auth/browser-session', { body: { username, password: TEST_PASSWORD } });
  expect(answer.status).toBe(201);
  const header = answer.headers.get('set-cookie') ?? '';
  return { header, cookie: header.split(';')[0] ?? '', user: answer.body };
}

const withCookie = (path: string, cookie: string, init: RequestInit = {}) =>
  app.fetch(`/api/v1${path}`, { ...init, headers: { cookie, 'sec-fetch-site': 'same-origin', ...init.headers } });

describe('refresh tokens', () => {
  it('rotate: every exchange gives a new pair that works', async () => {
    const ada = await app.member();
    let token = ada.refresh_token;
    const seen = new Set([token]);
    for (let n = 0; n < 3; n += 1) {
      const { status, body } = await refresh(token);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800 });
      expect(seen.has(body.refresh_token)).toBe(false);
      seen.add(body.refresh_token);
      expect((await me(body.access_token)).body.id).toBe(ada.id);
      token = body.refresh_token;
    }
  });

  it('may be used again within seconds, when the answer was lost, and give the same successor', async () => {
    const ada = await app.member();
    const first = await refresh(ada.refresh_token);
    const again = await refresh(ada.refresh_token);
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    expect((await refresh(again.body.refresh_token)).status).toBe(200);
  });

  it('survive parallel use', async () => {
    const ada = await app.member();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(ada.refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
  });

  it('revoke the family when the predecessor comes back after the grace', async () => {
    const ada = await app.member();
    const { body } = await refresh(ada.refresh_token);
    await later(ada.id, '11 seconds');
    expect((await refresh(ada.refresh_token)).status).toBe(401);
    // The thief's copy, or the owner's: neither works any more.
    expect((await refresh(body.refresh_token)).status).toBe(401);
    expect((await me(body.access_token)).status).toBe(401);
    expect((await me(ada.token)).status).toBe(401);
  });

  it('revoke the family when an older generation comes back, even at once', async () => {
    const ada = await app.member();
    const second = await refresh(ada.refresh_token);
    const third = await refresh(second.body.refresh_token);
    expect((await refresh(ada.refresh_token)).status).toBe(401);
    expect((await refresh(third.body.refresh_token)).status).toBe(401);
  });

  it('revoke only their own family', async () => {
    const ada = await app.member();
    const other = await login(ada.username);
    await refresh(ada.refresh_token);
    await later(ada.id, '11 seconds');
    expect((await refresh(ada.refresh_token)).status).toBe(401);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  it('cannot be ended by a guess', async () => {
    const ada = await app.member();
    const [session, secret = '', tag = ''] = ada.refresh_token.split('.');
    const guesses = [
      `${session}.${'A'.repeat(43)}.${tag}`,
      `${session}.${secret}.${'A'.repeat(43)}`,
      `${session}.${'A'.repeat(43)}.${'A'.repeat(43)}`,
      `${session}..`,
      `${session}`,
      '0.x.y',
      '..',
      'x',
      ' ',
      `${Number(session) + 1}.${secret}.${tag}`,
    ];
    for (const guess of guesses) expect((await refresh(guess)).status).toBe(401);
    expect((await refresh(ada.refresh_token)).status).toBe(200);
  });

  it('end after 7 days without use and 30 days in all', async () => {
    const ada = await app.member();
    await later(ada.id, '6 days 23 hours');
    const { status, body } = await refresh(ada.refresh_token);
    expect(status).toBe(200);
    await later(ada.id, '7 days 1 second');
    expect((await refresh(body.refresh_token)).status).toBe(401);

    const bob = await app.member();
    await app.db.execute(
      sql`UPDATE accounts.sessions SET created_at = now() - interval '30 days' WHERE user_id = ${bob.id}`,
    );
    expect((await refresh(bob.refresh_token)).status).toBe(401);
  });

  it('are no access tokens, nor are access tokens refresh tokens', async () => {
    const ada = await app.member();
    expect((await me(ada.refresh_token)).status).toBe(401);
    expect((await refresh(ada.token)).status).toBe(401);
  });

  it('are kept only as hashes', async () => {
    const ada = await app.member();
    const [, secret] = ada.refresh_token.split('.');
    const { rows } = await app.db.execute(sql`SELECT * FROM accounts.sessions WHERE user_id = ${ada.id}`);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('are read back exactly, and only under the key that made them', () => {
    const ours = createRefreshTokens(createSecrets(makeSigningKey()));
    const others = createRefreshTokens(createSecrets(makeSigningKey()));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 50 }), fc.nat({ max: 200 }), (sessionId, at) => {
        const secret = ours.firstSecret();
        const token = ours.format(sessionId, secret);
        expect(ours.parse(token)).toEqual({ sessionId, secret });
        expect(others.parse(token)).toBeNull();
        const place = at % token.length;
        const changed = token.slice(0, place) + (token[place] === 'x' ? 'y' : 'x') + token.slice(place + 1);
        expect(ours.parse(changed)).toBeNull();
      }),
    );
  });
});

describe('access tokens', () => {
  it('of another key, of no algorithm, or of a shared secret are refused', async () => {
    const ada = await app.member();
    const claims = { username: ada.username, role: 'admin', sid: 1, verified: true };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setSubject(String(ada.id))
      .setIssuer('collabthon')
      .setAudience('collabthon')
      .setExpirationTime('1h')
      .sign(Buffer.from('secret'.repeat(8)));
    const [, payload] = forged.split('.');
    const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')}.${payload}.`;
    for (const token of [forged, none]) expect((await me(token)).status).toBe(401);
  });
});

describe('browser sessions', () => {
  it('are a cookie that scripts cannot read and other sites do not send', async () => {
    const ada = await app.member();
    const { header, cookie, user } = await browser(ada.username);
    expect(header).toMatch(/^session=[\w-]{43}; /);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=2592000'])
      expect(header).toContain(attribute);
    expect(user).toMatchObject({ id: ada.id, email: ada.email });
    expect(((await (await withCookie('/auth/me', cookie)).json()) as { id: number }).id).toBe(ada.id);
  });

  it('begin with a new token at every sign-in, whatever cookie was there', async () => {
    const ada = await app.member();
    const one = await browser(ada.username);
    const answer = await withCookie('/auth/browser-session', one.cookie, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: ada.username, password: TEST_PASSWORD }),
    });
    const two = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(two).toMatch(/^session=[\w-]{43}$/);
    expect(two).not.toBe(one.cookie);
    const planted = `session=${'A'.repeat(43)}`;
    expect((await withCookie('/auth/me', planted)).status).toBe(401);
  });

  it('end at sign-out, at once, and the cookie goes', async () => {
    const ada = await app.member();
    const { cookie } = await browser(ada.username);
    expect((await withCookie('/auth/me', cookie)).status).toBe(200);
    const out = await withCookie('/auth/logout', cookie, { method: 'POST' });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^session=;.*Expires=Thu, 01 Jan 1970/);
    expect((await withCookie('/auth/me', cookie)).status).toBe(401);
    // Other sessions stay.
    expect((await me(ada.token)).status).toBe(200);
  });

  it('end after 7 days without use', async () => {
    const ada = await app.member();
    const { cookie } = await browser(ada.username);
    await later(ada.id, '7 days 1 second');
    expect((await withCookie('/auth/me', cookie)).status).toBe(401);
  });

  it('go on while they are used, up to 30 days', async () => {
    const ada = await app.member();
    const { cookie } = await browser(ada.username);
    await later(ada.id, '6 days');
    expect((await withCookie('/auth/me', cookie)).status).toBe(200);
    const { rows } = await app.db.execute(sql`
      SELECT last_used_at > now() - interval '1 minute' AS is_fresh FROM accounts.sessions WHERE user_id = ${ada.id} AND kind = 'browser'`);
    expect(rows).toEqual([{ is_fresh: true }]);

    const bob = await app.member();
    const old = await browser(bob.username);
    await app.db.execute(
      sql`UPDATE accounts.sessions SET created_at = now() - interval '30 days' WHERE user_id = ${bob.id}`,
    );
    expect((await withCookie('/auth/me', old.cookie)).status).toBe(401);
  });

  it('have no refresh token', async () => {
    const ada = await app.member();
    const { cookie } = await browser(ada.username);
    expect((await refresh(cookie.replace('session=', ''))).status).toBe(401);
  });

  it('are called __Host- and Secure where people come by https', async () => {
    const { testConfig } = await import('../../platform/config/test-config.ts');
    const http = { ...testConfig().http, publicUrl: 'https://collabthon.example' };
    const secure = await startTestApp({ config: { http } });
    try {
      const ada = await secure.member();
      const answer = await secure.request('POST /auth/browser-session', {
        body: { username: ada.username, password: TEST_PASSWORD },
      });
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-session=[\w-]{43};.*Path=\/;.*Secure/);
    } finally {
      await secure.close();
    }
  });
});

describe('my sessions', () => {
  it('are listed with the current one marked, without tokens', async () => {
    const ada = await app.member();
    await browser(ada.username);
    const { body } = await app.request('GET /auth/sessions', { as: ada });
    expect(body.items.map(({ kind, is_current }) => [kind, is_current])).toEqual([
      ['browser', false],
      ['token', true],
    ]);
    expect(Object.keys(body.items[0] ?? {}).sort()).toEqual([
      'created_at',
      'id',
      'is_current',
      'kind',
      'last_used_at',
      'user_agent',
    ]);
  });

  it('can be ended one by one, by their owner only', async () => {
    const ada = await app.member();
    const eve = await app.member();
    const { cookie } = await browser(ada.username);
    const { items } = (await app.request('GET /auth/sessions', { as: ada })).body;
    const id = items.find(({ kind }) => kind === 'browser')?.id ?? 0;

    expect((await app.request('DELETE /auth/sessions/{id}', { as: eve, params: { id } })).status).toBe(404);
    expect((await withCookie('/auth/me', cookie)).status).toBe(200);
    expect((await app.request('DELETE /auth/sessions/{id}', { as: ada, params: { id } })).status).toBe(204);
    expect((await withCookie('/auth/me', cookie)).status).toBe(401);
    expect((await app.request('DELETE /auth/sessions/{id}', { as: ada, params: { id } })).status).toBe(404);
    expect((await me(ada.token)).status).toBe(200);
  });

  it('end everywhere together', async () => {
    const ada = await app.member();
    const other = await login(ada.username);
    const { cookie } = await browser(ada.username);
    expect((await app.request('POST /auth/logout-everywhere', { as: ada })).status).toBe(204);
    expect((await me(ada.token)).status).toBe(401);
    expect((await me(other.access_token)).status).toBe(401);
    expect((await refresh(other.refresh_token)).status).toBe(401);
    expect((await withCookie('/auth/me', cookie)).status).toBe(401);
  });
});
