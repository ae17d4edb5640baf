/** Pages behind a CDN: where they have their files from, and which of them it may keep. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../platform/config/config.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { mountWeb } from './pages.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    // Nobody listens there: what is told is not the matter here.
    config: { cdn: { baseUrl: 'https://cdn.example', purgeUrl: 'http://127.0.0.1:9', purgeToken: null } },
    extend: (server, platform) => mountWeb(server, { folder: join(projectRoot, 'web/dist'), platform }),
  });
}, 120_000);
afterAll(() => app.close());

it('names the CDN for every file of the build, and nothing else', async () => {
  const answer = await app.fetch('/');
  const html = await answer.text();
  const files = [...html.matchAll(/(?:href|src)="([^"]*\/assets\/[^"]*)"/g)].map(([, address = '']) => address);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect(file).toMatch(/^https:\/\/cdn\.example\/assets\/[\w.-]+$/);
  expect(html).toContain('href="/manifest.webmanifest"');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self' https://cdn.example");
  // What they name is here for the CDN to fetch.
  for (const file of files) expect((await app.fetch(new URL(file).pathname)).status, file).toBe(200);
});

it('lets the CDN keep the page of a guest under the keys of what it shows, and no other', async () => {
  const { headers } = await app.fetch('/');
  expect(headers.get('surrogate-key')?.split(' ')).toEqual(expect.arrayContaining(['pages', 'projects']));
  expect(headers.get('cache-control')).toBe('public, no-cache');
  expect(headers.get('vary')).toMatch(/cookie, accept-language/i);
  for (const [path, cookie] of [
    // Whoever it is that this was, what they see is theirs.
    ['/', 'session=of-somebody'],
    // It sets a cookie.
    ['/?lang=es', ''],
    ['/projects/999999', ''],
  ] as const) {
    const answer = await app.fetch(path, { headers: { cookie } });
    expect(answer.headers.get('surrogate-key'), path).toBeNull();
    expect(answer.headers.get('cache-control'), path).toBe('private, no-cache');
  }
});
