/** Accounts: who somebody is, how they sign in, and the proof that they study. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes } from './contract.ts';
import { Id, IdParams, Instant, Locale, Nullable, OneOf, Page, Paging, Shape, text } from './shapes.ts';

export const Role = OneOf('student', 'moderator', 'admin');
export type Role = Static<typeof Role>;

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const Username = Type.String({ minLength: 3, maxLength: 30, pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' });
/** Length only (NIST SP 800-63B); common ones are refused by the use case. */
export const Password = Type.String({ minLength: 8, maxLength: 200 });
/** Sign-in accepts anything that may once have been a password. */
const AnyPassword = text(200, 1);
const OneTimeCode = Type.String({ pattern: '^[0-9]{6}$' });

export const CollegeBadge = Shape({
  college: Type.String(),
  domain: Type.String(),
  kind: OneOf('student', 'alumni'),
  confirmed_at: Instant,
  expires_at: Instant,
});

export const User = Shape({
  id: Id,
  /** Only of oneself or for an admin. */
  email: Type.Optional(Type.String()),
  /** An address that waits to be confirmed, until when `email` stays in force; only of oneself or for an admin. */
  pending_email: Type.Optional(Nullable(Type.String())),
  username: Type.String(),
  role: Role,
  /** Only of oneself or for an admin. */
  locale: Type.Optional(Locale),
  is_active: Type.Boolean(),
  is_verified: Type.Boolean(),
  is_google_account: Type.Boolean(),
  /** Two-factor sign-in is on; only of oneself. */
  totp_enabled: Type.Optional(Type.Boolean()),
  has_password: Type.Optional(Type.Boolean()),
  /** When the account is to be closed, if it is; only of oneself or for an admin. */
  closes_at: Type.Optional(Nullable(Instant)),
  college_badge: Nullable(CollegeBadge),
  is_demo: Type.Boolean(),
  created_at: Instant,
  updated_at: Instant,
});
export type User = Static<typeof User>;

/** Whether an account is about to be closed, and until when that can be taken back. */
export const Closing = Shape({
  state: OneOf('open', 'closing'),
  started_at: Nullable(Instant),
  closes_at: Nullable(Instant),
});
export type Closing = Static<typeof Closing>;

export const Token = Shape({
  access_token: Type.String(),
  refresh_token: Type.String(),
  token_type: OneOf('bearer'),
  /** Seconds until the access token ends. */
  expires_in: Type.Integer(),
});

export const Session = Shape({
  id: Id,
  kind: OneOf('browser', 'token'),
  user_agent: Type.String(),
  created_at: Instant,
  last_used_at: Instant,
  is_current: Type.Boolean(),
});
export type Session = Static<typeof Session>;

const SignIn = Shape({
  username: text(254, 1),
  password: AnyPassword,
  /** Sent by old clients; ignored. */
  email: Type.Optional(Nullable(text(254))),
  /** Six digits of the authenticator, once it is on. */
  totp: Type.Optional(OneTimeCode),
  recovery_code: Type.Optional(text(40, 1)),
});

export const CollegeDomain = Shape({
  id: Id,
  domain: Type.String(),
  college: Type.String(),
  kind: OneOf('student', 'alumni'),
  badges: Type.Integer({ description: 'How many hold a badge through it, up to 10,000.' }),
  created_at: Instant,
});
export type CollegeDomain = Static<typeof CollegeDomain>;

const DomainName = Type.String({
  maxLength: 253,
  pattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
});

/** `project:new`, `project:12`: what kind of thing is being written, and which. */
const DraftKey = Type.String({ pattern: '^[a-z]+:[A-Za-z0-9:_-]{1,80}$', maxLength: 120 });

const DraftState = {
  key: Type.String(),
  version: Type.Integer({ description: 'Another one with every change. None ever comes again.' }),
  updated_at: Instant,
};

/** Any object: nobody but its writer interprets it. */
const DraftContent = Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true }));

/** What somebody is still writing. Only they can reach it. */
export const Draft = Shape({ ...DraftState, content: DraftContent });
export type Draft = Static<typeof Draft>;

export const AuditEntry = Shape({
  id: Id,
  actor_id: Nullable(Id),
  action: Type.String(),
  target: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
  created_at: Instant,
});
export type AuditEntry = Static<typeof AuditEntry>;

