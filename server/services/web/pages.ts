/**
 * Every address that is not the API's or a file's is a page: rendered here with its data and head, readable without
 * scripts, and taken over by the same code in the browser. Its data comes from our own API, asked as the visitor.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest, InjectOptions } from 'fastify';
import { sessionCookieName } from '../../platform/auth/session-cookie.ts';
import { keysOf, markForCdn } from '../../platform/cdn/shared.ts';
import { sendProblem } from '../../platform/http/errors.ts';
import { notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { mountAssets } from './assets.ts';
import { choicesOf } from './choices.ts';
import { type Manifest, writeDocument } from './document.ts';
import { loadRenderer, type Rendered, type RenderRequest } from './renderer.ts';

export interface WebOptions {
  /** web/dist */
  folder: string;
  platform: Platform;
}

export async function mountWeb(app: FastifyInstance, { folder, platform }: WebOptions): Promise<void> {
  const { config, metrics } = platform;
  const { publicUrl } = config.http;
  const filesAt = config.cdn.baseUrl ?? '';
  const isPurged = config.cdn.purgeUrl !== null;
  const built = await readFile(join(folder, 'client/index.html'), 'utf8');
  const template = built.replaceAll('="/assets/', () => `="${filesAt}/assets/`);
  const manifest = JSON.parse(await readFile(join(folder, 'client/.vite/manifest.json'), 'utf8')) as Manifest;
  const renderPage = await loadRenderer(join(folder, 'server/server.js'));

  await mountAssets(app, { folder: join(folder, 'client'), isElsewhere: filesAt !== '', metrics });

  // A form that is sent before its page's code has come: nothing is taken, and nothing of it stands in an address.
  app.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      done(null);
    });
    forms.post('/*', { schema: { hide: true } }, async (request, reply) => {
      if (/^\/api\//.test(request.url)) return sendProblem(request, reply, notFound('url'));
      // Two slashes, or a slash and a backslash, would lead to another host.
      return reply.redirect(request.url.replace(/^[/\\]+/, '/'), 303);
    });
  });

  app.get('/*', { schema: { hide: true }, config: { shed: 'never' } }, async (request, reply) => {
    const isFile = /^\/(api|assets|embed|og|sitemaps)\//.test(request.url);
    const wantsPage = /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');
    if (isFile || !wantsPage) return sendProblem(request, reply, notFound('url'));

    const pass = (await app.limits?.welcome(request, reply)) ?? null;
    const { theme, asked, ...choices } = choicesOf(request);
    const parts = createParts();
    const boot = { ...choices, now: Date.now(), requestId: request.id, isDemo: config.demo };
    const surroundings = { fetch: askOurselves(app, request, parts, pass), cookie: request.headers.cookie ?? '' };
    // While there is too much to do the browser renders, which costs us little, and says so where data does not come.
    const rendered = app.isPressed() ? unrendered(boot) : await renderPage({ url: request.url, boot, surroundings });
    // A link to a language chooses it, so that the choice lasts where no script remembers it.
    const isNewChoice = asked !== null && request.cookies.locale !== asked;
    if (isNewChoice) {
      const secure = publicUrl.startsWith('https:');
      reply.setCookie('locale', asked, { path: '/', sameSite: 'lax', secure, maxAge: 31_536_000 });
    }
    reply.header('cache-control', 'private, no-cache').header('vary', 'Cookie, Accept-Language');
    if ('redirect' in rendered) return reply.redirect(rendered.redirect, 302);
    if (rendered.error) request.log.error({ err: rendered.error }, 'page not rendered');
    if (rendered.status === 503) reply.header('retry-after', '2');
    if (!rendered.head.canonical) reply.header('x-robots-tag', 'noindex');
    const isGuest = request.cookies[sessionCookieName(config)] === undefined;
    // What gives a cookie is for one alone.
    if (isGuest && isPurged && rendered.status === 200 && !isNewChoice && pass === null) {
      markForCdn(reply, parts.keys(), PAGE_FOR_CDN);
      if (parts.keys().length > 0) reply.header('cache-control', 'public, no-cache');
    }
    return reply
      .code(rendered.status)
      .type('text/html; charset=utf-8')
      .send(writeDocument({ template, manifest, filesAt, publicUrl, rendered, theme, asked }));
  });
}

/** Seconds; less than its parts, since a page also names the files of the build that it was made with. */
const PAGE_FOR_CDN = 'max-age=60, stale-while-revalidate=60, stale-if-error=3600';

/** The answers that a page is made of: it may be kept by a CDN if all of them may, and is old when one of them is. */
function createParts() {
  const keys = new Set(['pages']);
  let mayBeKept = true;
  return {
    add(headers: Record<string, unknown>) {
      const own = keysOf(headers);
      if (own.length === 0) mayBeKept = false;
      for (const key of own) keys.add(key);
    },
    keys: () => (mayBeKept ? [...keys] : []),
  };
}
type Parts = ReturnType<typeof createParts>;

const unrendered = (boot: RenderRequest['boot']): Extract<Rendered, { html: string }> => ({
  status: 503,
  html: '',
  head: { status: 503 },
  boot: { ...boot, data: null },
  chunks: [],
});

/** Headers that say who asks; everything else about the outer request is not the API's matter. */
const passedOn = ['cookie', 'host', 'user-agent', 'x-forwarded-for', 'x-forwarded-proto'];

/**
 * Reaches the API without the network, with the visitor's cookies and address, so that rights and limits are theirs.
 * @param pass that the visitor was given just now
 */
function askOurselves(app: FastifyInstance, request: FastifyRequest, parts: Parts, pass: string | null) {
  const identity = Object.fromEntries(
    passedOn.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
  );
  if (pass !== null) identity.cookie = [identity.cookie, pass].filter(Boolean).join('; ');
  return async (path: string, init: RequestInit): Promise<Response> => {
    const answer = await app.inject({
      method: (init.method ?? 'GET') as NonNullable<InjectOptions['method']>,
      url: path,
      headers: { ...(init.headers as Record<string, string>), ...identity },
      remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
    });
    parts.add(answer.headers);
    const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304;
    return new Response(hasBody ? answer.payload : null, {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
  };
}
