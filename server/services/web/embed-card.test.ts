import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { mountForCrawlers } from './crawlers.ts';

let app: TestApp;
let owner: TestMember;
beforeAll(async () => {
  app = await startTestApp({ extend: async (server, platform) => mountForCrawlers(server, platform) });
  owner = await app.member();
}, 120_000);
afterAll(() => app.close());

const post = async (more: object = {}) =>
  (await app.request('POST /projects', { as: owner, body: { title: 'Kite <b>', description: 'It "flies".', ...more } }))
    .body.id;

it('may stand on any site, runs nothing and is not for search engines', async () => {
  const id = await post();
  const answer = await app.fetch(`/embed/projects/${id}?lang=ar`);
  const { headers } = answer;
  expect([answer.status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('x-frame-options')).toBeNull();
  expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(headers.get('x-robots-tag')).toBe('noindex');
  expect(headers.get('set-cookie')).toBeNull();
  const page = await answer.text();
  expect(page).toContain('alt="Kite &lt;b&gt;. It &quot;flies&quot;."');
  expect(page).toContain(`href="http://localhost:8000/projects/${id}"`);
  expect(page).toContain(`src="/og/projects/${id}.png?lang=ar"`);
  expect(page).not.toContain('<script');
});

it('shows nothing that a visitor may not see, also to its owner', async () => {
  const hidden = [await post({ status: 'draft' }), await post({ visibility: 'members' }), 999_999, 'x', '..%2Fme'];
  for (const id of hidden) {
    const answer = await app.fetch(`/embed/projects/${id}`, { headers: { authorization: `Bearer ${owner.token}` } });
    expect([id, answer.status >= 400 && answer.status < 500]).toEqual([id, true]);
    expect(await answer.text()).not.toContain('Kite');
  }
});
