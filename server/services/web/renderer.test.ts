/** What readers get when a page itself cannot be rendered. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadRenderer } from './renderer.ts';

const built = fileURLToPath(new URL('../../../web/dist/server/server.js', import.meta.url));

it('says that something broke, and leaves the page to the browser', async () => {
  const renderPage = await loadRenderer(built);
  const rendered = await renderPage({
    url: '/projects/1',
    boot: { locale: 'es', zone: 'UTC', now: Date.now(), requestId: 'r', isDemo: false },
    // A project that lacks all that a project has.
    surroundings: { fetch: async () => Response.json({ id: 1 }), cookie: '' },
  });
  expect(rendered).toMatchObject({ status: 500, head: { status: 500 }, boot: { data: null } });
  expect(rendered).toHaveProperty('error');
  expect('html' in rendered && rendered.html).toMatch(/<h1[^>]*>Algo se rompió/);
});
