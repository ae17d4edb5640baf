/** What comes with the bytes of a built file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { mountAssets } from './assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'assets-'));
const CODE = 'export const tide = 1;\n'.repeat(100);
const IMMUTABLE = 'public, max-age=31536000, immutable';
const start = (isElsewhere: boolean) =>
  startTestApp({
    modules: [],
    config: { cdn: { ...testConfig().cdn, baseUrl: isElsewhere ? 'https://cdn.example' : null } },
    extend: (server, { metrics }) => mountAssets(server, { folder, isElsewhere, metrics }),
  });
let app: TestApp;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/small-aB3.js'), 'export {};');
  writeFileSync(join(folder, 'assets/face-aB3.woff2'), 'wOF2');
  writeFileSync(join(folder, 'assets/code-aB3.js'), CODE);
  writeFileSync(join(folder, 'assets/code-aB3.js.br'), brotliCompressSync(CODE));
  writeFileSync(join(folder, 'assets/code-aB3.js.zst'), zstdCompressSync(CODE));
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  app = await start(false);
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const ofTheConnection = /^(connection|date|keep-alive)$/;
const headersOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => !ofTheConnection.test(name)));

it('sends with a part of a page only what keeps it and what it may be used for', async () => {
  const answer = await app.fetch('/assets/small-aB3.js');
  expect(answer.status).toBe(200);
  const headers = {
    'cache-control': IMMUTABLE,
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': '10',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    etag: expect.stringMatching(/^W\/"/),
  };
  expect(headersOf(answer)).toEqual(headers);
  expect(await answer.text()).toBe('export {};');
  const head = await app.fetch('/assets/small-aB3.js', { method: 'HEAD' });
  expect([head.status, headersOf(head)]).toEqual([200, headers]);
});

it.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['zstd', 'zstd'],
  ['gzip', null],
  ['identity', null],
])('sends to who takes %s what the build has made for it', async (accepted, encoding) => {
  const answer = await app.fetch('/assets/code-aB3.js', { headers: { 'accept-encoding': accepted } });
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  expect(answer.headers.get('cache-control')).toBe(IMMUTABLE);
  expect(await answer.text()).toBe(CODE);
});

it('does not send again what somebody has, and has nothing else there', async () => {
  const tag = (await app.fetch('/assets/code-aB3.js')).headers.get('etag') ?? '';
  const again = await app.fetch('/assets/code-aB3.js', { headers: { 'if-none-match': tag } });
  expect([again.status, again.headers.get('cache-control')]).toEqual([304, IMMUTABLE]);
  for (const path of ['/assets/code-aB3.js.br', '/assets/none.js', '/index.html', '/assets/../favicon.svg?']) {
    expect((await app.fetch(path)).status, path).toBe(path.includes('favicon') ? 200 : 404);
  }
  expect((await app.fetch('/assets/code-aB3.js', { method: 'POST' })).status).toBe(404);
});

it('counts them', async () => {
  await (await app.fetch('/assets/code-aB3.js')).arrayBuffer();
  const metrics = await (await app.fetch('/metrics')).text();
  expect(metrics).toMatch(/^asset_requests_total [1-9]/m);
});

it('protects a file that may be opened for itself as a page is', async () => {
  const { headers } = await app.fetch('/favicon.svg');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('content-type')).toBe('image/svg+xml');
  expect(headers.get('cache-control')).toBe('no-cache');
});

describe('behind a CDN', () => {
  let behind: TestApp;
  beforeAll(async () => {
    behind = await start(true);
  }, 120_000);
  afterAll(() => behind.close());

  it('lets pages of another origin use them, faces and modules too', async () => {
    for (const path of ['/assets/face-aB3.woff2', '/assets/code-aB3.js']) {
      const { headers } = await behind.fetch(path);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
  });

  it('lets pages have files from there, and nothing else', async () => {
    const policy = (await behind.fetch('/favicon.svg')).headers.get('content-security-policy') ?? '';
    for (const kind of ['script', 'style', 'font', 'img'])
      expect(policy).toContain(`${kind}-src 'self' https://cdn.example`);
    expect(policy).toContain("connect-src 'self';");
  });
});
