/**
 * The grammar of a contract: routes, calls, events and jobs are declared as plain data here, implemented by one
 * module, and used by every other part through types that follow from the declaration.
 */
import type { Static, TObject, TSchema } from 'typebox';

/** Who may reach a route at all; what they may do there is the module's policy. There is no default. */
export type Access = 'public' | 'member' | 'moderator' | 'admin';

/** What asking for it counts as where limits are kept: `server/platform/http/limits.ts` says how many. */
export type LimitClass = 'general' | 'list' | 'search' | 'person' | 'people' | 'sign_in' | 'mark' | 'typing';

export interface RouteSpec {
  summary: string;
  access: Access;
  params?: TObject;
  query?: TObject;
  body?: TSchema;
  /** Body of the success answer; absent with status 204 and 302. */
  response?: TSchema;
  /** Success status, 200 unless said. */
  status?: 200 | 201 | 202 | 204 | 302;
  /**
   * The answer is the same for everybody who is not signed in, and kept for them so long, unless something of these tags is
   * changed before: `projects`, `project/{id}` with the id of the params.
   */
  keeps?: { seconds: number; tags: readonly string[] };
  /** Old clients send unknown filters here; they are dropped instead of refused. */
  ignoresUnknownQuery?: boolean;
  /** Tokens and cookies that a client still sends do not count here, not even as bad ones: signing in, refreshing. */
  ignoresCredentials?: boolean;
  /** A form that a client sends is taken, and what it says dropped: mail clients send one whatever the route needs. */
  takesForm?: boolean;
  /** `general` unless said. What signs in, or finishes it, is also last to be turned away when there is too much to do. */
  limit?: LimitClass;
  /** Largest body in bytes, 65,536 unless said. */
  bodyLimit?: number;
}

/** Keys read `GET /projects/{id}`, relative to `/api/v1`. */
export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
export type Routes = Record<RouteKey, RouteSpec>;

/** A call may be asked again when its answer was lost, so it bears that by itself, or wants a key. */
export interface CallSpec {
  input: TSchema;
  output: TSchema;
  /** Its caller names what it wants by a key, for which it is done once. */
  wantsKey?: boolean;
}
/** Keys read `profiles.getCards`. */
export type Calls = Record<string, CallSpec>;

/** An event says what happened to one entity. Those of one entity reach each subscriber in the order they were written. */
export interface EventSpec {
  payload: TObject;
  /** What kind of entity it is about: `project`. */
  entity: string;
  /** Where the payload holds the id of the entity: `project_id`, `project.id`. */
  key: string;
}
/** Keys read `project.created`. */
export type Events = Record<string, EventSpec>;

export interface JobSpec {
  input: TSchema;
  retryLimit: number;
  /** Seconds until a run counts as failed. */
  expireInSeconds: number;
  /** Runs side by side in one process; 10 unless said. */
  concurrency?: number;
  /** Runs that may begin in a second, in all processes together; as many as there are unless said. */
  ratePerSecond?: number;
}
/** Keys read `discovery.index_project`. */
export type Jobs = Record<string, JobSpec>;

/** What members' open pages are told, by name: `message.sent`. */
export type Streams = Record<string, TObject>;

type Part<S> = S extends TSchema ? Static<S> : undefined;
export type RouteParams<R extends RouteSpec> = Part<R['params']>;
export type RouteQuery<R extends RouteSpec> = Part<R['query']>;
export type RouteBody<R extends RouteSpec> = Part<R['body']>;
export type RouteResponse<R extends RouteSpec> = R['response'] extends TSchema ? Static<R['response']> : undefined;

export const defineRoutes = <const R extends Routes>(routes: R): R => routes;
export const defineCalls = <const C extends Calls>(calls: C): C => calls;
export const defineEvents = <const E extends Events>(events: E & KeysOf<E>): E => events;
export const defineStreams = <const S extends Streams>(streams: S): S => streams;
export const defineJobs = <const J extends Jobs>(jobs: J): J => jobs;

/** Fields that may be the id of an entity: on top of the payload, or the `id` of an object there. */
type KeyOf<P> = {
  [F in keyof P & string]: P[F] extends string | number ? F : P[F] extends { id: string | number } ? `${F}.id` : never;
}[keyof P & string];
type KeysOf<E extends Events> = { [N in keyof E]: { key: KeyOf<Static<E[N]['payload']>> } };
