/**
 * What every answer passes at last: it gets a tag, is not sent again to who has it, and is encoded for who asks (RFC 9110,
 * sections 8.8.3, 12.5.5 and 13.1.2). Streams, what is encoded already, and what is small go through as they are.
 */
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { chooseEncoding, ENCODED_FROM, type Encoding, encode } from './encoding.ts';

const COMPRESSIBLE = /^text\/(?!event-stream)|^image\/svg|[/+](?:json|xml|javascript)\b/;
/** Bytes of encoded public answers that are kept, since many ask for the same. */
const KEPT_BYTES = 16 * 1024 * 1024;

export function mountAnswers(app: FastifyInstance): void {
  const kept = new LRUCache<string, Buffer>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length });

  const encodeAnswer = (reply: FastifyReply, bytes: Buffer, encoding: Encoding): Buffer | Promise<Buffer> => {
    if (!isPublic(reply)) return encode(bytes, encoding);
    const key = `${encoding} ${hash('sha256', bytes, 'base64')}`;
    const known = kept.get(key);
    if (known) return known;
    const encoded = encode(bytes, encoding);
    if (Buffer.isBuffer(encoded)) kept.set(key, encoded);
    else void encoded.then((done) => kept.set(key, done));
    return encoded;
  };

  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const isEncodable = mayBeEncoded(reply, payload);
    if (isEncodable) addVary(reply, 'accept-encoding');
    const encoding = isEncodable ? chooseEncoding(request.headers['accept-encoding']) : null;
    if (isRead(request) && reply.statusCode === 200) {
      const tag = tagOf(reply, payload, encoding);
      if (tag !== undefined && isKnown(request.headers['if-none-match'], tag)) {
        reply.code(304).removeHeader('content-type');
        return request.method === 'HEAD' ? '' : null;
      }
    }
    if (!encoding) return payload;
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return encodeAnswer(reply, Buffer.isBuffer(payload) ? payload : Buffer.from(payload), encoding);
  });

  // After Fastify's own hook for HEAD, which knows no answer without a body but an empty one.
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') return;
    const dropLength = async (_request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
      if (reply.statusCode === 304) reply.removeHeader('content-length');
      return payload;
    };
    route.onSend = [route.onSend ?? [], dropLength].flat();
  });
}

const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD';
const isPublic = (reply: FastifyReply) => String(reply.getHeader('cache-control')).startsWith('public');

const mayBeEncoded = (reply: FastifyReply, payload: string | Buffer) =>
  payload.length >= ENCODED_FROM / 3 &&
  Buffer.byteLength(payload) >= ENCODED_FROM &&
  reply.statusCode !== 206 &&
  !reply.hasHeader('content-encoding') &&
  COMPRESSIBLE.test(String(reply.getHeader('content-type')));

/**
 * Gives the answer its tag: that of its bytes, weak, since encodings of it mean the same; or the one that the route gave,
 * which says of each encoding which one it is. What nobody may keep gets none.
 */
function tagOf(reply: FastifyReply, payload: string | Buffer, encoding: Encoding | null): string | undefined {
  const given = reply.getHeader('etag');
  if (given === undefined) {
    if (reply.getHeader('cache-control') === 'no-store') return undefined;
    const tag = `W/"${hash('sha1', payload, 'base64url')}"`;
    reply.header('etag', tag);
    return tag;
  }
  const tag = String(given);
  reply.header('etag', tagIn(encoding, tag));
  return tag;
}

/** The tag of an answer in an encoding: a strong one names its bytes, so it says which. */
export const tagIn = (encoding: Encoding | null, tag: string): string =>
  encoding && tag.startsWith('"') ? `${tag.slice(0, -1)}-${encoding}"` : tag;

/** Whether somebody has this answer, in whichever encoding: the weak comparison. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => bare(one.trim()) === bare(tag));
}

const bare = (tag: string) => tag.replace(/^W\//, '').replace(/-(?:zstd|br|gzip)"$/, '"');

/** Says of one more header that the answer depends on it. */
export function addVary(reply: FastifyReply, header: string): void {
  const given = reply.getHeader('vary');
  if (given === undefined) reply.header('vary', header);
  else if (!new RegExp(`(^|[ ,])(${header}|\\*)(,|$)`, 'i').test(String(given)))
    reply.header('vary', `${given}, ${header}`);
}
