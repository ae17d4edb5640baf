/** The whole product on a database of its own, spoken to over HTTP, as tests see it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RouteKey, RouteParams, RouteQuery, RouteResponse } from '@collabthon/contracts/contract';
import type { AppRoutes } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import type { Static, TSchema } from 'typebox';
import type { Config } from '../config/config.ts';
import { testConfig } from '../config/test-config.ts';
import { type KeptMail, listKeptMails } from '../mail/mail.ts';
import { createService, type Service, type ServiceOptions } from '../service.ts';
import { loadModules } from './modules.ts';
import { createTestDatabase } from './test-database.ts';

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

export interface TestApp {
  url: string;
  platform: Service['platform'];
  db: Service['platform']['db'];
  databaseUrl: string;
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
  /** Waits until every event and job that is due has run. */
  settled(): Promise<void>;
  mails(address?: string): Promise<KeptMail[]>;
  close(): Promise<void>;
}

export async function startTestApp(
  options: { config?: Partial<Config> } & Partial<
    Pick<ServiceOptions, 'extend' | 'modules' | 'poolLimits' | 'work'>
  > = {},
): Promise<TestApp> {
  const database = await createTestDatabase();
  const { config, ...rest } = options;
  const service = await createService({
    config: testConfig(config),
    databaseUrl: database.url,
    modules: rest.modules ?? (await loadModules()),
    poolLimits: { kept: 0, burst: 10, queue: 500 },
    ...rest,
  });
  const url = await service.listen();
  const { platform } = service;
  const { db } = platform;

  const app: TestApp = {
    url,
    platform,
    db,
    databaseUrl: database.url,

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

    fetch: (path, init) => fetch(`${url}${path}`, { redirect: 'manual', ...init }),

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
      if (role) await db.execute(sql`UPDATE accounts.users SET role = ${role} WHERE id = ${id}`);
      const login = await app.request('POST /auth/login', { body: { username, password: TEST_PASSWORD } });
      if (login.status !== 200) throw new Error(`Signing in failed: ${JSON.stringify(login.body)}`);
      return { id, username, email, token: login.body.access_token, refresh_token: login.body.refresh_token };
    },

    async settled() {
      for (;;) {
        const { rows } = await db.execute(sql`
          SELECT 1 FROM pgboss.job
          WHERE state < 'completed' AND start_after <= now() AND name NOT LIKE '\\_\\_pgboss%' AND name <> 'dead-letters'
          LIMIT 1`);
        if (rows.length === 0) return;
        await pause(5);
      }
    },

    mails: (to) => listKeptMails(db, to === undefined ? {} : { to }),

    async close() {
      await service.stop();
      await database.drop();
    },
  };
  return app;
}
