/** The one way to the API: typed by the route keys of the contracts, so a path cannot drift. */
import type { RouteBody, RouteParams, RouteQuery, RouteResponse } from '@collabthon/contracts/contract';
import type { AppRoutes } from '@collabthon/contracts/index';
import type { Problem } from '@collabthon/contracts/shapes';
import { reportNoAnswer } from './connection.ts';
import { ApiError } from './errors.ts';
import { beginAnew, isSignedOut, setSessionEnded, shownAccount } from './session.ts';
import { surroundings } from './surroundings.ts';

type RouteKey = keyof AppRoutes & string;

type Required<Name extends string, T> = T extends undefined ? { [K in Name]?: undefined } : { [K in Name]: T };
type Optional<Name extends string, T> = { [K in Name]?: T | undefined };

type Options<K extends RouteKey> = Required<'params', RouteParams<AppRoutes[K]>> &
  Optional<'query', RouteQuery<AppRoutes[K]>> &
  Required<'body', RouteBody<AppRoutes[K]>> & {
    signal?: AbortSignal;
    /** The call outlives the page that is being left; its body may have 64 kB. */
    keepalive?: boolean;
    /** Names one wish, so that trying again after a lost answer does not fulfil it twice. */
    idempotencyKey?: string;
  };

type Arguments<K extends RouteKey> =
  Record<never, never> extends Options<K> ? [options?: Options<K>] : [options: Options<K>];

/** What a route answers with. */
export type Answer<K extends RouteKey> = RouteResponse<AppRoutes[K]>;

/** What a route takes in its query string. */
export type Query<K extends RouteKey> = NonNullable<RouteQuery<AppRoutes[K]>>;

interface LooseOptions {
  params?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
  keepalive?: boolean;
  idempotencyKey?: string;
}

export const apiBase = '/api/v1';

function pathOf(template: string, { params = {}, query = {} }: LooseOptions): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const suffix = search.toString();
  return `${apiBase}${path}${suffix ? `?${suffix}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiError({
    status: response.status,
    code: problem?.code ?? 'unreadable',
    params: problem?.params ?? {},
    errors: problem?.errors ?? [],
    requestId: problem?.request_id ?? response.headers.get('x-request-id'),
    retryAfter: retryAfter > 0 ? retryAfter : null,
  });
}

/** What was asked for too often, and until when asking again would be in vain. */
const paused = new Map<string, { until: number; problem: ApiError }>();

/** @throws ApiError for a question that the server has said not to ask yet */
function assertNotPaused(key: string): void {
  const { until = 0, problem } = paused.get(key) ?? {};
  const seconds = Math.ceil((until - Date.now()) / 1000);
  if (problem && seconds > 0) throw new ApiError({ ...problem, params: { seconds }, retryAfter: seconds });
}

/**
 * Calls a route of the API with the browser's session cookie.
 *
 * @throws ApiError for every answer that is not a success, and with status 0 and code `network` when no answer came.
 */
export async function api<K extends RouteKey>(key: K, ...[options]: Arguments<K>): Promise<Answer<K>> {
  const [method = 'GET', template = ''] = key.split(' ');
  const { body, signal, keepalive, idempotencyKey, ...rest } = (options ?? {}) as LooseOptions;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  // A POST that the network repeats is answered from the first one. Plain http has no randomUUID, except on localhost.
  const wish = idempotencyKey ?? (method === 'POST' && globalThis.isSecureContext ? crypto.randomUUID() : undefined);
  if (wish) headers['idempotency-key'] = wish;
  // Another tab may have signed in as somebody else; what is written here is not theirs.
  const account = shownAccount();
  if (method !== 'GET' && account !== null) headers['x-acting-as'] = String(account);

  assertNotPaused(key);
  let response: Response;
  let text = '';
  try {
    response = await surroundings().fetch(pathOf(template, rest), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
    if (response.ok) text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    reportNoAnswer();
    throw new ApiError({ status: 0, code: 'network', params: {}, errors: [], requestId: null, retryAfter: null });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (isSignedOut(problem) && account !== null) setSessionEnded(true);
    if (problem.code === 'other_account') beginAnew();
    // The server asks for many visitors, who do not share their limits.
    if (problem.code === 'too_many_requests' && method === 'GET' && !import.meta.env.SSR)
      paused.set(key, { until: Date.now() + 1000 * (problem.retryAfter ?? 1), problem });
    throw problem;
  }
  return (text ? JSON.parse(text) : undefined) as Answer<K>;
}
