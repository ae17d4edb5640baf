/** HTTP of accounts: what a request says goes to a use case, what comes back is the answer. */
import { routes } from '@collabthon/contracts/accounts';
import type { FastifyReply } from 'fastify';
import { clearSessionCookie, sessionCookieName, setSessionCookie } from '../../platform/auth/session-cookie.ts';
import { preferredLocale } from '../../platform/http/language.ts';
import { forbidden, notFound } from '../../platform/http/problems.ts';
import type { RouteHandlers, RouteRequest } from '../../platform/http/routes.ts';
import { handleRoutes } from '../../platform/module.ts';
import { addDomain, changeDomain, changeRole, removeDomain, setActive } from './admin.ts';
import { confirmBadgeCode, requestBadgeCode } from './badges.ts';
import { changePassword, resetPassword } from './change-password.ts';
import { cancelClosing, getClosing, startClosing } from './closing.ts';
import { type Context, presentUser } from './context.ts';
import { cursorOf, idOfCursor } from './cursor.ts';
import { discardDraft, keepDraft, listDrafts, readDraft } from './drafts.ts';
import { FLOW_SECONDS, finishOAuth, type Providers, startOAuth } from './oauth.ts';
import { isPrivateTo, visibleTo } from './policy.ts';
import { confirmTotp, disableTotp, setUpTotp } from './second-factor.ts';
import { endAllSessions, endSession, refresh, signInBrowser, signInProgram } from './sign-in.ts';
import { type Account, createUserStore, type UserList } from './store.ts';
import { createAuditStore } from './store-audit.ts';
import { createBadgeStore } from './store-badges.ts';
import { createSessionStore } from './store-sessions.ts';
import { changeAccount, register, requireAccount, resendConfirmation, verifyEmail } from './use-cases.ts';

type Handlers = RouteHandlers<typeof routes>;

const PAGE = 50;
const FLOW_COOKIE = 'oauth_flow';

export function mountRoutes(context: Context, providers: Providers) {
  return handleRoutes(routes, {
    ...signInRoutes(context),
    ...accountRoutes(context),
    ...draftRoutes(context),
    ...oauthRoutes(context, providers),
    ...peopleRoutes(context),
    ...adminRoutes(context),
  });
}

const clientOf = ({ ip, headers }: Pick<RouteRequest<(typeof routes)['POST /auth/login']>, 'ip' | 'headers'>) => ({
  ip,
  userAgent: headers['user-agent'] ?? '',
});

const noStore = (reply: FastifyReply) => reply.header('cache-control', 'no-store');

function signInRoutes(context: Context) {
  const { config, db } = context.platform;
  return {
    'POST /auth/register': async ({ body, reply }) =>
      register(context, { ...body, locale: body.locale ?? preferredLocale(reply.request) }),
    'POST /auth/login': async ({ body, reply, ...request }) => {
      noStore(reply);
      return signInProgram(context, body, clientOf(request));
    },
    'POST /auth/refresh': async ({ body, reply }) => {
      noStore(reply);
      return refresh(context, body.refresh_token);
    },
    'POST /auth/browser-session': async ({ body, reply, ...request }) => {
      const { user, cookie } = await signInBrowser(context, body, clientOf(request));
      setSessionCookie(noStore(reply), config, cookie);
      return user;
    },
    'POST /auth/logout': async ({ principal, reply }) => {
      await endSession(context, principal.user_id, principal.session_id);
      forgetCookie(context, reply);
    },
    'POST /auth/logout-everywhere': async ({ principal, reply }) => {
      await endAllSessions(context, principal.user_id);
      forgetCookie(context, reply);
    },
    'GET /auth/sessions': async ({ principal }) => {
      const live = await createSessionStore(db).listLive(principal.user_id);
      return { items: live.map((session) => ({ ...session, is_current: session.id === principal.session_id })) };
    },
    'DELETE /auth/sessions/{id}': async ({ principal, params }) => endSession(context, principal.user_id, params.id),
  } satisfies Partial<Handlers>;
}