export const routes = defineRoutes({
  'POST /auth/register': {
    summary: 'Open an account',
    access: 'public',
    ignoresCredentials: true,
    body: Shape({
      email: Email,
      username: Username,
      password: Password,
      /** As `Accept-Language` says, if it is left out. */
      locale: Type.Optional(Locale),
    }),
    response: User,
    status: 201,
  },
  'POST /auth/login': {
    summary: 'Sign in as a program',
    access: 'public',
    limit: 'sign_in',
    ignoresCredentials: true,
    body: SignIn,
    response: Token,
  },
  'POST /auth/refresh': {
    summary: 'Exchange a refresh token for the next pair',
    access: 'public',
    limit: 'sign_in',
    ignoresCredentials: true,
    body: Shape({ refresh_token: text(500, 1) }),
    response: Token,
  },
  'POST /auth/browser-session': {
    summary: 'Sign in as a browser: sets an httpOnly cookie',
    access: 'public',
    limit: 'sign_in',
    ignoresCredentials: true,
    body: SignIn,
    response: User,
    status: 201,
  },
  'POST /auth/logout': { summary: 'End this session', access: 'member', limit: 'sign_in', status: 204 },
  'POST /auth/logout-everywhere': { summary: 'End every session of mine', access: 'member', status: 204 },
  'GET /auth/sessions': { summary: 'My sessions', access: 'member', response: Shape({ items: Type.Array(Session) }) },
  'DELETE /auth/sessions/{id}': { summary: 'End one session of mine', access: 'member', params: IdParams, status: 204 },
  'GET /auth/me': { summary: 'My account', access: 'member', limit: 'sign_in', response: User },
  'PUT /auth/me': {
    summary: 'Change my username, language or address; a new address has to be verified again',
    access: 'member',
    body: Shape({
      email: Type.Optional(Email),
      username: Type.Optional(Username),
      locale: Type.Optional(Locale),
      password: Type.Optional(AnyPassword),
    }),
    response: User,
  },
  'GET /users/me/closing': {
    summary: 'Whether my account is about to be closed, and when',
    access: 'member',
    response: Closing,
  },
  'POST /users/me/closing': {
    summary: 'Close my account, in 14 days: until then it can be kept; then everything that is mine is erased',
    access: 'member',
    body: Shape({ password: AnyPassword }),
    response: Closing,
    status: 202,
  },
  'DELETE /users/me/closing': { summary: 'Keep my account after all', access: 'member', status: 204 },
  'POST /auth/verify-email': {
    summary: 'Confirm an address with the token that was mailed to it',
    access: 'public',
    ignoresCredentials: true,
    body: Shape({ token: text(200, 1) }),
    status: 204,
  },
  'POST /auth/verify-email/resend': { summary: 'Mail the confirmation again', access: 'member', status: 202 },
  'POST /auth/password/change': {
    summary: 'Change my password; other sessions end',
    access: 'member',
    body: Shape({ current_password: AnyPassword, new_password: Password }),
    status: 204,
  },
  'POST /auth/password/forgot': {
    summary: 'Mail a reset link, if the address has an account',
    access: 'public',
    ignoresCredentials: true,
    body: Shape({ email: Email }),
    status: 202,
  },
  'POST /auth/password/reset': {
    summary: 'Set a new password with a mailed token; every session ends',
    access: 'public',
    ignoresCredentials: true,
    body: Shape({ token: text(200, 1), password: Password }),
    status: 204,
  },
  'GET /auth/providers': {
    summary: 'Sign-in providers that are configured here',
    access: 'public',
    limit: 'sign_in',
    ignoresCredentials: true,
    response: Shape({ items: Type.Array(Shape({ id: Type.String(), name: Type.String() })) }),
  },
  'GET /auth/oauth/{provider}/start': {
    summary: 'Go to a provider to sign in',
    access: 'public',
    limit: 'sign_in',
    params: Shape({ provider: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) }),
    query: Shape({ return_to: Type.Optional(text(500)) }),
    status: 302,
  },
  'GET /auth/oauth/{provider}/callback': {
    summary: 'Return from a provider',
    access: 'public',
    limit: 'sign_in',
    params: Shape({ provider: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) }),
    query: Type.Object({}, { additionalProperties: Type.String({ maxLength: 4000 }) }),
    status: 302,
  },
  'POST /auth/totp/setup': {
    summary: 'Begin two-factor sign-in: a secret for the authenticator app',
    access: 'member',
    response: Shape({ secret: Type.String(), otpauth_url: Type.String() }),
  },
  'POST /auth/totp/confirm': {
    summary: 'Turn two-factor sign-in on with a first code; recovery codes are shown once',
    access: 'member',
    body: Shape({ code: OneTimeCode }),
    response: Shape({ recovery_codes: Type.Array(Type.String()) }),
  },
  'POST /auth/totp/disable': {
    summary: 'Turn two-factor sign-in off',
    access: 'member',
    body: Shape({
      password: Type.Optional(AnyPassword),
      code: Type.Optional(OneTimeCode),
      recovery_code: Type.Optional(text(40, 1)),
    }),
    status: 204,
  },
  'POST /auth/college-badge': {
    summary: 'Mail a code to a college address',
    access: 'member',
    body: Shape({ email: Email }),
    status: 202,
  },
  'POST /auth/college-badge/confirm': {
    summary: 'Earn the badge with the mailed code',
    access: 'member',
    body: Shape({ code: OneTimeCode }),
    response: CollegeBadge,
  },
  'GET /drafts': {
    summary: 'My drafts, last changed first',
    access: 'member',
    query: Shape({ prefix: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9:_-]*$', maxLength: 120 })) }),
    response: Shape({ items: Type.Array(Draft) }),
  },
  'GET /drafts/{key}': {
    summary: 'One draft of mine',
    access: 'member',
    params: Shape({ key: DraftKey }),
    response: Draft,
  },
  'PUT /drafts/{key}': {
    summary: 'Keep a draft, up to 32 kB; untouched for 90 days, it is discarded',
    access: 'member',
    params: Shape({ key: DraftKey }),
    body: Shape({
      content: DraftContent,
      version: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
          description:
            'The version that this one follows, 0 for none: 409 `draft_changed` when something else is kept by now. ' +
            'Without it, whatever is kept is replaced.',
        }),
      ),
    }),
    response: Shape(DraftState),
  },
  'DELETE /drafts/{key}': {
    summary: 'Discard a draft, if there is one',
    access: 'member',
    params: Shape({ key: DraftKey }),
    status: 204,
  },
  'GET /users': {
    summary: 'All users',
    access: 'admin',
    query: Shape({ skip: Paging.skip, limit: Paging.limit }),
    response: Type.Array(User),
    ignoresUnknownQuery: true,
  },
  'GET /users/{id}': { summary: 'A user', access: 'public', limit: 'person', params: IdParams, response: User },
  'GET /users/search/{query}': {
    summary: 'Members by username',
    access: 'member',
    params: Shape({ query: text(100, 1) }),
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(User),
  },
  'GET /admin/stats': {
    summary: 'Platform totals',
    access: 'admin',
    response: Shape({
      total_users: Type.Integer(),
      active_users: Type.Integer(),
      total_projects: Type.Integer(),
      active_projects: Type.Integer(),
      total_collaborations: Type.Integer(),
      pending_collaborations: Type.Integer(),
    }),
  },
  'GET /admin/users': {
    summary:
      'All users, newest last unless asked otherwise; `q` is any part of a username or address, or, from three letters on, of a name',
    access: 'admin',
    query: Shape({
      skip: Paging.skip,
      limit: Paging.limit,
      q: Type.Optional(text(100)),
      role: Type.Optional(Role),
      is_active: Type.Optional(Type.Boolean()),
      newest_first: Type.Optional(Type.Boolean()),
    }),
    response: Type.Array(User),
    ignoresUnknownQuery: true,
  },
  'PUT /admin/users/{id}/toggle-active': {
    summary: 'Suspend or restore an account; suspending ends its sessions',
    access: 'admin',
    params: IdParams,
    response: Shape({ success: Type.Boolean(), user: Shape({ id: Id, is_active: Type.Boolean() }) }),
  },
  'PUT /admin/users/{id}/active': {
    summary: 'Suspend or restore an account, with a reason for the log; saying it twice changes nothing',
    access: 'admin',
    params: IdParams,
    body: Shape({ is_active: Type.Boolean(), reason: Type.Optional(text(500)) }),
    response: User,
  },
  'PUT /admin/users/{id}/role': {
    summary: 'Change a role',
    access: 'admin',
    params: IdParams,
    body: Shape({ role: Role }),
    response: User,
  },
  'GET /admin/college-domains': {
    summary: 'Domains whose addresses earn a badge',
    access: 'admin',
    response: Shape({ items: Type.Array(CollegeDomain) }),
  },
  'POST /admin/college-domains': {
    summary: 'Add a domain',
    access: 'admin',
    body: Shape({ domain: DomainName, college: text(120, 1), kind: OneOf('student', 'alumni') }),
    response: CollegeDomain,
    status: 201,
  },
  'PUT /admin/college-domains/{id}': {
    summary: 'Change what the badges of a domain say',
    access: 'admin',
    params: IdParams,
    body: Shape({ college: Type.Optional(text(120, 1)), kind: Type.Optional(OneOf('student', 'alumni')) }),
    response: CollegeDomain,
  },
  'DELETE /admin/college-domains/{id}': {
    summary: 'Remove a domain; its badges end at once',
    access: 'admin',
    params: IdParams,
    status: 204,
  },
  'GET /admin/audit': {
    summary: 'What moderators and admins did, newest first',
    access: 'admin',
    query: Shape({
      cursor: Paging.cursor,
      limit: Paging.limit,
      target: Type.Optional(Type.String({ maxLength: 200, description: 'What was acted on, `user/12`.' })),
    }),
    response: Page(AuditEntry),
  },
});

