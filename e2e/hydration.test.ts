/**
 * The browser takes over exactly what the server rendered: nothing in the markup changes, nothing is asked for twice,
 * nothing moves and nothing complains. Checked as a visitor and as a member, also from right to left.
 */
import type { Locale } from '@collabthon/contracts/shapes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct, type Visitor } from './product.ts';
import { trafficOf } from './traffic.ts';

let product: Product;
let open: Record<string, string>;
let signedIn: Record<string, string>;
let password: string;
/** Of a project of maya's. */
let own: number;
beforeAll(async () => {
  product = await startProduct({ demo: true });
  password = (await import('../server/demo/people.ts')).DEMO_PASSWORD;
  const { body } = await product.app.request('GET /projects', { query: { limit: 1 } });
  const [project] = body.items;
  const { items } = (await product.app.request('GET /projects', { query: { limit: 100 } })).body;
  own = items.find(({ owner }) => owner.username === 'maya')?.id ?? 0;
  open = {
    home: '/',
    projects: '/explore/projects',
    'projects with a filter': '/explore/projects?q=python&is_remote=true',
    people: '/explore/people',
    project: `/projects/${project?.id}`,
    person: `/people/${project?.owner_id}`,
    'sign-in': '/sign-in',
    'sign-up': '/sign-up',
  };
  signedIn = {
    home: '/',
    projects: '/explore/projects',
    people: '/explore/people',
    project: `/projects/${project?.id}`,
    person: `/people/${project?.owner_id}`,
    'new project': '/projects/new',
    work: '/work',
    settings: '/settings',
    'settings: profile': '/settings/profile',
    'settings: availability': '/settings/availability',
    'settings: appearance': '/settings/appearance',
  };
}, 180_000);
afterAll(() => product?.close());

/** Calls that a page makes of itself, later: they are not in its markup. */
const later = [/^GET \/api\/v1\/drafts\//];

const cases = [
  { who: 'a visitor', language: 'en' },
  { who: 'a member', language: 'en' },
  { who: 'a member', language: 'ar' },
] as const satisfies readonly { who: string; language: Locale }[];

it.each(cases)(
  'takes over every page as it is for $who, in $language',
  { timeout: 120_000 },
  async ({ who, language }) => {
    const visitor = await product.visitor({ language });
    if (who === 'a member') {
      const data = { username: 'maya', password };
      const answer = await visitor.context.request.post('/api/v1/auth/browser-session', { data });
      expect(answer.status()).toBe(201);
    }
    // The zone of the browser is known from the second page on.
    await visitor.page.goto('/');
    await visitor.settled();
    const found: string[] = [];
    for (const [name, path] of Object.entries(who === 'a member' ? signedIn : open))
      found.push(...(await differences(visitor, path)).map((difference) => `${name}: ${difference}`));
    expect([...found, ...visitor.complaints]).toEqual([]);
    await visitor.context.close();
  },
);

it('writes nothing of a form that is only opened', async () => {
  const { page, context } = await product.visitor();
  await context.request.post('/api/v1/auth/browser-session', { data: { username: 'maya', password } });
  const written: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') written.push(request.url());
  });
  // Asked for by the page itself, once it lives.
  const alive = page.waitForResponse('**/recommendations/preview');
  await page.goto(`/projects/${own}/edit`);
  await alive;
  expect(await page.getByRole('button', { name: 'Discard changes' }).count()).toBe(0);
  // Leaving sends what is unsent.
  await page.goto('/work');
  expect(written).toEqual([]);
  await context.close();
});

/** What the browser made different from the server's answer, and what it asked for though it had it. */
async function differences({ context, page: other }: Visitor, path: string): Promise<string[]> {
  await other.close();
  const page = await context.newPage();
  const settled = trafficOf(page);
  const asked: string[] = [];
  // What the stream of live updates leads to, once it has begun, is no matter of taking over.
  let isLive = false;
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    isLive ||= request.resourceType() === 'eventsource';
    if (pathname.startsWith('/api/') && !isLive) asked.push(`${request.method()} ${pathname}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const root = document.getElementById('root');
      Object.assign(window, { before: root?.innerHTML, first: root?.firstElementChild });
    });
  });
  await page.goto(path);
  await settled();
  const changed = await page.evaluate(() => {
    const { before = '', first } = window as unknown as { before?: string; first?: Element };
    // Of a text area the text is a property afterwards.
    const plain = (html: string) => html.replace(/<!--.*?-->/g, '').replace(/[^>]*<\/textarea>/g, '');
    const root = document.getElementById('root');
    const [was, is] = [plain(before), plain(root?.innerHTML ?? '')];
    if (first !== root?.firstElementChild) return 'rendered from nothing';
    if (was === is) return null;
    let at = 0;
    while (was[at] === is[at]) at++;
    return `…${was.slice(at - 60, at + 80)}… became …${is.slice(at - 60, at + 80)}…`;
  });
  const repeated = asked.filter((call) => !later.some((pattern) => pattern.test(call)));
  return [...(changed ? [changed] : []), ...repeated.map((call) => `asked again: ${call}`)];
}
