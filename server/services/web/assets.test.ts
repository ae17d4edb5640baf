/** What comes with the bytes of a built file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { mountAssets } from './assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'assets-'));
let app: TestApp;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/shared-aB3.js'), 'export {};');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  app = await startTestApp({ extend: (server) => mountAssets(server, folder) });
}, 120_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

it('sends with a part of a page only what keeps it and what it may be used for', async () => {
  const { status, headers } = await app.fetch('/assets/shared-aB3.js');
  expect(status).toBe(200);
  const ofTheConnection =
    /^(accept-ranges|connection|content-(encoding|length|type)|date|keep-alive|transfer-encoding|vary)$/;
  expect(Object.fromEntries([...headers].filter(([name]) => !ofTheConnection.test(name)))).toEqual({
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    etag: expect.any(String),
    'last-modified': expect.any(String),
  });
});

it('protects a file that may be opened for itself as a page is', async () => {
  const { headers } = await app.fetch('/favicon.svg');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('cache-control')).toBe('no-cache');
});
