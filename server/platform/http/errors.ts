/** Every error becomes a problem document: the caller's fault with the reason, ours with a reference and nothing else. */
import type { ProblemCode } from '@collabthon/contracts/problems';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sqlState } from '../database/database.ts';
import { notFound, ProblemError, problem, unprocessable } from './problems.ts';
import { fieldErrors, unstorableText } from './validation.ts';

export function mountErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toProblem(error);
    if (known.status >= 500) request.log.error({ err: error }, 'request failed');
    return sendProblem(request, reply, known);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, notFound('url')));
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, known: ProblemError): FastifyReply {
  return reply
    .code(known.status)
    .headers({ ...known.headers, 'cache-control': 'no-store' })
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(known.toBody(request.id));
}

/** The problem that was thrown, also where the query layer wrapped it. */
function problemWithin(error: unknown): ProblemError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ProblemError) return cause;
  return null;
}

/** What a client is told of an error. */
export function toProblem(error: FastifyError): ProblemError {
  const thrown = problemWithin(error);
  if (thrown) return thrown;
  if (error.validation)
    return unprocessable(fieldErrors(error.validation as never[], error.validationContext ?? 'body'));

  const byState = problemOfSqlState(sqlState(error));
  if (byState) return byState;
  if (isDatabaseAway(error)) return unavailable;

  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    const [code, detail] = clientMistakes[error.code] ?? ['bad_request', 'This request could not be understood.'];
    return new ProblemError(status, code, detail);
  }
  return problem(
    500,
    'internal_error',
    'Something went wrong on our side. Try again; if it stays, send us the reference.',
  );
}

const unavailable = problem(503, 'unavailable', 'The service is not available right now. Try again in a moment.', {
  headers: { 'retry-after': '2' },
});

const clientMistakes: Record<string, [code: ProblemCode, detail: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'The body is larger than this address takes.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed_json', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['wrong_content_length', 'The body is not as long as the request says.'],
  FST_ERR_BAD_URL: ['malformed_url', 'The address is not well formed.'],
};

/** What a failed query says about the request or the load; everything else is a mistake of ours. */
function problemOfSqlState(state: string | undefined): ProblemError | null {
  switch (state) {
    case '22021': // character not in repertoire
    case '22P05': // untranslatable character
      return unprocessable([unstorableText('/')]);
    case '55P03': // lock not available
    case '57014': // query canceled by a timeout
    case '40001': // serialization failure
    case '40P01': // deadlock detected
    case '53300': // too many connections
    case '57P01': // admin shutdown
    case '57P02': // crash shutdown
    case '25P03': // idle in transaction for too long
    case '57P03': // cannot connect now
      return unavailable;
    default:
      // Class 08: the connection failed.
      return state?.startsWith('08') ? unavailable : null;
  }
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? cause.code : undefined;
    if (typeof code === 'string' && CONNECTION_CODES.has(code)) return true;
    if (
      /Connection terminated|not queryable|timeout exceeded when trying to connect|Query read timeout/.test(
        cause.message,
      )
    )
      return true;
  }
  return false;
}
