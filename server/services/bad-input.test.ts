/** Every route against input that nobody sends by accident: refused with 4xx, never a 5xx, nothing written. */
import type { RouteKey, RouteSpec } from '@collabthon/contracts/contract';
import { routes } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../platform/testing/test-app.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
  await app.settled();
});
afterAll(() => app.close());

const all = Object.entries(routes) as [RouteKey, RouteSpec][];
const deep = (open: string, close: string) => open.repeat(5000) + close.repeat(5000);

/** What is wrong -> the body as text. */
const bodies: Record<string, string> = {
  'malformed JSON': '{"title": ',
  'a bare string': '"title"',
  null: 'null',
  'an array': '[]',
  'an unknown field': '{"is_active": true, "surely_unknown": 1}',
  'NUL in text': '{"title": "a\\u0000b", "username": "a\\u0000b"}',
  'a lone surrogate': '{"title": "\\ud800", "username": "\\udfff"}',
  'NUL in a field name': '{"a\\u0000": 1}',
  '5,000 nested arrays': deep('[', ']'),
  '5,000 nested objects': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  __proto__: '{"__proto__": {"role": "admin"}}',
  constructor: '{"constructor": {"prototype": {"role": "admin"}}}',
  'an id beyond 2^53': '{"receiver_id": 9007199254740993}',
};
const queries = [
  'limit=-1',
  'size=0',
  'limit=1000000',
  'page=0',
  'page=99999999999999999999',
  'skip=-5',
  'cursor=garbage',
];
const ids = ['0', '-1', '9007199254740993', '1.5', 'abc', '%00', '1e3', '%ED%A0%80', "1'--", '..%2f1'];

const fill = (key: RouteKey, value: string) => {
  const [method = '', template = ''] = key.split(' ');
  return { method, path: `/api/v1${template.replaceAll(/\{\w+\}/g, value)}` };
};
const asAdmin = () => ({ authorization: `Bearer ${admin.token}` });

async function isRefused(answer: Response): Promise<void> {
  const text = await answer.text();
  expect(answer.status, text).toBeGreaterThanOrEqual(400);
  expect(answer.status, text).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(JSON.parse(text)).toMatchObject({
    status: answer.status,
    detail: expect.any(String),
    code: expect.any(String),
  });
}

/** Rows of every table of the modules, so that a write anywhere shows. */
async function countRows(): Promise<unknown> {
  const { rows } = await app.db.execute(sql`
    SELECT table_schema || '.' || table_name AS name,
      (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', table_schema, table_name), false, true, '')))[1]::text::int AS n
    FROM information_schema.tables
    WHERE table_type = 'BASE TABLE'
      AND table_schema IN ('accounts', 'profiles', 'projects', 'collaborations', 'discovery', 'notifications')
      AND table_name NOT LIKE '%attempt%'
    ORDER BY 1`);
  return rows;
}

describe('a body', () => {
  const taking = all.filter(([, { body }]) => body);

  it.each(Object.keys(bodies))('with %s is refused everywhere, and nothing is written', async (name) => {
    const before = await countRows();
    for (const [key] of taking) {
      const { method, path } = fill(key, '1');
      await isRefused(
        await app.fetch(path, {
          method,
          body: bodies[name] ?? '',
          headers: { ...asAdmin(), 'content-type': 'application/json' },
        }),
      );
    }
    expect(await countRows()).toEqual(before);
  });

  it('that is too large is 413', async () => {
    const body = JSON.stringify({ title: 'x'.repeat(2_000_000) });
    for (const [key] of taking) {
      const { method, path } = fill(key, '1');
      const answer = await app.fetch(path, {
        method,
        body,
        headers: { ...asAdmin(), 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(413);
    }
  });

  it('of another media type is 415', async () => {
    for (const [key] of taking) {
      const { method, path } = fill(key, '1');
      const answer = await app.fetch(path, {
        method,
        body: '<a/>',
        headers: { ...asAdmin(), 'content-type': 'text/xml' },
      });
      expect(answer.status).toBe(415);
    }
  });

  it('names every field that is wrong', async () => {
    const answer = await app.request('POST /auth/register', {
      body: { email: 'nobody', username: '!', password: 'short', role: 'admin' } as never,
    });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as unknown as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path).sort()).toEqual(['/email', '/password', '/role', '/username', '/username']);
  });
});

describe('a query', () => {
  it.each(queries)(
    '%s is refused where it is known and unknown names are refused where no old client sends them',
    async (query) => {
      const [name = ''] = query.split('=');
      for (const [key, spec] of all.filter(([key]) => key.startsWith('GET'))) {
        const { method, path } = fill(key, '1');
        const known = Object.hasOwn(spec.query?.properties ?? {}, name);
        const answer = await app.fetch(`${path}?${query}`, { method, headers: asAdmin() });
        if (known || (!spec.ignoresUnknownQuery && key !== 'GET /auth/oauth/{provider}/callback'))
          await isRefused(answer);
        else expect(answer.status, key).toBeLessThan(500);
      }
    },
  );

  it('with NUL or half a character is 4xx', async () => {
    for (const [key, spec] of all.filter(([, { query }]) => query)) {
      const { method, path } = fill(key, '1');
      for (const name of Object.keys(spec.query?.properties ?? {})) {
        const answer = await app.fetch(`${path}?${name}=%00`, { method, headers: asAdmin() });
        await isRefused(answer);
      }
    }
  });
});

describe('an id in the path', () => {
  it.each(ids)('%s is refused', async (id) => {
    for (const [key, spec] of all.filter(([, { params }]) => params && Object.hasOwn(params.properties, 'id'))) {
      const { method, path } = fill(key, id);
      const needsBody = Boolean(spec.body);
      await isRefused(
        await app.fetch(path, {
          method,
          headers: { ...asAdmin(), ...(needsBody && { 'content-type': 'application/json' }) },
          ...(needsBody && { body: '{}' }),
        }),
      );
    }
  });
});
