/**
 * A PostgreSQL of our own: started as a child from the programs that npm brought, reachable through one private
 * folder, gone when we are gone, and recovered on the next start with everything that was acknowledged.
 */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { keepSecret } from '../config/secrets.ts';
import { explainFileError } from '../config/startup-error.ts';
import { type Account, databaseAccount } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import { checkCluster, clusterFolder, hasCluster, sharedFolder } from './embedded-folder.ts';
import { livingOwner, takeLock } from './embedded-lock.ts';
import { type Cluster, initialize, launch, shutDown, stopLeftover } from './embedded-process.ts';
import { type EmbeddedReplicas, startReplicas } from './embedded-replicas.ts';

export interface EmbeddedPostgres {
  /** Connection string of the database `collabthon`, with its password. */
  url: string;
  /** Those of its streaming replicas. */
  replicaUrls: string[];
  /** Where the files are. */
  dataFolder: string;
  /** Settles if the server ends without having been asked to. */
  lost: Promise<void>;
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Absolute path; for an ephemeral server it is not used. */
  dataDir: string;
  /** For tests: files in a temporary folder that go with it, speed instead of durability. */
  ephemeral?: boolean;
  /** How many streaming replicas follow it. */
  replicas?: number;
  /** Told about steps that take more than a moment. */
  onProgress?: (line: string) => void;
}

const user = 'collabthon';
const database = 'collabthon';
/** Sockets have short names (107 bytes at most), so theirs is not below the data folder. Any account may pass here. */
const temporaryFolder = '/tmp';
const socketPrefix = 'collabthon-socket-';
const ephemeralPrefix = 'collabthon-postgres-';

/**
 * Starts the server, making its files on the first run. Throws StartupError, with one line for people, when another
 * process has the same data, the files are of another version, or the disk refuses.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, ephemeral = false, replicas = 0, onProgress = () => undefined } = options;
  try {
    const account = databaseAccount();
    const folder = ephemeral ? temporaryCluster(account) : clusterFolder(dataDir, account);
    const cluster = { folder, account, binaries: findBinaries(account, sharedFolder), ephemeral };
    return await start(cluster, replicas, onProgress);
  } catch (error) {
    throw explainFileError(error);
  }
}

/** The connection string of a server that another process of this user runs on `dataDir`, or null. */
export function runningEmbeddedPostgres(dataDir: string): string | null {
  return livingOwner(clusterFolder(dataDir, databaseAccount()))?.url ?? null;
}

async function start(
  cluster: Cluster,
  replicaCount: number,
  onProgress: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const { folder, account, ephemeral } = cluster;
  const lock = takeLock(folder);
  let socketFolder: string | null = null;
  let server: ChildProcess | null = null;
  let replicas: EmbeddedReplicas | null = null;
  const clear = async () => {
    // First: the primary waits for those that follow it.
    await replicas?.stop();
    if (server) await shutDown(server);
    if (socketFolder) rmSync(socketFolder, { recursive: true, force: true });
    lock.release();
    if (ephemeral) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await stopLeftover(cluster);
    removeLeftoverSocket(lock.leftover?.socketFolder ?? null);
    checkCluster(folder);
    const password = keepSecret(folder, 'password', () => randomBytes(24).toString('base64url'));
    if (!hasCluster(folder)) {
      onProgress('Making the database …');
      await initialize(cluster, user, password);
    }
    socketFolder = privateFolder(join(temporaryFolder, socketPrefix), account);
    lock.update({ url: null, socketFolder });
    server = await launch(cluster, socketFolder, onProgress);
    const url = (name: string) =>
      `postgresql://${user}:${password}@localhost/${name}?host=${encodeURIComponent(socketFolder ?? '')}`;
    await createDatabase(url('postgres'));
    const primary = { cluster, socketFolder, user, password, url: url(database) };
    replicas = await startReplicas(primary, replicaCount, onProgress);
    lock.update({ url: url(database), socketFolder });
    return {
      url: url(database),
      replicaUrls: replicas.urls,
      dataFolder: folder,
      ...supervise(server, clear),
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

function supervise(server: ChildProcess, clear: () => Promise<void>): Pick<EmbeddedPostgres, 'lost' | 'stop'> {
  let stopping: Promise<void> | null = null;
  const lost = new Promise<void>((resolve) => {
    server.once('exit', () => {
      if (!stopping) resolve();
    });
  });
  return {
    lost,
    stop: () => {
      stopping ??= clear();
      return stopping;
    },
  };
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}

function privateFolder(prefix: string, account: Account | null): string {
  const folder = mkdtempSync(prefix);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

function removeLeftoverSocket(folder: string | null): void {
  if (folder?.startsWith(join(temporaryFolder, socketPrefix))) rmSync(folder, { recursive: true, force: true });
}

/** A new temporary cluster; those of test runs that were killed are swept away on the occasion. */
function temporaryCluster(account: Account | null): string {
  for (const name of readdirSync(temporaryFolder).filter((entry) => entry.startsWith(ephemeralPrefix))) {
    const old = join(temporaryFolder, name);
    const isOurs = statSync(old, { throwIfNoEntry: false })?.uid === process.geteuid?.();
    // A folder without a lock may be one that is being made this very moment.
    if (isOurs && livingOwner(old) === null && hasCluster(old)) rmSync(old, { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(temporaryFolder, ephemeralPrefix));
  if (account) chmodSync(folder, 0o711);
  return folder;
}
