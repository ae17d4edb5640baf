/** The log: JSON lines with request ids; secrets never reach it. */
import { type DestinationStream, type Logger, pino } from 'pino';

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

/** @param destination where lines go; standard output unless said */
export const createLog = (level: string, destination: DestinationStream = pino.destination(1)): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', ...SECRETS, ...SECRETS.map((name) => `*.${name}`)],
        censor: '[masked]',
      },
    },
    destination,
  );
