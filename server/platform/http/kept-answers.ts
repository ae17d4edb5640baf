/**
 * Answers that anybody gets who is not signed in, kept as the bytes that are sent: what is found in memory costs what sending
 * it costs. Who is signed in gets none of them, and leaves none.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cache, Keeping } from '../cache/cache.ts';
import { fill } from '../cdn/shared.ts';
import { addVary, tagIn } from './answers.ts';
import { AT_LEISURE, chooseEncoding, ENCODED_FROM, type Encoding, encode } from './encoding.ts';
import { READ_AFTER } from './read-tokens.ts';
import type { MountedRoute } from './routes.ts';

export interface KeptAnswers {
  /** Sends what is ready in memory, past all that would look at it once more. @returns whether it has */
  sendAtOnce(request: FastifyRequest, reply: FastifyReply): boolean;
  /**
   * Sets the headers of what is kept, or else of what `handle` answers.
   * @returns the bytes to be sent
   * @throws what `handle` throws
   */
  find(request: FastifyRequest, reply: FastifyReply, handle: () => Promise<unknown>): Promise<Buffer>;
}

interface Answer {
  body: string;
  etag: string;
}
/** Made of an answer when it is first sent so. */
interface Bytes {
  body: Buffer;
  /** As they were sent then, name by name and value by value. */
  headers?: string[];
}
type Form = Encoding | 'plain';

/** Headers that say something of the answer, and nothing of the request. */
const OF_THE_ANSWER = new Set([
  ...['cache-control', 'cache-tag', 'cdn-cache-control', 'content-encoding', 'content-length', 'content-type'],
  ...['etag', 'surrogate-control', 'surrogate-key', 'vary'],
]);
const bytesOf = new WeakMap<Answer, Partial<Record<Form, Bytes>>>();

/** @returns null for a route whose answers are not kept */
export function keepAnswers(cache: Cache, { key, spec }: MountedRoute): KeptAnswers | null {
  const { keeps, response } = spec;
  if (!keeps || !response || spec.access !== 'public' || !key.startsWith('GET ')) return null;
  // Another version of the program, whose answers look different, has other keys.
  const name = `${hash(JSON.stringify(response)).slice(0, 8)} `;
  const keyOf = ({ url }: FastifyRequest) => name + url;

  return {
    sendAtOnce(request, reply) {
      const { method, headers, cookies } = request;
      // Who brings a token may have seen more than is known here yet; who has the answer is not sent it again.
      if (method !== 'GET' || headers['if-none-match'] || headers[READ_AFTER] || cookies[READ_AFTER]) return false;
      const answer = cache.peek<Answer>(keyOf(request));
      const bytes = answer && bytesOf.get(answer)?.[formFor(request, answer)];
      if (!bytes?.headers) return false;
      reply.hijack();
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined && !raw.hasHeader(name)) raw.setHeader(name, value);
      }
      raw.writeHead(200, bytes.headers);
      raw.end(bytes.body);
      return true;
    },

    async find(request, reply, handle) {
      const keeping: Keeping = {
        seconds: keeps.seconds,
        tags: keeps.tags.map((tag) => fill(tag, request.params)),
      };
      const write = reply.getSerializationFunction('200') ?? JSON.stringify;
      const answer = await cache.read<Answer>(keyOf(request), keeping, async () => {
        const body = write((await handle()) as Record<string, unknown>);
        // A handler that knows a better tag than one of the bytes sets it.
        return { body, etag: String(reply.getHeader('etag') ?? `W/"${hash(body)}"`) };
      });
      const form = formFor(request, answer);
      const bytes = await bytesIn(form, answer);
      const encoding = form === 'plain' ? null : form;
      if (encoding) reply.header('content-encoding', encoding);
      addVary(reply, 'accept-encoding');
      reply.headers({ 'content-type': 'application/json; charset=utf-8', etag: tagIn(encoding, answer.etag) });
      reply.raw.once('finish', () => {
        if (reply.statusCode === 200) bytes.headers ??= headersOf(reply);
      });
      return bytes.body;
    },
  };
}

async function bytesIn(form: Form, answer: Answer): Promise<Bytes> {
  const all = bytesOf.get(answer) ?? {};
  bytesOf.set(answer, all);
  const body = all[form]?.body ?? Buffer.from(answer.body);
  all[form] ??= { body: form === 'plain' ? body : await encode(body, form) };
  return all[form];
}

const headersOf = ({ raw }: FastifyReply): string[] =>
  Object.entries(raw.getHeaders()).flatMap(([name, value]) => (OF_THE_ANSWER.has(name) ? [name, String(value)] : []));

/** Encoded once and sent often. */
const formFor = ({ headers }: FastifyRequest, { body }: Answer): Form =>
  (body.length >= ENCODED_FROM && chooseEncoding(headers['accept-encoding'], AT_LEISURE)) || 'plain';

const hash = (text: string) => createHash('sha1').update(text).digest('base64');
