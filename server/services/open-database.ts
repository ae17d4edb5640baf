/** The database that a process works on: the one of DATABASE_URL, else the embedded one. */
import pg from 'pg';
import type { Config } from '../platform/config/config.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { runningEmbeddedPostgres, startEmbeddedPostgres } from '../platform/database/embedded-postgres.ts';

export interface OpenDatabase {
  url: string;
  /** Its streaming replicas. */
  replicaUrls: readonly string[];
  /** Where the embedded server keeps its files; null for a server of others. */
  folder: string | null;
  /** Settles if the embedded server ends by itself; never for a server of others. */
  lost: Promise<void>;
  close: () => Promise<void>;
}

/** As a service takes them. */
export const urlsOf = ({ url, replicaUrls }: OpenDatabase) => ({ databaseUrl: url, replicaUrls });

const oldestMajor = 16;
const never = new Promise<void>(() => undefined);

/** Starts the embedded server, or makes sure that the given one answers and is new enough. */
export async function openDatabase(config: Config, onProgress: (line: string) => void): Promise<OpenDatabase> {
  const { url, replicas, replicaUrls } = config.database;
  if (url === null) {
    const server = await startEmbeddedPostgres({ dataDir: config.dataDir, replicas, onProgress });
    return { ...server, folder: server.dataFolder, close: server.stop };
  }
  await checkServer(url);
  return { url, replicaUrls, folder: null, lost: never, close: async () => undefined };
}

/** As `openDatabase`, but joins the server of a `npm start` that is running. For commands beside it. */
export async function joinDatabase(config: Config): Promise<OpenDatabase> {
  const running = config.database.url === null ? runningEmbeddedPostgres(config.dataDir) : null;
  if (running === null) return openDatabase(config, () => undefined);
  return { url: running, replicaUrls: [], folder: null, lost: never, close: async () => undefined };
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // The same failure arrives as the rejection below.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version ?? '';
    if (Number.parseInt(version, 10) < oldestMajor) {
      throw new StartupError(
        `DATABASE_URL leads to PostgreSQL ${version}; Collabthon needs ${oldestMajor} or newer. Upgrade that server, or unset DATABASE_URL to use the one that comes along.`,
      );
    }
  } catch (error) {
    throw error instanceof StartupError ? error : new StartupError(explain(url, error), { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up right now',
  ETIMEDOUT: 'no answer came',
  ENOENT: 'there is no such socket',
  '28P01': 'the user name or password is wrong',
  '28000': 'the server does not let this user in',
  '3D000': 'there is no such database; create it first',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting up or shutting down',
};

/** Names the server without its password. */
function explain(url: string, error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  const { hostname, port, pathname } = new URL(url);
  const reason = (code && reasons[code]) || (/timeout/.test(message) ? 'no answer came within 5 s' : message);
  return `PostgreSQL at DATABASE_URL (${hostname || 'local socket'}${port && `:${port}`}${pathname}) cannot be used: ${reason.replace(/\.$/, '')}. Put DATABASE_URL right or start that server.`;
}
