/** The log: JSON lines with request and trace ids; secrets never reach it. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { traceFields } from './trace.ts';

const SECRETS = [
  'password',
  'new_password',
  'current_password',
  'token',
  'access_token',
  'refresh_token',
  'totp',
  'code',
];

/**
 * An error for the log and for people who operate: without the values of a failed query, which may be anything that
 * somebody typed, and without PostgreSQL's detail, which repeats them.
 */
export function describeError(error: unknown): {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  cause?: unknown;
} {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(error.stack && { stack: withoutValues(error.stack) }),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

/** Drizzle puts the values of a query behind its text. */
const withoutValues = (text: string) => text.replaceAll(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, '');

/**
 * Standard output, several lines at a time: one system call for each would be most of what a line costs. None waits for longer
 * than 100 ms, or for the end of the process.
 */
const standardOutput = () => pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 });

/** @param destination where lines go; standard output unless said */
export const createLog = (level: string, destination: DestinationStream = standardOutput()): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: traceFields,
      serializers: { err: describeError },
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', ...SECRETS, ...SECRETS.map((name) => `*.${name}`)],
        censor: '[masked]',
      },
    },
    destination,
  );
