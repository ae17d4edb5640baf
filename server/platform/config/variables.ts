/**
 * Every environment variable that Collabthon knows: the one list that `readConfig` checks, `--help` prints and
 * `.env.example` is tested against.
 */
import * as parse from './parsers.ts';

interface Variable<T> {
  /** One line for `--help`. */
  about: string;
  /** The default in words; absent when the variable is simply not set. */
  fallback?: string;
  /** The command-line option with the same meaning, e.g. `port` for `--port 8000`. */
  flag?: string;
  parse: (text: string) => T;
}

function variable<T>(definition: Variable<T>): Variable<T> {
  return definition;
}

export const variables = {
  NODE_ENV: variable({
    about: 'development, production or test. Production wants its secrets given and has no demo.',
    fallback: 'development',
    parse: parse.oneOf('development', 'production', 'test'),
  }),
  HOST: variable({
    about: 'Address to listen on.',
    fallback: '127.0.0.1; 0.0.0.0 in production',
    flag: 'host',
    parse: parse.anyText,
  }),
  PORT: variable({
    about: 'Port to listen on; 0 takes any free one.',
    fallback: '8000',
    flag: 'port',
    parse: parse.wholeNumber(0, 65_535),
  }),
  PUBLIC_URL: variable({
    about: 'The address that people type; links in mails and sign-in by others lead there.',
    fallback: 'http://localhost:<PORT>',
    parse: parse.origin,
  }),
  DATA_DIR: variable({
    about: 'Folder of the database, keys and files.',
    fallback: 'data, in the project folder',
    flag: 'data-dir',
    parse: parse.anyText,
  }),
  DEMO: variable({
    about: 'on loads a demo campus with known passwords on the first run.',
    fallback: 'on; always off in production',
    parse: parse.onOff,
  }),
  DATABASE_URL: variable({
    about: 'PostgreSQL 16 or newer, postgresql://user:password@host/name. Without it, one is started here.',
    parse: parse.secretUrl('postgresql:', 'postgres:'),
  }),
  REPLICAS: variable({
    about:
      'How many streaming replicas the database has that is started here; lists, pages and searches read from them.',
    fallback: '0',
    flag: 'replicas',
    parse: parse.wholeNumber(0, 8),
  }),
  REPLICA_DATABASE_URLS: variable({
    about: 'Streaming replicas of the database of DATABASE_URL, addresses like that one, separated by commas.',
    fallback: 'none',
    parse: parse.list(parse.secretUrl('postgresql:', 'postgres:')),
  }),
  REDIS_URL: variable({
    about:
      'Redis 6 or newer, redis://user:password@host:6379, by which the processes on a database share what is cached and how ' +
      'much each may ask, and tell each other of changes. Without it, each caches by itself and has its part of the limits, ' +
      'and PostgreSQL tells them.',
    parse: parse.secretUrl('redis:', 'rediss:'),
  }),
  CACHE_MEGABYTES: variable({
    about: 'Memory for cached answers in each process; 0 asks the database each time.',
    fallback: '64',
    parse: parse.wholeNumber(0, 100_000),
  }),
  JOBS: variable({
    about:
      'Where background work runs: "here", beside serving; "only" does nothing else and serves health and metrics; ' +
      '"none" leaves it to other processes on the same database.',
    fallback: 'here',
    flag: 'jobs',
    parse: parse.oneOf('here', 'only', 'none'),
  }),
  WORKERS: variable({
    about: 'How many processes serve behind the port; "auto" is one for each core.',
    fallback: '1',
    flag: 'workers',
    parse: parse.workers,
  }),
  PEERS: variable({
    about:
      'For a service that runs apart: where the others are, as user=http://host:port,project=http://host:port. ' +
      'What stands behind an address is believed to be that service.',
    fallback: 'none',
    flag: 'peers',
    parse: parse.namedOrigins,
  }),
  SIGNING_KEY: variable({
    about: 'Ed25519 private key (JWK as JSON) that signs access tokens. Required in production.',
    fallback: 'made on the first run, kept in DATA_DIR',
    parse: parse.signingKey,
  }),
  RATE_LIMITS: variable({
    about: 'on or off; off is meant for load tests only.',
    fallback: 'on',
    parse: parse.onOff,
  }),
  LOAD_SHEDDING: variable({
    about: 'on turns requests away with 503 while there is more to do than can be done; off is meant for tests.',
    fallback: 'on',
    parse: parse.onOff,
  }),
  TRUSTED_PROXY_HOPS: variable({
    about: 'How many proxies stand in front; their X-Forwarded-For entries are believed.',
    fallback: '0',
    parse: parse.wholeNumber(0, 10),
  }),
  CORS_ORIGINS: variable({
    about: 'Web origins of others that may call the API, separated by commas.',
    fallback: 'none',
    parse: parse.list(parse.origin),
  }),
  CDN_BASE_URL: variable({
    about: 'Origin of a CDN that fetches /assets/ from here; pages then ask it for them.',
    fallback: 'none, they come from here',
    parse: parse.origin,
  }),
  CDN_PURGE_URL: variable({
    about:
      'Where is posted which public answers have become old, by surrogate keys: {"surrogate_keys":["projects"]}. ' +
      'With it, a CDN in front may keep them for long.',
    fallback: 'none, nothing is kept for long',
    parse: parse.secretUrl('https:', 'http:'),
  }),
  CDN_PURGE_TOKEN: variable({ about: 'Sent there as a bearer token.', parse: parse.anyText }),
  SMTP_URL: variable({
    about: 'Outgoing mail, smtp://user:password@host:587. Without it, mail stays in the local mailbox.',
    parse: parse.secretUrl('smtp:', 'smtps:'),
  }),
  MAIL_FROM: variable({
    about: 'Sender of every mail.',
    fallback: 'Collabthon <no-reply@localhost>',
    parse: parse.anyText,
  }),
  VAPID_PRIVATE_KEY: variable({
    about: 'Private key by which browsers know who pushes. Another one ends every subscription.',
    fallback: 'made when first needed, kept in the database',
    parse: parse.vapidPrivateKey,
  }),
  GOOGLE_CLIENT_ID: variable({ about: 'Sign-in with Google.', parse: parse.anyText }),
  GOOGLE_CLIENT_SECRET: variable({ about: 'Goes with GOOGLE_CLIENT_ID.', parse: parse.anyText }),
  GITHUB_CLIENT_ID: variable({ about: 'Sign-in with GitHub.', parse: parse.anyText }),
  GITHUB_CLIENT_SECRET: variable({ about: 'Goes with GITHUB_CLIENT_ID.', parse: parse.anyText }),
  OIDC_ISSUER: variable({ about: 'Sign-in with any OpenID provider, e.g. of a college.', parse: parse.issuer }),
  OIDC_CLIENT_ID: variable({ about: 'Goes with OIDC_ISSUER.', parse: parse.anyText }),
  OIDC_CLIENT_SECRET: variable({ about: 'Goes with OIDC_ISSUER.', parse: parse.anyText }),
  OIDC_NAME: variable({ about: 'What its button says.', fallback: 'your college', parse: parse.anyText }),
  LOG_LEVEL: variable({
    about: 'trace, debug, info, warn, error, fatal or silent.',
    fallback: 'warn; info in production',
    parse: parse.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
};

export type VariableName = keyof typeof variables;

/** What was given, parsed; a variable that is unset or empty is undefined. */
export type Given = { [Name in VariableName]?: ReturnType<(typeof variables)[Name]['parse']> };
