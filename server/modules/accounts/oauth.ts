/** Signing in through a provider. An account is found by the provider's subject, never by an address. */
import { Email } from '@collabthon/contracts/accounts';
import type { SignInRefusal } from '@collabthon/contracts/problems';
import type { Locale } from '@collabthon/contracts/shapes';
import { Compile } from 'typebox/compile';
import type { Principal } from '../../platform/auth/auth.ts';
import type { OidcProvider } from '../../platform/config/config.ts';
import { violatedConstraint } from '../../platform/database/database.ts';
import { notFound, problem } from '../../platform/http/problems.ts';
import { API_BASE } from '../../platform/http/routes.ts';
import type { Context } from './context.ts';
import type { createProviders, ExternalIdentity, Flow } from './providers.ts';
import { type Client, openBrowserSession } from './sign-in.ts';
import { type Account, createUserStore } from './store.ts';
import { insertAccount } from './use-cases.ts';

export type Providers = ReturnType<typeof createProviders>;

export const FLOW_SECONDS = 600;
const SEAL = 'oauth flow';

/** What the browser carries to the provider and back, sealed. */
interface KeptFlow extends Flow {
  provider: string;
  returnTo: string;
  /** The member who links, if somebody is signed in. */
  linkTo: number | null;
  expiresAt: number;
}

export type OAuthOutcome =
  | { location: string; cookie: string }
  /** Nobody was signed in by this; the page says why. */
  | { location: string; cookie: null };

/** @returns where to send the browser, and what it has to carry. @throws 404, or 503 when the provider cannot be reached */
export async function startOAuth(
  context: Context,
  providers: Providers,
  { id, returnTo, principal }: { id: string; returnTo: string | undefined; principal: Principal | null },
): Promise<{ location: string; kept: string }> {
  const provider = requireProvider(context, id);
  const flow = providers.newFlow();
  let location: string;
  try {
    location = await providers.authorizationUrl(provider, redirectUri(context, id), flow);
  } catch (cause) {
    throw problem(503, 'provider_unavailable', `${provider.name} cannot be reached right now. Try again in a moment.`, {
      cause,
      params: { provider: provider.name },
      headers: { 'retry-after': '10' },
    });
  }
  const kept: KeptFlow = {
    ...flow,
    provider: id,
    returnTo: ownPath(context, returnTo),
    linkTo: principal?.user_id ?? null,
    expiresAt: Date.now() + FLOW_SECONDS * 1000,
  };
  return { location, kept: context.secrets.seal(JSON.stringify(kept), SEAL) };
}

/** Ends the flow: signs in, links, opens an account, or goes to the sign-in page with the reason in `problem`. */
export async function finishOAuth(
  context: Context,
  providers: Providers,
  {
    id,
    query,
    kept,
    principal,
    client,
    locale,
  }: {
    id: string;
    query: Record<string, string>;
    kept: string | undefined;
    principal: Principal | null;
    client: Client;
    /** Of an account that this opens. */
    locale: Locale;
  },
): Promise<OAuthOutcome> {
  const provider = requireProvider(context, id);
  const flow = openFlow(context, kept);
  const refuse = (reason: SignInRefusal): OAuthOutcome => {
    const search = new URLSearchParams({ problem: reason, provider: id, ...(flow && { next: flow.returnTo }) });
    return { location: `/sign-in?${search}`, cookie: null };
  };
  if (flow?.provider !== id) return refuse('sign_in_expired');
  if (query.error === 'access_denied') return refuse('access_denied');

  const returned = new URL(redirectUri(context, id));
  returned.search = new URLSearchParams(query).toString();
  let identity: ExternalIdentity;
  try {
    identity = await providers.identify(provider, returned, flow);
  } catch (error) {
    context.platform.log.warn({ err: error, provider: id }, 'a provider’s answer was refused');
    return refuse('provider_failed');
  }

  // Who started to link must be who comes back.
  if (flow.linkTo !== null && flow.linkTo !== principal?.user_id) return refuse('sign_in_expired');
  const found = await resolveAccount(context, { provider: id, identity, linkTo: flow.linkTo, locale });
  if (typeof found === 'string') return refuse(found);
  if (!found.is_active) return refuse('account_suspended');
  if (flow.linkTo !== null) return { location: flow.returnTo, cookie: null };
  // The provider's own second factor stands for ours, which guards the password.
  return { location: flow.returnTo, cookie: await openBrowserSession(context, found, client) };
}

