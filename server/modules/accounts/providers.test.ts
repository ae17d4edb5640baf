import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { openBrowser, problemOf } from './test-oauth-browser.ts';
import { CLIENT, type Forgery, startGithubStandIn, startLyingProvider } from './test-oauth-stand-ins.ts';

let liar: Awaited<ReturnType<typeof startLyingProvider>>;
let github: Awaited<ReturnType<typeof startGithubStandIn>>;
let app: TestApp;
let start: ReturnType<typeof openBrowser>['start'];
let finish: ReturnType<typeof openBrowser>['finish'];
let meBy: ReturnType<typeof openBrowser>['meBy'];

beforeAll(async () => {
  liar = await startLyingProvider();
  github = await startGithubStandIn();
  app = await startTestApp({
    config: {
      oidc: [
        { id: 'oidc', name: 'a liar', kind: 'oidc', issuer: liar.issuer, ...CLIENT },
        { id: 'github', name: 'GitHub', kind: 'github', issuer: github.issuer, ...CLIENT },
      ],
    },
  });
  ({ start, finish, meBy } = openBrowser(app));
});
afterAll(async () => {
  await app.close();
  await Promise.all([liar.close(), github.close()]);
});

describe('a token of a provider', () => {
  const person = { sub: 'l-1', email: 'liar@uni.example', email_verified: true };
  async function bring(forgery: Forgery = {}) {
    const begun = await start('oidc');
    await liar.forge(person, begun.location.searchParams.get('nonce') ?? '', forgery);
    const search = new URLSearchParams({ code: 'any', state: begun.location.searchParams.get('state') ?? '' });
    return finish('oidc', search, begun.cookies);
  }

  it('counts when everything about it is right', async () => {
    const { session } = await bring();
    expect(await meBy(session)).toMatchObject({ email: person.email, is_google_account: false });
  });

  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  it.each<[string, Forgery]>([
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['another audience', { claims: { aud: 'another-client' } }],
    ['several audiences and another authorized party', { claims: { aud: ['collabthon', 'another'], azp: 'another' } }],
    ['another issuer', { claims: { iss: 'https://accounts.google.com' } }],
    ['an end in the past', { claims: { iat: now - 2 * hour, exp: now - hour } }],
    ['no end', { claims: { exp: undefined } }],
    ['a beginning in the future', { claims: { nbf: now + hour } }],
    ['no subject', { claims: { sub: undefined as never } }],
    ['the signature of a stranger', { signedBy: 'stranger' }],
    ['no signature', { signedBy: 'nobody' }],
    ['the client’s secret as its key', { signedBy: 'client secret' }],
    ['a payload that was changed', { tamper: true }],
  ])('is refused with %s', async (_what, forgery) => {
    const { location, session } = await bring(forgery);
    expect([problemOf(location), session]).toEqual(['provider_failed', undefined]);
  });
});

describe('signing in with GitHub', () => {
  async function visit(search = new URLSearchParams({ code: 'any' })) {
    const begun = await start('github');
    github.expectChallenge(begun.location.searchParams.get('code_challenge') ?? '');
    search.set('state', begun.location.searchParams.get('state') ?? '');
    return finish('github', search, begun.cookies);
  }

  it('goes by the numeric id and trusts the primary address only if it is verified', async () => {
    github.become({ id: 583231, login: 'octocat' }, [
      { email: 'second@cat.example', primary: false, verified: true },
      { email: 'octo@cat.example', primary: true, verified: true },
    ]);
    const me = await meBy((await visit()).session);
    expect(me).toMatchObject({
      username: 'octocat',
      email: 'octo@cat.example',
      is_verified: true,
      is_google_account: false,
    });

    // The login was renamed, and somebody else took the old one.
    github.become({ id: 583231, login: 'octocat-renamed' }, []);
    expect((await meBy((await visit()).session)).id).toBe(me.id);
    github.become({ id: 2, login: 'octocat' }, [{ email: 'new@cat.example', primary: true, verified: true }]);
    expect((await meBy((await visit()).session)).id).not.toBe(me.id);

    github.become({ id: 3, login: 'unverified' }, [{ email: 'x@cat.example', primary: true, verified: false }]);
    expect(problemOf((await visit()).location)).toBe('email_unverified');
  });

  it('refuses an exchange that GitHub refuses, and a state that is not ours', async () => {
    const begun = await start('github');
    github.expectChallenge('another');
    const state = begun.location.searchParams.get('state') ?? '';
    expect(problemOf((await finish('github', new URLSearchParams({ code: 'x', state }), begun.cookies)).location)).toBe(
      'provider_failed',
    );
    expect(problemOf((await finish('github', 'code=x&state=wrong', begun.cookies)).location)).toBe('provider_failed');
  });
});
