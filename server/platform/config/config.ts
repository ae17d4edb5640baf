/**
 * The configuration of a process: read from the environment and the command line, checked as a whole, then handed
 * around as plain data. Nothing else in the server looks at `process.env`.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Invalid, type SigningKey } from './parsers.ts';
import { StartupError } from './startup-error.ts';
import { type Given, type VariableName, variables } from './variables.ts';

export type { SigningKey } from './parsers.ts';

export interface OidcProvider {
  /** Stable, part of addresses: google, github or oidc. */
  id: string;
  /** For people. */
  name: string;
  /** GitHub speaks OAuth without OpenID, so it is a kind of its own. */
  kind: 'oidc' | 'github';
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface Config {
  environment: 'development' | 'production' | 'test';
  http: {
    host: string;
    port: number;
    /** Origin without a slash at the end. */
    publicUrl: string;
    corsOrigins: string[];
    trustedProxyHops: number;
    rateLimits: boolean;
    /** Turns requests away while there is too much to do. */
    sheds: boolean;
  };
  cdn: {
    /** Where pages get the files of the build from, without a slash at the end. Null: from here. */
    baseUrl: string | null;
    /** Where is said which public answers have become old. Null: nobody keeps them. */
    purgeUrl: string | null;
    purgeToken: string | null;
  };
  database: {
    /** Null: start the embedded server. */
    url: string | null;
    /** How many replicas the embedded server has. */
    replicas: number;
    /** Those of a server of others. */
    replicaUrls: readonly string[];
  };
  redis: {
    /** Null: PostgreSQL does it. */
    url: string | null;
  };
  cache: {
    /** Of memory in each process; 0 keeps nothing. */
    megabytes: number;
  };
  /** Whether this process works on jobs, and on nothing else. */
  jobs: 'here' | 'only' | 'none';
  /** How many processes serve behind the port. */
  workers: number;
  /** Origins of the other services by name, where they run apart. */
  peers: Readonly<Record<string, string>>;
  /** Absolute path. */
  dataDir: string;
  /** Load and mark the demo campus; never in production. */
  demo: boolean;
  mail: {
    /** Null: keep mail in the local mailbox. */
    smtpUrl: string | null;
    from: string;
  };
  push: {
    /** Null: the one in the database. */
    vapidPrivateKey: string | null;
    /** For tests: pushes go to this port of this machine as plain HTTP. No variable sets it. */
    listener: number | null;
  };
  oidc: OidcProvider[];
  secrets: { signingKey: SigningKey };
  log: { level: LogLevel };
}

/** A configuration whose signing key may still have to be made; see `completeSecrets`. */
export type Settings = Omit<Config, 'secrets'> & { secrets: { signingKey: SigningKey | null } };

/** Everything that is wrong with a configuration, in one go. */
export class ConfigError extends StartupError {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The configuration is not usable: ${problems.join('; ')}. See npm start -- --help`);
    this.problems = problems;
  }
}

export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Reads and checks all settings. Options on the command line (`--port 9000`, `--no-demo`) win over variables.
 * Pure: touches neither files nor the process. Throws ConfigError listing every problem.
 */
export function readConfig(env: Record<string, string | undefined>, argv: string[] = []): Settings {
  const problems: string[] = [];
  const given = parseAll({ ...env, ...readFlags(argv, problems) }, problems);
  const environment = given.NODE_ENV ?? 'development';
  const isProduction = environment === 'production';
  const port = given.PORT ?? 8000;

  if (isProduction && given.DEMO) problems.push('DEMO: the demo has known passwords and is not for production');
  if (isProduction && !env.SIGNING_KEY) {
    problems.push('SIGNING_KEY: production wants its own key; make one with npm run admin -- make-signing-key');
  }
  if (given.REPLICAS && given.DATABASE_URL) {
    problems.push(
      'REPLICAS: only the database that is started here has them; name those of yours in REPLICA_DATABASE_URLS',
    );
  }
  if (given.REPLICA_DATABASE_URLS?.length && !given.DATABASE_URL) {
    problems.push(
      'REPLICA_DATABASE_URLS, DATABASE_URL: give all of them, or REPLICAS for the database that is started here',
    );
  }
  const oidc = readProviders(given, problems);
  if (problems.length > 0) throw new ConfigError(problems);

  return {
    environment,
    http: {
      host: given.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
      port,
      publicUrl: given.PUBLIC_URL ?? `http://localhost:${port}`,
      corsOrigins: given.CORS_ORIGINS ?? [],
      trustedProxyHops: given.TRUSTED_PROXY_HOPS ?? 0,
      rateLimits: given.RATE_LIMITS ?? true,
      sheds: given.LOAD_SHEDDING ?? true,
    },
    cdn: {
      baseUrl: given.CDN_BASE_URL ?? null,
      purgeUrl: given.CDN_PURGE_URL ?? null,
      purgeToken: given.CDN_PURGE_TOKEN ?? null,
    },
    database: {
      url: given.DATABASE_URL ?? null,
      replicas: given.REPLICAS ?? 0,
      replicaUrls: given.REPLICA_DATABASE_URLS ?? [],
    },
    redis: { url: given.REDIS_URL ?? null },
    cache: { megabytes: given.CACHE_MEGABYTES ?? 64 },
    jobs: given.JOBS ?? 'here',
    workers: given.WORKERS ?? 1,
    peers: given.PEERS ?? {},
    dataDir: resolve(projectRoot, given.DATA_DIR ?? 'data'),
    demo: !isProduction && (given.DEMO ?? true),
    mail: { smtpUrl: given.SMTP_URL ?? null, from: given.MAIL_FROM ?? 'Collabthon <no-reply@localhost>' },
    push: { vapidPrivateKey: given.VAPID_PRIVATE_KEY ?? null, listener: null },
    oidc,
    secrets: { signingKey: given.SIGNING_KEY ?? null },
    log: { level: given.LOG_LEVEL ?? (isProduction ? 'info' : 'warn') },
  };
}