async function resolveAccount(
  context: Context,
  {
    provider,
    identity,
    linkTo,
    locale,
  }: { provider: string; identity: ExternalIdentity; linkTo: number | null; locale: Locale },
): Promise<Account | SignInRefusal> {
  const users = createUserStore(context.platform.db);
  const known = await users.findByIdentity(provider, identity.subject);
  if (known) return linkTo === null || linkTo === known.id ? known : 'identity_taken';
  if (linkTo !== null) {
    const isLinked = await users.addIdentity(provider, identity.subject, linkTo);
    const account = await users.find(linkTo);
    return isLinked && account ? account : 'identity_taken';
  }
  const { verifiedEmail } = identity;
  if (!verifiedEmail || !isEmail.Check(verifiedEmail)) return 'email_unverified';
  // An address alone opens nobody's account: its owner signs in first, then links.
  if (await users.findByVerifiedEmail(verifiedEmail)) return 'link_required';
  return createFromIdentity(context, { provider, identity, email: verifiedEmail, locale });
}

const isEmail = Compile(Email);

class AlreadyThere extends Error {}

async function createFromIdentity(
  context: Context,
  {
    provider,
    identity,
    email,
    locale,
  }: { provider: string; identity: ExternalIdentity; email: string; locale: Locale },
): Promise<Account | SignInRefusal> {
  const { subject, nameHint } = identity;
  try {
    return await context.platform.db.transaction(async (tx) => {
      for (const username of usernames(nameHint)) {
        const account = await insertAccount(context, tx, {
          username,
          email,
          password_hash: null,
          locale,
          is_verified: true,
        });
        if (!account) continue;
        const users = createUserStore(tx);
        if (!(await users.addIdentity(provider, subject, account.id))) throw new AlreadyThere();
        return (await users.find(account.id)) ?? account;
      }
      throw new Error('No free username was found.');
    });
  } catch (error) {
    // The same person came twice at once; the other one made the account.
    const known = await createUserStore(context.platform.db).findByIdentity(provider, subject);
    if (known) return known;
    if (violatedConstraint(error) === 'users_verified_email') return 'link_required';
    throw error;
  }
}

/** Usernames to try: what the provider suggests, then the same with more and more random digits. */
export function* usernames(hint: string): Generator<string> {
  const plain = (hint.split('@')[0] ?? '').normalize('NFKD').replaceAll(/[^A-Za-z0-9_.-]/g, '');
  const base = plain.replace(/^[.-]+/, '').slice(0, 22);
  const name = base.length >= 3 ? base : `${base || 'member'}_${base ? 'member' : ''}`.replace(/_$/, '');
  yield name;
  for (let digits = 2; digits <= 7; digits += 1) {
    for (let attempt = 0; attempt < 3; attempt += 1) yield `${name}${Math.floor(Math.random() * 10 ** digits)}`;
  }
}

function requireProvider({ platform }: Context, id: string): OidcProvider {
  const provider = platform.config.oidc.find((candidate) => candidate.id === id);
  if (!provider) throw notFound('provider');
  return provider;
}

const redirectUri = ({ platform }: Context, id: string) =>
  `${platform.config.http.publicUrl}${API_BASE}/auth/oauth/${id}/callback`;

function openFlow({ secrets }: Context, kept: string | undefined): KeptFlow | null {
  const text = kept && secrets.open(kept, SEAL);
  if (!text) return null;
  const flow = JSON.parse(text) as KeptFlow;
  return flow.expiresAt > Date.now() ? flow : null;
}

/** A path on our own origin; anything else leads home. */
export function ownPath({ platform }: Pick<Context, 'platform'>, path: string | undefined): string {
  const home = platform.config.http.publicUrl;
  // A backslash is a slash to a browser, and control characters vanish.
  if (!path?.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(path)) return '/';
  const url = URL.parse(path, home);
  return url?.origin === new URL(home).origin ? `${url.pathname}${url.search}${url.hash}` : '/';
}
