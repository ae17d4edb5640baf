import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  const owner = await app.member();
  for (const title of ['Lamp one', 'Lamp two']) {
    const body = { title, description: 'Something to build.' };
    expect((await app.request('POST /projects', { as: owner, body })).status).toBe(201);
  }
  await app.settled();
}, 120_000);
afterAll(() => app.close());

const titles = async ({ q }: { q: string }) =>
  (await app.request('GET /search-advanced/projects', { query: { q } })).body.items.map(({ title }) => title);

describe('whatever is typed', () => {
  const nasty = [
    "'",
    "''",
    '"',
    '\\',
    "\\'",
    '%',
    '_',
    '%%%',
    ':*',
    'a:*',
    '!',
    '!!lamp',
    '&',
    '|',
    '(',
    ')',
    '((lamp',
    'lamp & | ! <->',
    '<2>',
    "lamp' | 'x",
    "'; DROP TABLE discovery.words; --",
    '$lamp',
    '{{lamp}}',
    '🎉',
    '👩‍👩‍👧‍👦',
    'C++',
    'C#',
    '.NET',
    '.',
    '=',
    '==lamp',
    '=lamp',
    '\u202Elamp',
    'ﬁle',
    'İstanbul',
    'ß',
    '١٢٣',
    'मशीन',
    '日本語',
    '\t\n lamp \r',
    'a '.repeat(100),
    'a'.repeat(200),
    '+'.repeat(200),
    '\\'.repeat(200),
    'é'.repeat(200),
    '\uFFFF',
    '\u{10FFFF}',
    'NULL',
    'true',
    "x'::tsquery",
    "'lamp':A",
    'lamp:ABCD',
    '-lamp',
    '1e400',
    '0x1F',
  ];

  it('is answered with 200, for projects and for people', async () => {
    for (const q of nasty) {
      for (const path of ['projects', 'profiles']) {
        const answer = await app.fetch(`/api/v1/search-advanced/${path}?${new URLSearchParams({ q })}`);
        expect(answer.status, JSON.stringify(q)).toBe(200);
      }
    }
  });

  it('finds the word among operators', async () => {
    expect((await titles({ q: "!!(lamp & | one')" }))[0]).toBe('Lamp one');
    expect(await titles({ q: '&|!' })).toEqual([]);
  });

  it('holds for anything that a generator makes up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }).filter((q) => !q.includes('\0') && q.length <= 200),
        async (q) => {
          expect((await app.fetch(`/api/v1/search-advanced/projects?${new URLSearchParams({ q })}`)).status).toBe(200);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is refused with 4xx when it cannot be text', async () => {
    for (const q of ['%00', 'a%00b', '%ED%A0%80', '%C3%28', '%FF']) {
      const { status } = await app.fetch(`/api/v1/search-advanced/projects?q=${q}`);
      expect(status === 200 || (status >= 400 && status < 500), `${q} ${status}`).toBe(true);
    }
    expect((await app.fetch('/api/v1/search-advanced/projects?q=%00')).status).toBe(422);
  });

  it('drops filters that nobody knows, as old clients send them', async () => {
    expect((await app.fetch('/api/v1/search-advanced/search/projects?q=lamp&colour=red')).status).toBe(200);
  });
});
