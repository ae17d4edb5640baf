/** The log: JSON lines with request ids; secrets never reach it. */
import { type Logger, pino } from 'pino';

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

export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', ...SECRETS, ...SECRETS.map((name) => `*.${name}`)],
      censor: '[masked]',
    },
  });
