/**
 * The built files of the web, from memory: those with a hash in their name for a year, everything else fresh; each in the
 * encodings that the build has made of it.
 */
import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AT_LEISURE, chooseEncoding, type Encoding } from '../../platform/http/encoding.ts';
import type { Metrics } from '../../platform/telemetry/metrics.ts';

const endings: Record<string, Encoding> = { '.br': 'br', '.zst': 'zstd', '.gz': 'gzip' };

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

interface Asset {
  isHashed: boolean;
  plain: Form;
  encoded: Map<Encoding, Form>;
}

/** One of the forms that a file is sent in. */
interface Form {
  bytes: Buffer;
  headers: Record<string, string>;
}

export interface AssetOptions {
  /** What `vite build` wrote for browsers, with siblings (`.br`, `.zst`, `.gz`) that are its files encoded. */
  folder: string;
  /** Pages of another origin than that of the assets use them, as with a CDN in between. */
  isElsewhere: boolean;
  metrics: Metrics;
}

export async function mountAssets(app: FastifyInstance, { folder, isElsewhere, metrics }: AssetOptions): Promise<void> {
  const assets = await readAssets(folder, isElsewhere);
  for (const [path, asset] of assets) {
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      const { bytes, headers } = formFor(asset, request.raw);
      if (asset.isHashed) dropPageHeaders(reply);
      return reply.headers(headers).send(bytes);
    });
  }
  let sent = 0;
  metrics.counter('asset_requests_total', 'Built files that were sent', [], (counter) => {
    counter.inc(sent);
    sent = 0;
  });
  answerFirst(app.server, (request, response) => {
    const asset = request.url?.startsWith('/assets/') ? assets.get(request.url) : undefined;
    const { method = '' } = request;
    // Who has it already, and asks again all the same, is answered at length.
    if (!asset || (method !== 'GET' && method !== 'HEAD') || request.headers['if-none-match']) return false;
    const { bytes, headers } = formFor(asset, request);
    // It takes no new connections any more: this one is to end, too.
    if (!app.server.listening) response.setHeader('connection', 'close');
    response.writeHead(200, headers).end(method === 'GET' ? bytes : undefined);
    sent += 1;
    return true;
  });
}

/** Lets `answer` have requests first. What all answers of the API pass would cost more than such a file itself. */
function answerFirst(server: Server, answer: (request: IncomingMessage, response: ServerResponse) => boolean): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!answer(request, response)) for (const listener of others) listener.call(server, request, response);
  });
}

function formFor({ plain, encoded }: Asset, { headers }: IncomingMessage): Form {
  const encoding = encoded.size > 0 ? chooseEncoding(headers['accept-encoding'], AT_LEISURE) : null;
  return (encoding && encoded.get(encoding)) ?? plain;
}

async function readAssets(folder: string, isElsewhere: boolean): Promise<Map<string, Asset>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // For those that begin with a dot, and for the page that all pages are made of, nobody asks.
    .filter((name) => !/^\.|^index\.html/.test(name));
  const assets = new Map<string, Asset>();
  for (const name of names.filter((each) => !(extname(each) in endings))) {
    const siblings = Object.entries(endings).filter(([ending]) => names.includes(name + ending));
    const isHashed = name.startsWith('assets/');
    const bytes = await readFile(join(folder, name));
    const headers = {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: `W/"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
      ...(siblings.length > 0 && { vary: 'accept-encoding' }),
      ...(isHashed && partHeaders(isElsewhere)),
    };
    const formOf = (of: Buffer, more = {}): Form => ({
      bytes: of,
      headers: { ...headers, ...more, 'content-length': String(of.length) },
    });
    const encoded = new Map<Encoding, Form>();
    for (const [ending, encoding] of siblings) {
      encoded.set(encoding, formOf(await readFile(join(folder, name + ending)), { 'content-encoding': encoding }));
    }
    assets.set(`/${name}`, { isHashed, plain: formOf(bytes), encoded });
  }
  return assets;
}

/** What of the headers that protect a page still says something beside a script, a style sheet or a face. */
const partHeaders = (isElsewhere: boolean) => ({
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': isElsewhere ? 'cross-origin' : 'same-origin',
  // Modules and faces are asked for with CORS, also by our own pages.
  ...(isElsewhere && { 'access-control-allow-origin': '*' }),
});

/** The rest of them is most of what a small part of it would weigh, and a page has a dozen of those. */
function dropPageHeaders(reply: FastifyReply): void {
  reply.removeHeader('x-request-id');
  // They were written past Fastify, onto Node's own answer.
  for (const name of reply.raw.getHeaderNames()) reply.raw.removeHeader(name);
}