/** What other modules may know of an account. */
export const Member = Shape({
  user_id: Id,
  username: Type.String(),
  role: Role,
  is_active: Type.Boolean(),
  is_verified: Type.Boolean(),
  is_demo: Type.Boolean(),
  badge: Nullable(Shape({ college: Type.String(), kind: OneOf('student', 'alumni') })),
  /** Grows with every change; an older one never replaces a newer one. */
  version: Type.Integer(),
});
export type Member = Static<typeof Member>;

/** Where and how to write to somebody. */
export const Contact = Shape({
  user_id: Id,
  username: Type.String(),
  email: Type.String(),
  locale: Locale,
  is_active: Type.Boolean(),
  /** The address is confirmed; nothing but its confirmation goes to one that is not. */
  is_verified: Type.Boolean(),
  is_demo: Type.Boolean(),
});
export type Contact = Static<typeof Contact>;

export const calls = defineCalls({
  /** The account, or null if there is none or it is closed. */
  'accounts.getMember': { input: Shape({ user_id: Id }), output: Nullable(Member) },
  /** Ends every session and way to sign in of somebody who closes their account. @throws 409 `last_admin` */
  'accounts.sealMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  'accounts.getContact': { input: Shape({ user_id: Id }), output: Nullable(Contact) },
  /** Who holds this browser cookie; null when it is unknown, ended or its owner suspended. */
  'accounts.resolveSession': {
    input: Shape({ token_hash: Type.String() }),
    output: Nullable(
      Shape({ user_id: Id, username: Type.String(), role: Role, session_id: Id, is_verified: Type.Boolean() }),
    ),
  },
});

