/** Providers that tests sign in with: a real OpenID provider, one that lies, and one that speaks like GitHub. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export const CLIENT = { clientId: 'collabthon', clientSecret: 'a secret of the tests, long enough' };

export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(handler: () => Handler): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => handler()(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A certified OpenID provider, whose login page approves at once whoever is `current`. */
export async function startOpenIdProvider(redirectUri: string) {
  let handle: Handler = (_request, response) => response.end();
  const { server, url } = await listen(() => handle);
  const people = new Map<string, Person>();
  let current = '';
  const provider = new Provider(url, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: async () => ({ ...person }) };
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: [randomBytes(16).toString('hex')] },
  });
  const serve = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void serve(request, response);
    provider.interactionFinished(request, response, { login: { accountId: current } }).catch(() => response.destroy());
  };

  return {
    issuer: url,
    /** Who signs in from now on. */
    become(person: Person) {
      people.set(person.sub, person);
      current = person.sub;
    },
    close: () => close(server),
  };
}

/** Goes where the provider sends a browser, with its cookies, until it leaves the provider. @returns where it went */
export async function approve(location: string): Promise<URL> {
  const { origin } = new URL(location);
  const jar = new Map<string, string>();
  for (let url = new URL(location), hop = 0; hop < 10; hop += 1) {
    if (url.origin !== origin) return url;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await response.arrayBuffer();
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      jar.set(name, value);
    }
    const next = response.headers.get('location');
    if (!next) throw new Error(`The provider answered ${response.status} instead of sending the browser on.`);
    url = new URL(next, url);
  }
  throw new Error('The provider sends the browser round in circles.');
}

export interface Forgery {
  claims?: JWTPayload;
  /** Absent: the key that it publishes. */
  signedBy?: 'stranger' | 'client secret' | 'nobody';
  /** Changes the payload after it was signed. */
  tamper?: boolean;
}

/** A provider that says about itself what is right, and hands out whatever token the test wants. */
export async function startLyingProvider() {
  const key = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const published = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let idToken = '';
  const { server, url } = await listen(() => (request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/jwks`,
          id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
        });
      case '/jwks':
        return json(response, { keys: [published] });
      case '/token':
        return json(response, { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: idToken });
      default:
        return json(response, {}, 404);
    }
  });

  return {
    issuer: url,
    async forge(person: Person, nonce: string, { claims, signedBy, tamper }: Forgery = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { ...person, iss: url, aud: CLIENT.clientId, nonce, iat: now, exp: now + 300, ...claims };
      if (signedBy === 'nobody') {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        idToken = `${part({ alg: 'none' })}.${part(payload)}.`;
        return;
      }
      const header = { alg: signedBy === 'client secret' ? 'HS256' : 'RS256', kid: 'one' };
      const signer = new SignJWT(payload).setProtectedHeader(header);
      if (signedBy === 'client secret') idToken = await signer.sign(Buffer.from(CLIENT.clientSecret));
      else idToken = await signer.sign(signedBy === 'stranger' ? stranger.privateKey : key.privateKey);
      if (tamper) {
        const [head, , signature] = idToken.split('.');
        const other = Buffer.from(JSON.stringify({ ...payload, sub: 'somebody else' })).toString('base64url');
        idToken = `${head}.${other}.${signature}`;
      }
    },
    close: () => close(server),
  };
}

/** Speaks OAuth as GitHub does. Checks the client's secret and the PKCE verifier. */
export async function startGithubStandIn() {
  let user: { id: number; login: string } = { id: 1, login: 'octo' };
  let emails: { email: string; primary: boolean; verified: boolean }[] = [];
  let challenge = '';
  const { server, url } = await listen(() => async (request, response) => {
    if (request.url === '/login/oauth/access_token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const hashed = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isRight = form.get('client_secret') === CLIENT.clientSecret && hashed === challenge;
      // GitHub reports errors with status 200.
      return json(
        response,
        isRight
          ? { access_token: 'gho_x', token_type: 'bearer', scope: 'user:email' }
          : { error: 'bad_verification_code' },
      );
    }
    const isSignedIn = request.headers.authorization === 'Bearer gho_x';
    if (isSignedIn && request.url === '/api/v3/user') return json(response, user);
    if (isSignedIn && request.url === '/api/v3/user/emails') return json(response, emails);
    return json(response, {}, 404);
  });
  return {
    issuer: url,
    become(person: typeof user, addresses: typeof emails) {
      user = person;
      emails = addresses;
    },
    /** What the browser would have brought to its login page. */
    expectChallenge: (value: string) => {
      challenge = value;
    },
    close: () => close(server),
  };
}
