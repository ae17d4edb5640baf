import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';
import { ownPath, usernames } from './oauth.ts';
import { HOME, openBrowser, problemOf } from './test-oauth-browser.ts';
import { approve, CLIENT, type Person, startOpenIdProvider } from './test-oauth-stand-ins.ts';

let honest: Awaited<ReturnType<typeof startOpenIdProvider>>;
let app: TestApp;
let start: ReturnType<typeof openBrowser>['start'];
let finish: ReturnType<typeof openBrowser>['finish'];
let meBy: ReturnType<typeof openBrowser>['meBy'];

beforeAll(async () => {
  honest = await startOpenIdProvider(`${HOME}/api/v1/auth/oauth/google/callback`);
  const other = { id: 'oidc', name: 'my college', kind: 'oidc', issuer: 'http://127.0.0.1:9', ...CLIENT } as const;
  app = await startTestApp({
    config: { oidc: [{ id: 'google', name: 'Google', kind: 'oidc', issuer: honest.issuer, ...CLIENT }, other] },
  });
  ({ start, finish, meBy } = openBrowser(app));
});
afterAll(async () => {
  await app.close();
  await honest.close();
});

/** The whole way through the real provider. */
async function signIn(person: Person, options: { cookies?: string[]; returnTo?: string } = {}) {
  honest.become(person);
  const begun = await start('google', options);
  const back = await approve(begun.location.href);
  expect(back.origin + back.pathname).toBe(`${HOME}/api/v1/auth/oauth/google/callback`);
  return finish('google', back.searchParams, [...(options.cookies ?? []), ...begun.cookies]);
}

