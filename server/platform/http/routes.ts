/** From a contract's route to one that answers: access, then validation, then the handler, then the declared answer. */
import type {
  Access,
  RouteBody,
  RouteParams,
  RouteQuery,
  RouteResponse,
  RouteSpec,
  Routes,
} from '@collabthon/contracts/contract';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import type { Principal } from '../auth/auth.ts';
import type { Cache } from '../cache/cache.ts';
import { fill, markShared } from '../cdn/shared.ts';
import { fulfil, idempotencyHeaders, type Keep, noWish, type Wish } from './idempotency.ts';
import { keepAnswers } from './kept-answers.ts';
import type { Limits } from './limits.ts';
import { forbidden, unauthorized, unprocessable } from './problems.ts';
import { readAgain } from './read-again.ts';
import type { RunReading } from './read-tokens.ts';

export interface RouteRequest<R extends RouteSpec> {
  /** Null only where anybody may come. */
  principal: R['access'] extends 'public' ? Principal | null : Principal;
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  headers: FastifyRequest['headers'];
  /** The client's address, with trusted proxies taken off. */
  ip: string;
  log: FastifyBaseLogger;
  /** A POST that creates calls it in the transaction of what it creates, with its answer. */
  keep: Keep;
  /** For cookies and headers; the answer itself is what the handler returns. */
  reply: FastifyReply;
}

type Answer<R extends RouteSpec> = R['status'] extends 302
  ? Promise<{ location: string }>
  : R extends { response: TSchema }
    ? Promise<RouteResponse<R>>
    : Promise<void>;

export type RouteHandlers<R extends Routes> = {
  [K in keyof R]: R[K] extends RouteSpec ? (request: RouteRequest<R[K]>) => Answer<R[K]> : never;
};

export interface MountedRoute {
  /** `GET /projects/{id}` */
  key: string;
  spec: RouteSpec;
  handle(request: RouteRequest<RouteSpec>): Promise<unknown>;
}

export const API_BASE = '/api/v1';

const rank = { student: 0, moderator: 1, admin: 2 } as const;
const neededRank: Record<Access, number> = { public: -1, member: 0, moderator: 1, admin: 2 };

/** Throws 401 or 403 unless this principal may come in. */
function admit(access: Access, principal: Principal | null): void {
  const needed = neededRank[access];
  if (needed < 0) return;
  if (!principal) throw unauthorized('not_signed_in', 'Sign in to do this.');
  if (rank[principal.role] < needed)
    throw forbidden('forbidden', `Only ${access === 'admin' ? 'an admin' : 'a moderator'} may do this.`, {
      role: access,
    });
}

/**
 * Drops query parameters that the route does not name, for clients that send filters of the predecessor.
 * @returns whether there were any
 */
function dropUnknownQuery(request: FastifyRequest, schema: TObject | undefined): boolean {
  const known = schema?.properties ?? {};
  const query = request.query as Record<string, unknown>;
  const unknown = Object.keys(query).filter((name) => !Object.hasOwn(known, name));
  for (const name of unknown) delete query[name];
  return unknown.length > 0;
}

/** One thing has one address: `01`, `1e3` and ` 1` would be converted to numbers, but are no ids. */
function refuseLooseIds(request: FastifyRequest, schema: TObject | undefined): void {
  const params = request.params as Record<string, string>;
  const loose = Object.entries(schema?.properties ?? {}).filter(
    ([name, property]) => 'type' in property && property.type === 'integer' && !/^[1-9]\d*$/.test(params[name] ?? ''),
  );
  if (loose.length === 0) return;
  throw unprocessable(
    loose.map(([name]) => ({ path: `/params/${name}`, code: 'not_an_id', message: 'This must be an id.' })),
  );
}

const closed = { type: 'object', properties: {}, additionalProperties: false } as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** It asks in a way that few do. */
    isOdd: boolean;
  }
}

/** Who asks; null for nobody. */
export type Identify = (request: FastifyRequest) => Promise<Principal | null>;

