/**
 * What a session has to see travels with it, for the next process that it asks: in a cookie for browsers, and in the header
 * `read-after` for programs, which send back what they were given last.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { createTokenSigner } from '../database/read-token.ts';
import type { Readings } from '../database/reading.ts';

export const READ_AFTER = 'read-after';

/** Runs the handler of a request. */
export type RunReading = <T>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>) => Promise<T>;

export function createRunReading(config: Config, readings: Readings): RunReading {
  const signer = createTokenSigner(config.secrets.signingKey);
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.http.publicUrl.startsWith('https:'),
  } as const;

  return (request, reply, work) => {
    const brought = signer.read(request.headers[READ_AFTER] ?? request.cookies[READ_AFTER]);
    const key = request.principal ? String(request.principal.session_id) : null;
    return readings.run(key, brought, work, (token) => {
      // The handler of a stream has written its headers long ago.
      if (reply.raw.headersSent) return;
      const text = signer.write(token);
      reply.header(READ_AFTER, text);
      reply.setCookie(READ_AFTER, text, { ...attributes, expires: new Date(token.until) });
    });
  };
}
