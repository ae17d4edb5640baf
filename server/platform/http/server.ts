/** The HTTP server: identity, limits of size and time, headers, compression, errors, telemetry; then the routes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import helmet from 'helmet';
import type { Auth } from '../auth/auth.ts';
import { createIdentify } from '../auth/identify.ts';
import type { Cache } from '../cache/cache.ts';
import type { Calls } from '../calls/calls.ts';
import type { Config } from '../config/config.ts';
import type { Db } from '../database/database.ts';
import type { Limiter } from '../limits/gcra.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { mountMetrics, mountRequestTelemetry } from '../telemetry/requests.ts';
import { mountAnswers } from './answers.ts';
import { mountErrors, sendProblem, toProblem } from './errors.ts';
import { mountHealth } from './health.ts';
import { readWish } from './idempotency.ts';
import { createLimits, LIMIT_HEADERS } from './limits.ts';
import { mountOpenApi } from './openapi.ts';
import { READ_AFTER, type RunReading } from './read-tokens.ts';
import { API_BASE, type Identify, type MountedRoute, mountRoute } from './routes.ts';
import { mountShedding } from './shedding.ts';
import { refuseUnstorableText, validatorCompiler } from './validation.ts';

export interface ServerParts {
  config: Config;
  log: FastifyBaseLogger;
  db: Db;
  auth: Auth;
  calls: Calls;
  metrics: Metrics;
  cache: Cache;
  runReading: RunReading | null;
  /** Null: nothing is limited. */
  limiter: Limiter | null;
  /** How many requests wait for the database, to as many as may. */
  databaseQueue: () => number;
  /** Null: health and metrics are all there is. */
  routes: MountedRoute[] | null;
  collectMetrics?: (() => Promise<string>) | undefined;
  isStopping: () => boolean;
  /** Connections are not to be used again. */
  isLeaving: () => boolean;
}

export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, log, db, metrics, runReading, limiter, routes, collectMetrics, isStopping, isLeaving } = parts;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    // Ids from outside are kept apart from ours: anybody could send one.
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    trustProxy: (_address, hop) => hop < config.http.trustedProxyHops,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000 },
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    bodyLimit: 65_536,
    // An address that cannot even be decoded never reaches a route or its error handler.
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, toProblem(error)),
  });

  app.setValidatorCompiler(validatorCompiler);
  acceptJson(app);
  mountErrors(app);
  mountRequestTelemetry(app, metrics);
  // Before identity, so that a refused request is counted, compressed and carries its headers too.
  await app.register(cookie);
  const safety = safetyHeaders(config);
  app.addHook('onRequest', (_request, { raw }, done) => {
    for (const [name, value] of safety) raw.setHeader(name, value);
    done();
  });
  if (config.http.corsOrigins.length > 0) await app.register(cors, corsOptions(config));

  const identify = createIdentify(parts);
  const identifyAndCount: Identify = async (request) => {
    const principal = await identify(request);
    if (principal) metrics.seen(principal.user_id);
    return principal;
  };
  app.decorateRequest('principal', null);
  app.decorateRequest('isOdd', false);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (isLeaving()) reply.header('connection', 'close');
  });
  app.decorate('isPressed', config.http.sheds ? mountShedding(app, metrics, parts.databaseQueue) : () => false);
  app.addHook('preValidation', refuseUnstorableText);
  app.addHook('onSend', async (request, reply) => {
    if (isLeaving()) reply.header('connection', 'close');
    // What depends on who asks stays out of shared caches; a browser asks again with the ETag.
    if (request.url.startsWith(API_BASE) && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'private, no-cache');
    }
  });
  mountAnswers(app);

  mountHealth(app, { db, isStopping });
  mountMetrics(app, metrics, collectMetrics);
  if (routes) await mountOpenApi(app, config);
  const limits = limiter && createLimits(config, limiter, metrics);
  app.decorate('limits', limits);
  const routeParts = {
    identify: identifyAndCount,
    cache: parts.cache,
    runReading,
    limits,
    readWish: (request: FastifyRequest) => readWish(db, request),
    isPurged: config.cdn.purgeUrl !== null,
  };
  for (const route of routes ?? []) mountRoute(app, route, routeParts);
  return app;
}

/** JSON only. An empty body is no body, as old clients send one with a content type on PUT and POST. */
function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body as string, done);
  });
}

/** Where the files of a page may come from. */
const filesFrom = ({ cdn }: Config) => ["'self'", ...(cdn.baseUrl ? [new URL(cdn.baseUrl).origin] : [])];

/** What helmet sets on every answer, found out once: it would put them together anew for each. */
function safetyHeaders(config: Config): [string, string][] {
  const headers: [string, string][] = [];
  const answer = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader() {} };
  helmet(helmetOptions(config))({} as IncomingMessage, answer as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
}

const helmetOptions = (config: Config) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: filesFrom(config),
      styleSrc: filesFrom(config),
      imgSrc: [...filesFrom(config), 'data:', 'blob:'],
      fontSrc: filesFrom(config),
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      ...(config.http.publicUrl.startsWith('https:') && { upgradeInsecureRequests: [] }),
    },
  },
  hsts: config.http.publicUrl.startsWith('https:') && { maxAge: 31_536_000, includeSubDomains: true },
  referrerPolicy: { policy: 'strict-origin-when-cross-origin' as const },
  crossOriginEmbedderPolicy: false,
});

const corsOptions = (config: Config) => ({
  origin: config.http.corsOrigins,
  // Other origins use bearer tokens; the cookie is ours alone.
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key', READ_AFTER],
  exposedHeaders: ['etag', 'idempotent-replayed', ...LIMIT_HEADERS, READ_AFTER, 'retry-after', 'x-request-id'],
  maxAge: 600,
});