interface RouteParts {
  identify: Identify;
  /** Null: no answer is kept. */
  cache: Cache | null;
  /** Null: there is but one place to read from. */
  runReading: RunReading | null;
  readWish: (request: FastifyRequest) => Wish | null;
  /** A CDN that may keep answers is told when they are old. */
  isPurged?: boolean;
  /** Null: nothing is limited. */
  limits: Limits | null;
}

export function mountRoute(
  app: FastifyInstance,
  mounted: MountedRoute,
  { identify, limits, cache, readWish, runReading, isPurged = false }: RouteParts,
): void {
  const { key, spec, handle } = mounted;
  const kept = cache && keepAnswers(cache, mounted);
  const [method = '', path = ''] = key.split(' ');
  const status = spec.status ?? 200;
  // What leads elsewhere has used up something on its way: a code, a link.
  const onlyReads = method === 'GET' && status !== 302;
  const creates = method === 'POST' && status === 201 && spec.access !== 'public';
  const route: RouteOptions = {
    method,
    url: `${API_BASE}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: spec.bodyLimit ?? 65_536,
    ...(spec.limit === 'sign_in' && { config: { shed: 'late' } }),
    schema: {
      summary: spec.summary,
      operationId: key,
      tags: [path.split('/')[1] ?? ''],
      ...(spec.access !== 'public' && { security: [{ bearer: [] }, { cookie: [] }] }),
      ...(spec.params && { params: spec.params }),
      querystring: spec.query ?? closed,
      ...(spec.body && { body: spec.body }),
      ...(creates && { headers: idempotencyHeaders }),
      response: {
        [status]: spec.response ?? { description: 'Done; no body.', type: 'null' },
        '4xx': {
          description: 'A problem on the caller’s side.',
          content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
        },
      },
    },
    onRequest: async (request, reply) => {
      let refusal: unknown;
      try {
        request.principal = spec.ignoresCredentials ? null : await readAgain(() => identify(request));
      } catch (error) {
        // Who comes with what is no good counts, as nobody.
        refusal = error;
      }
      await limits?.take(request, reply, spec.limit ?? 'general');
      if (refusal !== undefined) throw refusal;
      admit(spec.access, request.principal);
      if (kept && !request.principal && kept.sendAtOnce(request, reply)) return reply;
    },
    preValidation: async (request) => {
      refuseLooseIds(request, spec.params);
      // Anything might stand there, and each would be kept for itself.
      if (spec.ignoresUnknownQuery && dropUnknownQuery(request, spec.query)) request.isOdd = true;
    },
    handler: async (request, reply) => {
      const wish = creates ? readWish(request) : null;
      const answer = () =>
        handle({
          principal: request.principal as Principal,
          params: request.params as never,
          query: request.query as never,
          body: request.body as never,
          headers: request.headers,
          ip: request.ip,
          log: request.log,
          keep: wish?.keep ?? noWish,
          reply,
        });
      const ask = async () => {
        if (wish) return fulfil(wish, answer);
        const isKept = kept && !request.principal && request.method === 'GET' && !request.isOdd;
        return { answer: await (isKept ? kept.find(request, reply, answer) : answer()), isAgain: false };
      };
      const work = onlyReads ? () => readAgain(ask, () => !reply.sent) : ask;
      const { answer: result, isAgain } = await (runReading ? runReading(request, reply, work) : work());
      if (isAgain) reply.header('idempotent-replayed', 'true');
      if (spec.keeps && !request.principal) {
        markShared(reply, isPurged ? spec.keeps.tags.map((tag) => fill(tag, request.params)) : []);
      }
      // The handler keeps the connection and writes by itself.
      if (reply.sent) return reply;
      if (status === 302) return reply.redirect((result as { location: string }).location, 302);
      reply.code(status);
      if (status === 204 || result === undefined) return reply.send();
      return result;
    },
  };
  if (!spec.takesForm) app.route(route);
  else {
    void app.register(async (scope) => {
      const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
      scope.addContentTypeParser(forms, { parseAs: 'string' }, async () => undefined);
      scope.route(route);
    });
  }
}
