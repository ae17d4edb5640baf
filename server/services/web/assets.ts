/** The built files of the web: those with a hash in their name for a year, everything else fresh. */
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** @param folder what `vite build` wrote for browsers; compressed siblings (`.br`, `.gz`) are preferred where they exist */
export async function mountAssets(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    preCompressed: true,
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz', 'index.html'],
    cacheControl: false,
    setHeaders: (reply, path) => {
      const immutable = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (immutable) dropPageHeaders(reply);
    },
  });
}

/** What still says something beside a script, a style sheet or a face. */
const kept = ['x-content-type-options', 'cross-origin-resource-policy'];

/** The headers that protect a page are most of what a small part of it would weigh, and a page has a dozen of those. */
function dropPageHeaders(reply: FastifyReply): void {
  reply.removeHeader('x-request-id');
  // The rest was written past Fastify, onto Node's own answer.
  for (const name of reply.raw.getHeaderNames()) if (!kept.includes(name)) reply.raw.removeHeader(name);
}