/** Only a request that came with the cookie loses it. */
function forgetCookie({ platform }: Context, reply: FastifyReply): void {
  const isBrowser = reply.request.cookies[sessionCookieName(platform.config)] !== undefined;
  if (isBrowser && reply.request.headers.authorization === undefined) clearSessionCookie(reply, platform.config);
}

function accountRoutes(context: Context) {
  const { platform } = context;
  return {
    'GET /auth/me': async ({ principal }) =>
      presentUser(await requireAccount(context, principal.user_id), { isPrivate: true }),
    'PUT /auth/me': async ({ principal, body }) => changeAccount(context, principal.user_id, body),
    'GET /users/me/closing': async ({ principal }) => getClosing(context, principal.user_id),
    'POST /users/me/closing': async ({ principal, body }) => startClosing(context, principal.user_id, body.password),
    'DELETE /users/me/closing': async ({ principal }) => cancelClosing(context, principal.user_id),
    'POST /auth/verify-email': async ({ body, ip }) => verifyEmail(context, body.token, ip),
    'POST /auth/verify-email/resend': async ({ principal }) => resendConfirmation(context, principal.user_id),
    'POST /auth/password/change': async ({ principal, body }) =>
      changePassword(context, {
        userId: principal.user_id,
        sessionId: principal.session_id,
        current: body.current_password,
        next: body.new_password,
      }),
    'POST /auth/password/forgot': async ({ body }) =>
      platform.db.transaction((tx) => platform.jobs.send(tx, 'accounts.send_password_reset', { email: body.email })),
    'POST /auth/password/reset': async ({ body, ip }) => resetPassword(context, { ...body, ip }),
    'POST /auth/totp/setup': async ({ principal, reply }) => {
      noStore(reply);
      return setUpTotp(context, await requireAccount(context, principal.user_id));
    },
    'POST /auth/totp/confirm': async ({ principal, body, reply }) => {
      noStore(reply);
      return {
        recovery_codes: await confirmTotp(context, await requireAccount(context, principal.user_id), body.code),
      };
    },
    'POST /auth/totp/disable': async ({ principal, body }) =>
      disableTotp(context, await requireAccount(context, principal.user_id), body),
    'POST /auth/college-badge': async ({ principal, body }) => requestBadgeCode(context, principal.user_id, body.email),
    'POST /auth/college-badge/confirm': async ({ principal, body }) =>
      confirmBadgeCode(context, principal.user_id, body.code),
  } satisfies Partial<Handlers>;
}

function draftRoutes(context: Context) {
  return {
    'GET /drafts': async ({ principal, query }) => ({
      items: await listDrafts(context, principal.user_id, query.prefix),
    }),
    'GET /drafts/{key}': async ({ principal, params }) => readDraft(context, principal.user_id, params.key),
    'PUT /drafts/{key}': async ({ principal, params, body }) => keepDraft(context, principal.user_id, params.key, body),
    'DELETE /drafts/{key}': async ({ principal, params }) => discardDraft(context, principal.user_id, params.key),
  } satisfies Partial<Handlers>;
}

function oauthRoutes(context: Context, providers: Providers) {
  const { config } = context.platform;
  const isSecure = config.http.publicUrl.startsWith('https:');
  const cookieName = isSecure ? `__Host-${FLOW_COOKIE}` : FLOW_COOKIE;
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
  return {
    'GET /auth/providers': async () => ({ items: config.oidc.map(({ id, name }) => ({ id, name })) }),
    'GET /auth/oauth/{provider}/start': async ({ params, query, principal, headers, reply }) => {
      // Another site could have signed this browser in at the provider as somebody else, to link that identity here.
      const site = headers['sec-fetch-site'];
      if (principal && site !== undefined && site !== 'same-origin' && site !== 'none') {
        throw forbidden('cross_site_request', 'This request came from another site.');
      }
      const { location, kept } = await startOAuth(context, providers, {
        id: params.provider,
        returnTo: query.return_to,
        principal,
      });
      noStore(reply).setCookie(cookieName, kept, { ...cookie, maxAge: FLOW_SECONDS });
      return { location };
    },
    'GET /auth/oauth/{provider}/callback': async ({ params, query, principal, reply, ...request }) => {
      const outcome = await finishOAuth(context, providers, {
        id: params.provider,
        query: query as Record<string, string>,
        kept: reply.request.cookies[cookieName],
        principal,
        client: clientOf(request),
        locale: preferredLocale(reply.request),
      });
      noStore(reply).clearCookie(cookieName, cookie);
      if (outcome.cookie) setSessionCookie(reply, config, outcome.cookie);
      return { location: outcome.location };
    },
  } satisfies Partial<Handlers>;
}

