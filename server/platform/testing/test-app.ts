/**
 * The whole product on a database of its own, spoken to over HTTP, as tests see it: in one service, or in several that
 * run apart, each on its own database, which those who ask cannot tell.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RouteKey, RouteParams, RouteQuery, RouteResponse } from '@collabthon/contracts/contract';
import { type AppRoutes, routesOf } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import type { Static, TSchema } from 'typebox';
import type { Config } from '../config/config.ts';
import { testConfig } from '../config/test-config.ts';
import { type KeptMail, listKeptMails } from '../mail/mail.ts';
import { createService, type Service, type ServiceOptions } from '../service.ts';
import { startApart, startPeers, type TestPeer } from './apart.ts';
import { loadModules } from './modules.ts';
import { createTestDatabase, TEST_POOL } from './test-database.ts';

export const TEST_PASSWORD = 'correct horse battery staple';

export interface TestMember {
  id: number;
  username: string;
  email: string;
  token: string;
  refresh_token: string;
}

type Body<R> = R extends { body: infer S extends TSchema } ? Static<S> : never;

interface RequestOptions<K extends keyof AppRoutes> {
  params?: RouteParams<AppRoutes[K]>;
  query?: RouteQuery<AppRoutes[K]>;
  body?: Body<AppRoutes[K]>;
  as?: { token: string } | null;
  headers?: Record<string, string>;
}

export interface TestAnswer<B> {
  status: number;
  body: B;
  headers: Headers;
}

/** One service of the product, with the modules that it mounts. */
export interface TestService {
  url: string;
  platform: Service['platform'];
  db: Service['platform']['db'];
  databaseUrl: string;
  modules: string[];
  close(): Promise<void>;
}

export const FORMS = ['together', 'apart'] as const;
export type Form = (typeof FORMS)[number];

/** Apart, what is one service's is that of the first. */
export interface TestApp extends Omit<TestService, 'modules'> {
  services: readonly TestService[];
  /** The service that mounts a module. */
  of(module: string): TestService;
  /** Asks by route key; the answer is typed as the success body, also when it is a problem. */
  request<K extends keyof AppRoutes & RouteKey>(
    key: K,
    options?: RequestOptions<K>,
  ): Promise<TestAnswer<RouteResponse<AppRoutes[K]>>>;
  /** Raw: a path below the server's address. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Registers and signs in a new member. */
  member(options?: {
    username?: string;
    email?: string;
    role?: 'student' | 'moderator' | 'admin';
  }): Promise<TestMember>;
  /** Waits until every event, job and saga that is due has run. */
  settled(): Promise<void>;
  mails(address?: string): Promise<KeptMail[]>;
  close(): Promise<void>;
}

type TestAppOptions = { config?: Partial<Config>; form?: Form; peers?: TestPeer[] } & Partial<
  Pick<ServiceOptions, 'extend' | 'modules' | 'poolLimits' | 'work'>
>;

/**
 * @param form apart: in the services of the contract, or in the given `peers`, of which the other options say nothing
 */
export async function startTestApp({ form = 'together', peers, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const modules = options.modules ?? (await loadModules());
  const services =
    form === 'together'
      ? [await startTogether({ ...options, modules })]
      : await (peers ? startPeers(peers) : startApart(modules));
  const [first] = services;
  if (!first) throw new Error('No service has started.');
  const of = (module: string): TestService => {
    const service = services.length === 1 ? first : services.find(({ modules }) => modules.includes(module));
    if (!service) throw new Error(`No service mounts ${module}.`);
    return service;
  };
  /** Also nothing that went back for a moment, as an event does that waits for one before it. */
  const isQuiet = async ({ db }: TestService) => {
    const { rows } = await db.execute(sql`
      SELECT 1 FROM pgboss.job
      WHERE state < 'completed' AND start_after <= now() + interval '1 second' AND name NOT LIKE '\\_\\_pgboss%' AND name <> 'dead-letters'
      UNION ALL SELECT 1 FROM platform.sagas WHERE holder IS NOT NULL OR due_at <= now()
      LIMIT 1`);
    return rows.length === 0;
  };

  const app: TestApp = {
    ...first,
    services,
    of,

    async request(key, { params, query, body, as, headers } = {}) {
      const [method = '', template = ''] = key.split(' ');
      const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
        encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
      );
      const search = new URLSearchParams(
        Object.entries((query ?? {}) as Record<string, unknown>)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, String(value)]),
      );
      const owner = Object.entries(routesOf).find(([, routes]) => key in routes)?.[0] ?? '';
      // The streams of all members are where most is told.
      const { url } = of(owner === 'stream' ? 'projects' : owner);
      const response = await fetch(`${url}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(as && { authorization: `Bearer ${as.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return {
        status: response.status,
        headers: response.headers,
        body: text && isJson ? JSON.parse(text) : undefined,
      };
    },

    fetch: (path, init) => fetch(`${first.url}${path}`, { redirect: 'manual', ...init }),

    async member({
      username = `user_${randomBytes(5).toString('hex')}`,
      email = `${username}@example.org`,
      role,
    } = {}) {
      const registered = await app.request('POST /auth/register', {
        body: { email, username, password: TEST_PASSWORD },
      });
      if (registered.status !== 201) throw new Error(`Registering failed: ${JSON.stringify(registered.body)}`);
      const { id } = registered.body;
      if (role) await of('accounts').db.execute(sql`UPDATE accounts.users SET role = ${role} WHERE id = ${id}`);
      const login = await app.request('POST /auth/login', { body: { username, password: TEST_PASSWORD } });
      if (login.status !== 200) throw new Error(`Signing in failed: ${JSON.stringify(login.body)}`);
      return { id, username, email, token: login.body.access_token, refresh_token: login.body.refresh_token };
    },

    async settled() {
      // What one service does may be for another, which is looked at again until all were quiet one after the other.
      for (let quiet = 0; quiet < 2 * services.length - 1; quiet += 1) {
        const service = services[quiet % services.length];
        if (!service || (await isQuiet(service))) continue;
        quiet = -1;
        await pause(5);
      }
    },

    async mails(to) {
      const all = await Promise.all(services.map(({ db }) => listKeptMails(db, to === undefined ? {} : { to })));
      return all.flat();
    },

    async close() {
      for (const service of services) await service.close();
    },
  };
  return app;
}

export type SecondService = Service & { url: string };

/** A second service on the database of another, as a second process would be. It leaves the jobs to that one. */
export async function startBeside(
  { platform, databaseUrl }: Pick<TestService, 'platform' | 'databaseUrl'>,
  poolLimits = TEST_POOL,
): Promise<SecondService> {
  const service = await createService({
    config: platform.config,
    databaseUrl,
    modules: await loadModules(),
    poolLimits,
    work: false,
  });
  return { ...service, url: await service.listen() };
}

async function startTogether({
  config,
  modules,
  ...options
}: Omit<TestAppOptions, 'form' | 'peers'> & { modules: ServiceOptions['modules'] }): Promise<TestService> {
  const database = await createTestDatabase();
  const service = await createService({
    config: testConfig(config),
    databaseUrl: database.url,
    modules,
    poolLimits: TEST_POOL,
    ...options,
  });
  const { platform } = service;
  return {
    url: await service.listen(),
    platform,
    db: platform.db,
    databaseUrl: database.url,
    modules: modules.map(({ name }) => name),
    async close() {
      await service.stop();
      await database.drop();
    },
  };
}
