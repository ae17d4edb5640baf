/**
 * Streaming replicas of the embedded server, from the same programs and in the same private folder of sockets. Each is a
 * copy of the files of the running primary (the low-level backup of PostgreSQL: pg_basebackup is not among the programs),
 * and a replication slot keeps for it what it misses while it is away.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { makeFolder } from '../config/folder.ts';
import { StartupError } from '../config/startup-error.ts';
import { copyCluster, writePrivately } from './embedded-copy.ts';
import { hasCluster } from './embedded-folder.ts';
import { type Cluster, kill, launch, shutDown, stopLeftover, syncFiles } from './embedded-process.ts';

export interface EmbeddedReplicas {
  /** Connection strings as that of the primary; they stay the same when a replica is started again. */
  urls: string[];
  stop: () => Promise<void>;
}

export interface Primary {
  cluster: Cluster;
  socketFolder: string;
  user: string;
  password: string;
  /** Connection string of the primary. */
  url: string;
}

interface Replica {
  cluster: Cluster;
  /** Also the name of its slot. */
  name: string;
  /** Tells its socket from that of the others in the folder. */
  port: number;
}

const PREFIX = 'replica_';
const FIRST_PORT = 5432;

/** Milliseconds. */
const TIMES = {
  /** For a replica to begin to stream, before it counts as one that no longer fits. */
  stream: 10_000,
  /** For one to stop when it is told to, before it is killed. */
  stop: 1500,
  /** Between the end of one that ended by itself and its next start, at the most. */
  longestPause: 5000,
};

/** Starts as many replicas; those of the last run where they still fit, else new ones. @throws StartupError */
export async function startReplicas(
  primary: Primary,
  count: number,
  onProgress: (line: string) => void,
): Promise<EmbeddedReplicas> {
  await removeBeyond(primary, count);
  const supervised: Supervised[] = [];
  const stop = async () => void (await Promise.all(supervised.map((one) => one.stop())));
  const replicas = Array.from({ length: count }, (_, index) => replicaOf(primary, index + 1));
  const starts = replicas.map(async (replica) => {
    supervised.push(supervise(primary, replica, await startOne(primary, replica, onProgress)));
  });
  const failure = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') {
    await stop();
    throw failure.reason;
  }
  return { urls: replicas.map(({ port }) => urlAt(primary, port)), stop };
}

function replicaOf({ cluster }: Primary, number: number): Replica {
  const name = `${PREFIX}${number}`;
  return { name, port: FIRST_PORT + number, cluster: { ...cluster, folder: join(cluster.folder, name) } };
}

function urlAt({ url }: Primary, port: number): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

async function startOne(primary: Primary, replica: Replica, onProgress: (line: string) => void): Promise<ChildProcess> {
  const { cluster } = replica;
  makeFolder(cluster.folder, cluster.account ? 0o711 : 0o700);
  await stopLeftover(cluster);
  if (await mayFit(primary, replica)) {
    const server = await launchReplica(primary, replica, onProgress).catch(() => null);
    if (server && (await streams(primary, replica))) return server;
    if (server) await shutDownOrKill(server, cluster);
  }
  onProgress(`Making the ${replica.name.replace('_', ' ')} of the database …`);
  await make(primary, replica);
  const server = await launchReplica(primary, replica, onProgress);
  if (await streams(primary, replica)) return server;
  await shutDownOrKill(server, cluster);
  throw new StartupError(`A replica does not follow the database (details in ${join(cluster.folder, 'postgres.log')})`);
}

function launchReplica(
  { socketFolder, user }: Primary,
  { cluster, name, port }: Replica,
  onProgress: (line: string) => void,
): Promise<ChildProcess> {
  const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
  const source = Object.entries({
    host: socketFolder,
    port: String(FIRST_PORT),
    user,
    // Everybody can read the command line of a process, so the password is not in it.
    passfile: join(cluster.folder, 'password'),
    application_name: name,
  });
  return launch(cluster, socketFolder, onProgress, {
    port,
    primary_conninfo: source.map(([key, value]) => `${key}=${quoted(value)}`).join(' '),
    primary_slot_name: name,
    wal_retrieve_retry_interval: '500ms',
    // A read that stands in the way of replay soon gives way, and is tried elsewhere: else all others would lag.
    max_standby_streaming_delay: '1s',
  });
}