/** The text of `--help`: every option and every variable, its meaning and its default. */
export function describeConfig(usage = 'npm start -- [options]'): string {
  const lines = Object.entries(variables).flatMap(([name, { about, fallback, flag }]) => [
    `  ${flag ? `${name}, --${flag}` : name}`,
    `      ${about}${fallback ? ` Default: ${fallback}.` : ''}`,
  ]);
  return [
    `Usage: ${usage}`,
    '',
    'Options',
    '  --help       show this text',
    '  --no-demo    start without the demo campus, as DEMO=off',
    '',
    'Settings, from the environment, from a file .env in the project folder, or as an option where one is named',
    ...lines,
    '',
  ].join('\n');
}

function parseAll(texts: Record<string, string | undefined>, problems: string[]): Given {
  const parsed = Object.entries(variables).map(([name, { parse }]) => {
    const text = texts[name]?.trim();
    if (!text) return [name, undefined];
    try {
      return [name, parse(text)];
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      problems.push(`${name}: ${error.message}`);
      return [name, undefined];
    }
  });
  return Object.fromEntries(parsed) as Given;
}

/** Translates options into the variables that they stand for. */
function readFlags(argv: string[], problems: string[]): Record<string, string> {
  const flags = new Map(
    Object.entries(variables).flatMap(([name, { flag }]) => (flag ? [[flag, name as VariableName]] : [])),
  );
  const { tokens } = parseArgs({
    args: argv,
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries([...flags.keys()].map((flag) => [flag, { type: 'string' as const }])),
      demo: { type: 'boolean' },
      'no-demo': { type: 'boolean' },
    },
  });
  const texts: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') problems.push(`"${token.value}" is not an option`);
    else if (token.name === 'demo' || token.name === 'no-demo') texts.DEMO = token.name === 'demo' ? 'on' : 'off';
    else {
      const variable = flags.get(token.name);
      if (!variable) problems.push(`${token.rawName} is not an option`);
      else if (!token.value) problems.push(`${token.rawName} wants a value`);
      else texts[variable] = token.value;
    }
  }
  return texts;
}

function readProviders(given: Given, problems: string[]): OidcProvider[] {
  const candidates = [
    { prefix: 'GOOGLE', id: 'google', name: 'Google', kind: 'oidc', issuer: 'https://accounts.google.com' },
    { prefix: 'GITHUB', id: 'github', name: 'GitHub', kind: 'github', issuer: 'https://github.com' },
    { prefix: 'OIDC', id: 'oidc', name: given.OIDC_NAME ?? 'your college', kind: 'oidc', issuer: given.OIDC_ISSUER },
  ] as const;
  return candidates.flatMap(({ prefix, issuer, ...provider }) => {
    const clientId = given[`${prefix}_CLIENT_ID`];
    const clientSecret = given[`${prefix}_CLIENT_SECRET`];
    if (clientId && clientSecret && issuer) return [{ ...provider, issuer, clientId, clientSecret }];
    const isTouched = clientId || clientSecret || (prefix === 'OIDC' && issuer);
    const needed = [...(prefix === 'OIDC' ? ['OIDC_ISSUER'] : []), `${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`];
    if (isTouched) problems.push(`${needed.join(', ')}: give all of them or none`);
    return [];
  });
}