function peopleRoutes(context: Context) {
  const { calls, db } = context.platform;
  const users = createUserStore(db);
  return {
    'GET /users/{id}': async ({ principal, params }) => {
      const found = await users.find(params.id);
      const [account] = await visibleTo(calls, principal, found ? [found] : []);
      if (!account) throw notFound('account');
      return presentUser(account, { isPrivate: isPrivateTo(principal, account) });
    },
    'GET /users/search/{query}': async ({ principal, params, query }) => {
      const limit = query.limit ?? PAGE;
      const size = Math.max(limit, PAGE);
      const visible: Account[] = [];
      // Those who are hidden take nobody's place, as long as they are not hundreds.
      for (let page = 0; page < 5 && visible.length < limit; page++) {
        const found = await users.searchByName(params.query, { skip: page * size, limit: size });
        visible.push(...(await visibleTo(calls, principal, found)));
        if (found.length < size) break;
      }
      return visible
        .slice(0, limit)
        .map((account) => presentUser(account, { isPrivate: isPrivateTo(principal, account) }));
    },
  } satisfies Partial<Handlers>;
}

function adminRoutes(context: Context) {
  const { db, calls } = context.platform;
  const listUsers = async (asked: Partial<UserList>) => {
    const q = asked.q?.trim() ?? '';
    const ids = q.length < 3 ? [] : await calls('profiles.findByName', { text: q });
    const accounts = await createUserStore(db).list({ skip: 0, limit: PAGE, ...asked, ids });
    return accounts.map((account) => presentUser(account, { isPrivate: true }));
  };
  return {
    'GET /users': async ({ query }) => listUsers(query),
    'GET /admin/users': async ({ query }) => listUsers(query),
    'GET /admin/stats': async () => {
      const [users, projects, collaborations] = await Promise.all([
        createUserStore(db).counts(),
        calls('projects.count', {}),
        calls('collaborations.count', {}),
      ]);
      return {
        total_users: users.total,
        active_users: users.active,
        total_projects: projects.total,
        active_projects: projects.open,
        total_collaborations: collaborations.total,
        pending_collaborations: collaborations.pending,
      };
    },
    'PUT /admin/users/{id}/toggle-active': async ({ principal, params }) => {
      const { id, is_active } = await setActive(context, principal.user_id, params.id);
      return { success: true, user: { id, is_active } };
    },
    'PUT /admin/users/{id}/active': async ({ principal, params, body }) =>
      setActive(context, principal.user_id, params.id, body),
    'PUT /admin/users/{id}/role': async ({ principal, params, body }) =>
      changeRole(context, principal.user_id, params.id, body.role),
    'GET /admin/college-domains': async () => ({ items: await createBadgeStore(db).listDomains() }),
    'POST /admin/college-domains': ({ principal, body, keep }) => addDomain(context, principal.user_id, body, keep),
    'PUT /admin/college-domains/{id}': async ({ principal, params, body }) =>
      changeDomain(context, principal.user_id, params.id, body),
    'DELETE /admin/college-domains/{id}': async ({ principal, params }) =>
      removeDomain(context, principal.user_id, params.id),
    'GET /admin/audit': async ({ query }) => {
      const size = query.limit ?? PAGE;
      const store = createAuditStore(db);
      const [found, total] = await Promise.all([
        store.list({
          before: query.cursor === undefined ? null : idOfCursor(query.cursor),
          limit: size + 1,
          target: query.target,
        }),
        store.total(query.target),
      ]);
      const items = found.slice(0, size);
      const last = items.at(-1);
      return {
        items,
        total,
        page: 1,
        size,
        pages: Math.max(1, Math.ceil(total / size)),
        next_cursor: last && found.length > size ? cursorOf(last.id) : null,
      };
    },
  } satisfies Partial<Handlers>;
}