/** Whether there are files of the same cluster, and all that they miss is still kept. Only a start tells for sure. */
async function mayFit({ cluster, url }: Primary, { cluster: own, name }: Replica): Promise<boolean> {
  if (!hasCluster(own.folder) || !existsSync(join(own.folder, 'data', 'standby.signal'))) return false;
  // pg_control begins with the system identifier.
  const identity = ({ folder }: Cluster) => readFileSync(join(folder, 'data/global/pg_control')).subarray(0, 8);
  if (!identity(own).equals(identity(cluster))) return false;
  return withClient(url, async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM pg_replication_slots WHERE slot_name = $1 AND wal_status <> 'lost'",
      [name],
    );
    return rowCount === 1;
  });
}

async function make({ cluster: source, url, user, password }: Primary, { cluster, name }: Replica): Promise<void> {
  const data = join(cluster.folder, 'data');
  rmSync(data, { recursive: true, force: true });
  await withClient(url, async (client) => {
    await dropSlot(client, name);
    // From here on nothing is thrown away that the copy will ask for.
    await client.query('SELECT pg_create_physical_replication_slot($1, true)', [name]);
    await client.query('SELECT pg_backup_start($1, true)', [name]);
    await copyCluster(join(source.folder, 'data'), data, cluster.account);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writePrivately(join(data, 'backup_label'), rows[0]?.labelfile ?? '', cluster.account);
    writePrivately(join(cluster.folder, 'password'), `*:*:*:${user}:${password}\n`, cluster.account);
    await syncFiles(cluster);
    // Last: without it, the files are those of a copy that was not finished.
    writePrivately(join(data, 'standby.signal'), '', cluster.account);
  });
}

function streams({ url }: Primary, { name }: Replica): Promise<boolean> {
  return withClient(url, async (client) => {
    for (const end = Date.now() + TIMES.stream; Date.now() < end; await pause(20)) {
      const { rowCount } = await client.query(
        "SELECT 1 FROM pg_stat_replication WHERE application_name = $1 AND state IN ('streaming', 'catchup')",
        [name],
      );
      if (rowCount === 1) return true;
    }
    return false;
  });
}

/** Those of a run with more replicas: a slot that nobody reads from would fill the disk. */
async function removeBeyond({ cluster, url }: Primary, count: number): Promise<void> {
  const numbers = readdirSync(cluster.folder).flatMap(
    (entry) => new RegExp(`^${PREFIX}(\\d+)$`).exec(entry)?.[1] ?? [],
  );
  for (const number of numbers.map(Number).filter((found) => found > count)) {
    const replica = replicaOf({ cluster } as Primary, number);
    await stopLeftover(replica.cluster);
    await withClient(url, (client) => dropSlot(client, replica.name));
    rmSync(replica.cluster.folder, { recursive: true, force: true });
  }
}

async function dropSlot(client: pg.Client, name: string): Promise<void> {
  const find = () => client.query('SELECT active_pid FROM pg_replication_slots WHERE slot_name = $1', [name]);
  for (let found = await find(); found.rowCount; found = await find()) {
    // Whoever was killed may be noticed late.
    await client.query('SELECT pg_terminate_backend($1, 1000)', [found.rows[0].active_pid]);
    await client.query('SELECT pg_drop_replication_slot($1)', [name]).catch(() => pause(20));
  }
}

interface Supervised {
  stop(): Promise<void>;
}

/** Starts a replica again whenever it ends by itself; readers do without it meanwhile. */
function supervise(primary: Primary, replica: Replica, first: ChildProcess): Supervised {
  const stopping = new AbortController();
  let server = first;
  let starting: Promise<void> | undefined;

  const startAgain = async () => {
    for (let wait = 100; !stopping.signal.aborted; wait = Math.min(2 * wait, TIMES.longestPause)) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      const next = await launchReplica(primary, replica, () => {}).catch(() => null);
      if (!next) continue;
      server = next;
      return watch();
    }
  };
  const watch = () => {
    const again = () => {
      if (!stopping.signal.aborted) starting = startAgain();
    };
    if (server.exitCode !== null || server.signalCode !== null) again();
    else server.once('exit', again);
  };
  watch();

  return {
    async stop() {
      stopping.abort();
      await starting;
      await shutDownOrKill(server, replica.cluster);
    },
  };
}

/** A replica has nothing of its own to lose, and one that hangs must not keep the primary. */
async function shutDownOrKill(server: ChildProcess, cluster: Cluster): Promise<void> {
  const late = setTimeout(() => kill(cluster), TIMES.stop);
  await shutDown(server);
  clearTimeout(late);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
