/** Providers that vouch for people: OpenID Connect with discovery, and GitHub, which speaks plain OAuth. */
import * as client from 'openid-client';
import type { OidcProvider } from '../../platform/config/config.ts';

/** Who somebody is, in a provider's words. */
export interface ExternalIdentity {
  /** Stable and unique at the provider; the only thing that an account is found by. */
  subject: string;
  /** Null unless the provider says that the address is confirmed. */
  verifiedEmail: string | null;
  /** What a username may be made of. */
  nameHint: string;
}

export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const TIMEOUT_SECONDS = 10;

/** Keeps what a provider says about itself for an hour; a failure is not kept. */
export function createProviders() {
  const known = new Map<string, { config: Promise<client.Configuration>; until: number }>();

  const configure = (provider: OidcProvider): Promise<client.Configuration> => {
    const kept = known.get(provider.id);
    if (kept && kept.until > Date.now()) return kept.config;
    const config = provider.kind === 'github' ? Promise.resolve(githubConfiguration(provider)) : discover(provider);
    known.set(provider.id, { config, until: Date.now() + HOUR });
    config.catch(() => known.delete(provider.id));
    return config;
  };

  return {
    newFlow: (): Flow => ({
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }),

    /** Where to send the browser. */
    async authorizationUrl(provider: OidcProvider, redirectUri: string, flow: Flow): Promise<string> {
      const url = client.buildAuthorizationUrl(await configure(provider), {
        redirect_uri: redirectUri,
        state: flow.state,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        ...(provider.kind === 'github'
          ? { scope: 'read:user user:email' }
          : { scope: 'openid email profile', nonce: flow.nonce }),
      });
      return url.href;
    },

    /**
     * Exchanges the code that the browser brought back. `returned` is the redirect address with its query.
     *
     * @throws when anything about the answer or its tokens is not as it must be
     */
    async identify(provider: OidcProvider, returned: URL, flow: Flow): Promise<ExternalIdentity> {
      const config = await configure(provider);
      const tokens = await client.authorizationCodeGrant(config, returned, {
        expectedState: flow.state,
        pkceCodeVerifier: flow.verifier,
        ...(provider.kind === 'oidc' && { expectedNonce: flow.nonce, idTokenExpected: true }),
      });
      if (provider.kind === 'github') return githubIdentity(config, provider, tokens.access_token);
      const claims = tokens.claims();
      if (!claims) throw new Error('The provider sent no ID token.');
      // Addresses may be only in the user info; its subject has to be that of the signed token.
      const isComplete = claims.email !== undefined || !config.serverMetadata().userinfo_endpoint;
      const info = isComplete ? claims : await client.fetchUserInfo(config, tokens.access_token, claims.sub);
      const { email, email_verified, preferred_username, name } = info as Record<string, unknown>;
      return {
        subject: claims.sub,
        verifiedEmail: typeof email === 'string' && email_verified === true ? email : null,
        nameHint:
          ([preferred_username, name, email].find((hint) => typeof hint === 'string' && hint !== '') as string) ??
          'member',
      };
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcProvider): Promise<client.Configuration> {
  const address = new URL(issuer);
  const execute = [
    // Without this the signature of a token that came straight from the provider would not be looked at.
    client.enableNonRepudiationChecks,
    ...(address.protocol === 'http:' ? [client.allowInsecureRequests] : []),
  ];
  const metadata = { client_secret: clientSecret };
  const found = await client.discovery(address, clientId, metadata, undefined, { execute, timeout: TIMEOUT_SECONDS });
  const server = found.serverMetadata();
  const methods = server.token_endpoint_auth_methods_supported;
  // Basic is what OpenID Connect assumes when a provider is silent.
  const auth = !methods || methods.includes('client_secret_basic') ? client.ClientSecretBasic : client.ClientSecretPost;
  const config = new client.Configuration(server, clientId, metadata, auth(clientSecret));
  config.timeout = TIMEOUT_SECONDS;
  for (const apply of execute) apply(config);
  return config;
}

function githubConfiguration({ issuer, clientId, clientSecret }: OidcProvider): client.Configuration {
  const server = {
    issuer,
    authorization_endpoint: `${issuer}/login/oauth/authorize`,
    token_endpoint: `${issuer}/login/oauth/access_token`,
  };
  const config = new client.Configuration(
    server,
    clientId,
    { client_secret: clientSecret },
    client.ClientSecretPost(clientSecret),
  );
  config.timeout = TIMEOUT_SECONDS;
  if (issuer.startsWith('http:')) client.allowInsecureRequests(config);
  return config;
}

async function githubIdentity(
  config: client.Configuration,
  { issuer }: OidcProvider,
  token: string,
): Promise<ExternalIdentity> {
  // GitHub Enterprise serves its API under its own address.
  const api = issuer === 'https://github.com' ? 'https://api.github.com' : `${issuer}/api/v3`;
  const get = async (path: string) => {
    const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'collabthon' });
    const response = await client.fetchProtectedResource(config, token, new URL(`${api}${path}`), 'GET', null, headers);
    if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
    return (await response.json()) as unknown;
  };
  const user = (await get('/user')) as { id?: unknown; login?: unknown };
  if (!Number.isSafeInteger(user.id)) throw new Error('The provider named nobody.');
  const addresses = (await get('/user/emails')) as { email?: unknown; primary?: unknown; verified?: unknown }[];
  const own = Array.isArray(addresses)
    ? addresses.find(({ primary, verified }) => primary === true && verified === true)
    : undefined;
  return {
    subject: String(user.id),
    verifiedEmail: typeof own?.email === 'string' ? own.email : null,
    nameHint: typeof user.login === 'string' ? user.login : 'member',
  };
}
