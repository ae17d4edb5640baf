/** How bytes leave: encoded for who asks, known again by their tag, and what shall go through untouched. */
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const LONG = 'tide '.repeat(1000);
const decode = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };

let app: TestApp;
let made = 0;
beforeAll(async () => {
  app = await startTestApp({
    modules: [],
    extend: async (server) => {
      server.get('/long', async () => ({ text: LONG }));
      server.get('/huge', async () => ({ text: LONG.repeat(20) }));
      server.get('/just', async (request) => ({ text: 'x'.repeat(Number((request.query as { n: string }).n) - 11) }));
      server.get('/public', async (_request, reply) => {
        made += 1;
        reply.headers({ 'cache-control': 'public, max-age=60', vary: 'Cookie' });
        return { text: LONG };
      });
      server.get('/strong', async (_request, reply) => {
        reply.header('etag', '"3.abc"');
        return { text: LONG };
      });
      server.get('/secret', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { text: LONG };
      });
      server.get('/picture', async (_request, reply) => reply.type('image/png').send(Buffer.alloc(5000)));
      server.get('/encoded', async (_request, reply) =>
        reply.header('content-encoding', 'gzip').type('text/plain').send(Buffer.alloc(5000)),
      );
      server.get('/flow', async (_request, reply) => reply.type('text/plain').send(Readable.from([LONG, LONG])));
      server.get('/missing', async (_request, reply) => reply.code(404).send({ text: LONG }));
      server.post('/long', async () => ({ text: LONG }));
    },
  });
}, 120_000);
afterAll(() => app.close());

interface Raw {
  status: number;
  headers: Record<string, string | undefined>;
  bytes: Buffer;
}

/** As the bytes come, which `fetch` would have decoded. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' | 'POST' = 'GET',
): Promise<Raw> {
  return new Promise<Raw>((resolve, reject) => {
    get(`${app.url}${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers as Raw['headers'],
          bytes: Buffer.concat(chunks),
        }),
      );
      answer.on('error', reject);
    }).on('error', reject);
  });
}
const asks = (encoding: string) => ({ 'accept-encoding': encoding });

describe('encoding', () => {
  it.each([
    ['zstd', 'zstd'],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['zstd;q=0, gzip', 'gzip'],
    ['*', 'zstd'],
  ] as const)('is, for %s, %s', async (accepted, encoding) => {
    for (const path of ['/long', '/huge']) {
      const { headers, bytes } = await ask(path, asks(accepted));
      expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
      expect(headers['content-length']).toBe(String(bytes.length));
      expect(JSON.parse(decode[encoding](bytes).toString())).toEqual({
        text: path === '/long' ? LONG : LONG.repeat(20),
      });
    }
  });

  it.each(['identity', 'compress', 'br;q=0', ''])('is none for %o, which a cache is told', async (accepted) => {
    const { headers, bytes } = await ask('/long', asks(accepted));
    expect(headers).toMatchObject({ vary: 'accept-encoding', 'content-length': String(bytes.length) });
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(bytes.toString())).toEqual({ text: LONG });
  });

  it('begins with 1,000 bytes', async () => {
    const small = await ask('/just?n=999', asks('br'));
    expect(small.bytes).toHaveLength(999);
    expect(small.headers.vary).toBeUndefined();
    expect(small.headers['content-encoding']).toBeUndefined();
    expect((await ask('/just?n=1000', asks('br'))).headers['content-encoding']).toBe('br');
  });

  it.each(['/picture', '/encoded', '/flow'])('leaves %s as it is', async (path) => {
    const plain = await ask(path);
    const asked = await ask(path, asks('zstd, br, gzip'));
    expect(asked.bytes.equals(plain.bytes)).toBe(true);
    expect(asked.headers['content-encoding']).toBe(plain.headers['content-encoding']);
    expect(asked.headers.vary).toBeUndefined();
  });

  it('is also for answers to a POST, and for problems', async () => {
    expect((await ask('/long', asks('gzip'), 'POST')).headers['content-encoding']).toBe('gzip');
    expect(await ask('/missing', asks('gzip'))).toMatchObject({ status: 404, headers: { 'content-encoding': 'gzip' } });
  });

  it('of a public answer is the same bytes again, and adds to what it depends on', async () => {
    const before = made;
    const [one, other] = [await ask('/public', asks('br')), await ask('/public', asks('br'))];
    expect(made).toBe(before + 2);
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(one.headers.vary).toBe('Cookie, accept-encoding');
    expect((await ask('/public', asks('gzip'))).headers['content-encoding']).toBe('gzip');
  });
});

describe('a tag', () => {
  it('of bytes is weak, the same for every encoding, and answered with 304 whichever it came with', async () => {
    const [plain, small] = [await ask('/long'), await ask('/long', asks('br'))];
    expect(plain.headers.etag).toMatch(/^W\/"[\w-]+"$/);
    expect(small.headers.etag).toBe(plain.headers.etag);
    const known = { 'if-none-match': plain.headers.etag ?? '', ...asks('zstd') };
    const again = await ask('/long', known);
    expect(again).toMatchObject({ status: 304, headers: { etag: plain.headers.etag, vary: 'accept-encoding' } });
    expect(again.bytes).toHaveLength(0);
    expect(again.headers['content-encoding']).toBeUndefined();
    expect(again.headers['content-length']).toBeUndefined();
  });

  it('that is strong names the encoding, and any of its own is known again', async () => {
    const tagOf = async (encoding: string) => (await ask('/strong', asks(encoding))).headers.etag;
    expect([await tagOf('identity'), await tagOf('br'), await tagOf('zstd')]).toEqual([
      '"3.abc"',
      '"3.abc-br"',
      '"3.abc-zstd"',
    ]);
    for (const tag of ['"3.abc"', '"3.abc-gzip"', 'W/"3.abc-br"', '"1.x", "3.abc"', '*']) {
      const { status, headers } = await ask('/strong', { 'if-none-match': tag, ...asks('br') });
      expect([status, headers.etag], tag).toEqual([304, '"3.abc-br"']);
    }
    for (const tag of ['"3.abd"', '3.abc', '"3.abc-xx"', '']) {
      expect((await ask('/strong', { 'if-none-match': tag })).status, tag).toBe(200);
    }
  });

  it('is not given to what nobody may keep, nor to problems and answers to a POST', async () => {
    for (const [path, method] of [
      ['/secret', 'GET'],
      ['/missing', 'GET'],
      ['/long', 'POST'],
    ] as const) {
      const { status, headers } = await ask(path, { 'if-none-match': '*' }, method);
      expect(status).not.toBe(304);
      expect(headers.etag).toBeUndefined();
    }
  });
});

it('HEAD says what GET would', async () => {
  const headersOf = async (method: 'GET' | 'HEAD', headers = {}) => {
    const { status, headers: all, bytes } = await ask('/strong', { ...asks('br'), ...headers }, method);
    if (method === 'HEAD') expect(bytes).toHaveLength(0);
    const { etag, vary } = all;
    return { status, etag, vary, encoding: all['content-encoding'], length: all['content-length'] };
  };
  expect(await headersOf('HEAD')).toEqual(await headersOf('GET'));
  const known = { 'if-none-match': '"3.abc"' };
  expect((await headersOf('HEAD', known)).length).toBeUndefined();
  expect(await headersOf('HEAD', known)).toMatchObject({ status: 304, etag: '"3.abc-br"' });
});
