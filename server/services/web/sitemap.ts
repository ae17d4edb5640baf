/**
 * What search engines read first: `/robots.txt`, and in `/sitemap.xml` the way to every page that anybody may see.
 *
 * A file holds a range of ids, so that it is read from where it begins, and an entry never moves to another file.
 */
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import { sendProblem } from '../../platform/http/errors.ts';
import { notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { ownPages } from './own-pages.ts';

/** Ids in one file: below the protocol's 50,000 addresses, and small enough to be made at a stroke. */
const IDS = 10_000;
const PAGE = 5000;
const HOUR = 3_600_000;
const CACHED_BYTES = 32 * 1024 * 1024;

/** Private pages are open to robots too: who may not read one never learns from it that it is not for an index. */
const robots = (publicUrl: string) => `User-agent: *
Disallow: /api/

Sitemap: ${publicUrl}/sitemap.xml
`;

const kinds = { projects: 'discovery.listPublicProjects', people: 'discovery.listPublicPeople' } as const;
type Kind = keyof typeof kinds;

export function mountSitemap(app: FastifyInstance, { calls, config }: Platform): void {
  const { publicUrl } = config.http;
  const files = new LRUCache<string, string>({
    ttl: HOUR,
    maxSize: CACHED_BYTES,
    sizeCalculation: (text) => text.length,
    // One that is pushed out while it is made still goes to those who wait for it.
    ignoreFetchAbort: true,
    fetchMethod: (name) => write(name),
  });

  /** @returns undefined for a file that there is none of */
  async function write(name: string): Promise<string | undefined> {
    if (name === 'index') return writeIndex();
    if (name === 'pages') return urlSet(ownPages.map((path) => ({ path })));
    const [, kind = '', number = ''] = /^(projects|people)-([1-9]\d{0,10})$/.exec(name) ?? [];
    return number === '' ? undefined : writeRange(kind as Kind, Number(number));
  }

  async function writeIndex(): Promise<string> {
    const names = ['pages', ...(await listRanges('projects')), ...(await listRanges('people'))];
    const entries = names.map((name) => `<sitemap><loc>${publicUrl}/sitemaps/${name}.xml</loc></sitemap>`);
    return xml(`<sitemapindex ${NAMESPACE}>${entries.join('')}</sitemapindex>`);
  }

  /** Looks only at the first entry of each range, and past the ranges that have none. */
  async function listRanges(kind: Kind): Promise<string[]> {
    const names: string[] = [];
    for (let after_id = 0; ; ) {
      const [first] = await calls(kinds[kind], { after_id, limit: 1 });
      if (!first) return names;
      const number = Math.ceil(first.id / IDS);
      names.push(`${kind}-${number}`);
      after_id = number * IDS;
    }
  }

  async function writeRange(kind: Kind, number: number): Promise<string | undefined> {
    const last = number * IDS;
    const entries: Entry[] = [];
    for (let after_id = last - IDS; after_id < last; ) {
      const found = await calls(kinds[kind], { after_id, limit: PAGE });
      const own = found.filter(({ id }) => id <= last);
      entries.push(...own.map(({ id, updated_at }) => ({ path: `/${kind}/${id}`, updated_at })));
      if (own.length < PAGE) break;
      after_id = own.at(-1)?.id ?? last;
    }
    return entries.length > 0 ? urlSet(entries) : undefined;
  }

  const urlSet = (entries: Entry[]) =>
    xml(`<urlset ${NAMESPACE}>${entries.map((entry) => urlOf(publicUrl, entry)).join('')}</urlset>`);

  const headers = { 'cache-control': 'public, max-age=3600' };
  app.get('/robots.txt', { schema: { hide: true } }, (_request, reply) =>
    reply.headers(headers).type('text/plain; charset=utf-8').send(robots(publicUrl)),
  );

  app.get('/sitemap.xml', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .headers(headers)
      .type(XML)
      .send(await files.fetch('index')),
  );

  app.get('/sitemaps/:name.xml', { schema: { hide: true } }, async (request, reply) => {
    const { name } = request.params as { name: string };
    const file = name === 'index' ? undefined : await files.fetch(name);
    if (file === undefined) return sendProblem(request, reply, notFound('url'));
    return reply.headers(headers).type(XML).send(file);
  });
}

interface Entry {
  path: string;
  updated_at?: string;
}

const XML = 'application/xml; charset=utf-8';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

const xml = (root: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
const urlOf = (publicUrl: string, { path, updated_at }: Entry) =>
  `<url><loc>${publicUrl}${path}</loc>${updated_at ? `<lastmod>${updated_at}</lastmod>` : ''}</url>`;