async function verifiedMember() {
  const member = await app.member();
  await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE id = ${member.id}`);
  return member;
}

async function browserSession(username: string) {
  const answer = await app.request('POST /auth/browser-session', { body: { username, password: TEST_PASSWORD } });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('signing in with an OpenID provider', () => {
  it('opens an account for a new person, and finds it again by the subject', async () => {
    const first = await signIn({
      sub: 's-1',
      email: 'Grace@uni.example',
      email_verified: true,
      preferred_username: 'Grace Hopper',
    });
    expect(first.location).toBe('/work');
    const me = await meBy(first.session);
    expect(me).toMatchObject({
      username: 'GraceHopper',
      email: 'Grace@uni.example',
      is_verified: true,
      is_google_account: true,
      has_password: false,
      locale: 'hi',
    });
    // Another address and name at the provider: still the same person.
    const again = await signIn({
      sub: 's-1',
      email: 'g@elsewhere.example',
      email_verified: true,
      preferred_username: 'other',
    });
    expect(await meBy(again.session)).toMatchObject({ id: me.id, username: 'GraceHopper', email: 'Grace@uni.example' });
  });

  it('finds a username that is free', async () => {
    const taken = await app.member({ username: 'alan' });
    const { session } = await signIn({
      sub: 's-2',
      email: 'alan@uni.example',
      email_verified: true,
      preferred_username: 'alan',
    });
    const me = await meBy(session);
    expect(me.username).toMatch(/^alan[0-9]+$/);
    expect(me.id).not.toBe(taken.id);
  });

  it('never lets a password open such an account', async () => {
    const { session } = await signIn({ sub: 's-3', email: 'nopass@uni.example', email_verified: true });
    const { username } = await meBy(session);
    for (const password of [' ', 'null', 'x']) {
      const answer = await app.request('POST /auth/login', { body: { username: String(username), password } });
      expect(answer.status).toBe(401);
    }
  });

  it('does not hand an account with a password to whoever brings its address', async () => {
    const ada = await verifiedMember();
    const person = { sub: 's-4', email: ada.email.toUpperCase(), email_verified: true };
    const refused = await signIn(person);
    expect(refused.session).toBeUndefined();
    expect(problemOf(refused.location)).toBe('link_required');
    expect(new URL(refused.location, HOME).searchParams.get('next')).toBe('/work');

    // Signed in, the owner links it; from then on it opens the account.
    const cookie = await browserSession(ada.username);
    const linked = await signIn(person, { cookies: [cookie], returnTo: '/settings/security' });
    expect(linked.location).toBe('/settings/security');
    expect((await meBy((await signIn(person)).session)).id).toBe(ada.id);
  });

  it('does not trust an address that the provider has not confirmed', async () => {
    for (const person of [
      { sub: 's-5', email: 'unsure@uni.example', email_verified: false },
      { sub: 's-6', email: 'unsaid@uni.example' },
    ]) {
      const { location, session } = await signIn(person);
      expect(session).toBeUndefined();
      expect(problemOf(location)).toBe('email_unverified');
    }
  });

  it('leaves an unconfirmed account of the same address alone', async () => {
    const squatter = await app.member({ email: 'owner@uni.example' });
    const { session } = await signIn({ sub: 's-7', email: 'owner@uni.example', email_verified: true });
    const me = await meBy(session);
    expect(me.id).not.toBe(squatter.id);
    expect(me).toMatchObject({ email: 'owner@uni.example', is_verified: true });
  });

  it('is no way past a username that looks like an address', async () => {
    const answer = await app.request('POST /auth/register', {
      body: { username: 'victim@uni.example', email: 'x@uni.example', password: TEST_PASSWORD },
    });
    expect(answer.status).toBe(422);
  });

  it('does not link what belongs to another account', async () => {
    const person = { sub: 's-8', email: 'taken@uni.example', email_verified: true };
    const owner = await meBy((await signIn(person)).session);
    const eve = await verifiedMember();
    const cookie = await browserSession(eve.username);
    const { location } = await signIn(person, { cookies: [cookie] });
    expect(problemOf(location)).toBe('identity_taken');
    expect((await meBy((await signIn(person)).session)).id).toBe(owner.id);
  });

  it('keeps a suspended account out', async () => {
    const person = { sub: 's-9', email: 'gone@uni.example', email_verified: true };
    const { id } = await meBy((await signIn(person)).session);
    await app.db.execute(sql`UPDATE accounts.users SET is_active = false WHERE id = ${id}`);
    const { location, session } = await signIn(person);
    expect([problemOf(location), session]).toEqual(['account_suspended', undefined]);
  });

  it('makes one account when the same new person comes twice at once', async () => {
    honest.become({ sub: 's-10', email: 'twice@uni.example', email_verified: true });
    const flows = [await start('google'), await start('google')];
    const backs = [await approve(flows[0]?.location.href ?? ''), await approve(flows[1]?.location.href ?? '')];
    const ends = await Promise.all(
      backs.map((back, n) => finish('google', back.searchParams, flows[n]?.cookies ?? [])),
    );
    const [one, two] = [await meBy(ends[0]?.session), await meBy(ends[1]?.session)];
    expect(one.id).toEqual(expect.any(Number));
    expect(two.id).toBe(one.id);
  });
});

describe('the flow', () => {
  it('asks with PKCE, state and nonce, and keeps them sealed in a short-lived cookie', async () => {
    const { location, response, cookies } = await start('google');
    const query = Object.fromEntries(location.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: 'collabthon',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      redirect_uri: `${HOME}/api/v1/auth/oauth/google/callback`,
    });
    expect(response.headers.get('set-cookie')).toMatch(/Max-Age=600; .*HttpOnly; .*SameSite=Lax/);
    for (const secret of [query.state, query.nonce]) expect(cookies.join()).not.toContain(secret);
  });

  it('refuses a wrong state, no cookie, an altered cookie and the cookie of another provider', async () => {
    honest.become({ sub: 's-20', email: 's20@uni.example', email_verified: true });
    const begun = await start('google');
    const back = await approve(begun.location.href);
    const wrongState = new URLSearchParams(back.searchParams);
    wrongState.set('state', 'wrong');
    expect(problemOf((await finish('google', wrongState, begun.cookies)).location)).toBe('provider_failed');
    expect(problemOf((await finish('google', back.searchParams, [])).location)).toBe('sign_in_expired');
    const altered = begun.cookies.map((cookie) => cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
    expect(problemOf((await finish('google', back.searchParams, altered)).location)).toBe('sign_in_expired');
    expect(problemOf((await finish('oidc', back.searchParams, begun.cookies)).location)).toBe('sign_in_expired');
  });

  it('does not take a code twice', async () => {
    honest.become({ sub: 's-21', email: 's21@uni.example', email_verified: true });
    const begun = await start('google');
    const back = await approve(begun.location.href);
    expect((await finish('google', back.searchParams, begun.cookies)).session).toBeDefined();
    const again = await finish('google', back.searchParams, begun.cookies);
    expect([problemOf(again.location), again.session]).toEqual(['provider_failed', undefined]);
  });

  it('does not end a link that somebody else, or nobody, comes back with', async () => {
    const ada = await verifiedMember();
    honest.become({ sub: 's-22', email: 's22@uni.example', email_verified: true });
    const begun = await start('google', { cookies: [await browserSession(ada.username)] });
    const back = await approve(begun.location.href);
    expect(problemOf((await finish('google', back.searchParams, begun.cookies)).location)).toBe('sign_in_expired');
  });

  it('does not begin to link when another site asks for it', async () => {
    const cookie = await browserSession((await verifiedMember()).username);
    const ask = (site: string) =>
      app
        .fetch('/api/v1/auth/oauth/google/start', { headers: { cookie, 'sec-fetch-site': site } })
        .then(({ status }) => status);
    expect([await ask('cross-site'), await ask('same-site'), await ask('same-origin'), await ask('none')]).toEqual([
      403, 403, 302, 302,
    ]);
  });

  it('says when somebody declined', async () => {
    const begun = await start('google');
    const search = new URLSearchParams({
      error: 'access_denied',
      state: begun.location.searchParams.get('state') ?? '',
    });
    expect(problemOf((await finish('google', search, begun.cookies)).location)).toBe('access_denied');
  });

  it('knows only the configured providers, and lists them', async () => {
    expect((await app.request('GET /auth/providers')).body.items).toEqual([
      { id: 'google', name: 'Google' },
      { id: 'oidc', name: 'my college' },
    ]);
    expect((await app.fetch('/api/v1/auth/oauth/unknown/start')).status).toBe(404);
    // Nobody listens there.
    const away = await app.fetch('/api/v1/auth/oauth/oidc/start');
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it('returns only to our own pages', async () => {
    const config = testConfig();
    const at = (path: string | undefined) => ownPath({ platform: { config } } as never, path);
    expect(at('/projects/7?tab=team#top')).toBe('/projects/7?tab=team#top');
    const away = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      undefined,
      '/\t/evil.example',
      '/a\nb',
      '\\\\evil.example',
      '/x\\y',
    ];
    for (const path of away) expect(at(path)).toBe('/');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (path) => {
        expect(new URL(at(path), config.http.publicUrl).origin).toBe(config.http.publicUrl);
      }),
    );
    const begun = await start('google', { returnTo: 'https://evil.example/' });
    honest.become({ sub: 's-23', email: 's23@uni.example', email_verified: true });
    const back = await approve(begun.location.href);
    expect((await finish('google', back.searchParams, begun.cookies)).location).toBe('/');
  });

  it('suggests usernames that the contract allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (hint) => {
        for (const name of usernames(hint)) expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{2,29}$/);
      }),
    );
  });
});
