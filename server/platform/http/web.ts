/** Serves the built web: hashed assets for a year, everything else fresh, and the app for every page address. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './errors.ts';
import { notFound } from './problems.ts';

const DEMO_MARK = '<meta name="collabthon-demo" content="true">';

/** @param folder what `vite build` wrote; compressed siblings (`.br`, `.gz`) are preferred where they exist */
export async function mountWeb(
  app: FastifyInstance,
  { folder, demo }: { folder: string; demo: boolean },
): Promise<void> {
  const built = await readFile(join(folder, 'index.html'), 'utf8');
  const page = demo ? built.replace('</head>', `${DEMO_MARK}</head>`) : built;

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
    },
  });

  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const isFile = /^\/(api|assets)\//.test(request.url);
    const wantsPage = /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');
    if (isFile || !wantsPage) return sendProblem(request, reply, notFound('This address'));
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
}