export const events = defineEvents({
  /** Also the first event of a new account. */
  'member.registered': {
    payload: Shape({ user_id: Id, username: Type.String(), is_demo: Type.Boolean() }),
    entity: 'user',
    key: 'user_id',
  },
  /** Username, role, suspension, verification or badge changed; carries the new state. */
  'member.changed': {
    payload: Member,
    entity: 'user',
    key: 'user_id',
  },
  /**
   * Sessions of a member ended before their time: whoever still holds a token of theirs is nobody from now on. `is_all`: all
   * of theirs but the one that is kept, if any is; also those that had lapsed, of which others may know.
   */
  'session.ended': {
    payload: Shape({
      user_id: Id,
      session_ids: Type.Array(Id),
      is_all: Type.Boolean(),
      kept_session_id: Nullable(Id),
    }),
    entity: 'user',
    key: 'user_id',
  },
  /** Somebody with power used it. Written with the change, kept in the audit log. */
  'admin.acted': {
    payload: Shape({
      actor_id: Nullable(Id),
      action: Type.String(),
      target: Type.String(),
      detail: Type.Record(Type.String(), Type.Unknown()),
    }),
    entity: 'audit',
    key: 'target',
  },
});

export const jobs = defineJobs({
  'accounts.process_user_registration': { input: Shape({ user_id: Id }), retryLimit: 5, expireInSeconds: 60 },
  /** Asked for by address; whether it has an account is found out here, so that the answer cannot tell. */
  'accounts.send_password_reset': { input: Shape({ email: Type.String() }), retryLimit: 5, expireInSeconds: 60 },
  /** Ends lapsed badges, sessions, tokens, drafts and never-verified accounts. */
  'accounts.clean_up': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
});
