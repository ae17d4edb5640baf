/** Runs the PostgreSQL programs: makes a cluster, starts the server so that it cannot outlive us, stops a leftover. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { StartupError } from '../config/startup-error.ts';
import type { Account } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';

export interface Cluster {
  folder: string;
  account: Account | null;
  binaries: Binaries;
  ephemeral: boolean;
}

const run = promisify(execFile);

/**
 * The server's own shell watches a pipe from us. When we end, however that happens, the pipe closes and the server
 * shuts down at once and cleanly. Closing the pipe is also how we stop it.
 */
const watcher = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -INT $server; } 2>/dev/null &
watcher=$!
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code
`;

/** Text rules that need nothing of the operating system; letters beyond ASCII count as letters in searches. */
const characterRules = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** Makes a new cluster. It appears as `data` only when it is complete. */
export async function initialize(cluster: Cluster, user: string, password: string): Promise<void> {
  const { folder, binaries, ephemeral } = cluster;
  const passwordFile = join(folder, 'data.password');
  removeDrafts(folder);
  const draft = mkdtempSync(join(folder, DRAFT));
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(cluster, draft, passwordFile);
  try {
    await firstSuccess(characterRules, (rules) =>
      run(
        binaries.initdb,
        [
          ...['-D', draft, '-U', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8'],
          ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C', '--lc-ctype', rules],
          ...['--text-search-config', 'english', '--no-instructions', ...(ephemeral ? ['--no-sync'] : [])],
        ],
        { ...identity(cluster), env: environment() },
      ),
    );
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw explainFailure((error as { stderr?: string }).stderr ?? String(error), folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, join(folder, 'data'));
}

const DRAFT = 'data.new.';

/** Whoever was stopped in the middle may still be at work for a moment: what it holds on to goes the next time. */
function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(DRAFT)) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {}
  }
}

/** Of PostgreSQL, as its configuration file names them. */
export type ServerSettings = Record<string, string | number>;

/**
 * Starts the server and returns when it takes connections; recovery after a crash may take its time.
 * @param settings beside those that every server of ours has
 */
export async function launch(
  cluster: Cluster,
  socketFolder: string,
  onProgress: (line: string) => void,
  settings: ServerSettings = {},
): Promise<ChildProcess> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const previous = identityOf(cluster);
    const server = spawnServer(cluster, { ...serverSettings(cluster, socketFolder), ...settings });
    const failure = await untilReady(cluster, server, previous, onProgress);
    if (failure === null) return server;
    // The last processes of a killed server need a moment to notice that it is gone.
    const isPassing = /pre-existing shared memory block|lock file .* already exists/.test(failure);
    if (!isPassing || Date.now() > deadline) throw explainFailure(failure, cluster.folder);
    await delay(100);
  }
}

/** Asks the server to stop at once and waits until it and its shell are gone. */
export async function shutDown(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.stdin?.end();
  await exit;
}

/** Stops a server that an earlier process has left running on this cluster. */
export async function stopLeftover(cluster: Cluster): Promise<void> {
  const data = join(cluster.folder, 'data');
  const pid = postmasterPid(data);
  if (pid === null || !(await isServerOf(pid, data))) return;
  const stop = (mode: string) =>
    run(cluster.binaries.pgCtl, ['stop', '-D', data, '-m', mode, '-w', '-t', '30'], {
      ...identity(cluster),
      env: environment(),
    });
  await stop('fast')
    .catch(() => stop('immediate'))
    .catch(() => undefined);
}

/** Ends a server that does not end when it is told to. One that just has is left in peace. */
export function kill({ folder }: Cluster): void {
  const pid = postmasterPid(join(folder, 'data'));
  try {
    if (pid !== null) process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the disk has every file of a cluster that is not running. */
export async function syncFiles(cluster: Cluster): Promise<void> {
  if (cluster.ephemeral) return;
  const options = { ...identity(cluster), env: environment() };
  await run(cluster.binaries.initdb, ['--sync-only', '-D', join(cluster.folder, 'data')], options);
}

/** The account's numbers and a folder that it may stand in, for a child process. */
function identity({ account }: Cluster): { uid?: number; gid?: number; cwd: string } {
  return { ...account, cwd: '/' };
}

/** Nothing of ours: PG* variables would change what the programs do, and secrets are not theirs. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function give({ account }: Cluster, ...paths: string[]): void {
  for (const path of paths) if (account) chownSync(path, account.uid, account.gid);
}

async function firstSuccess<T>(choices: T[], attempt: (choice: T) => Promise<unknown>): Promise<void> {
  const [choice, ...others] = choices;
  if (choice === undefined) return;
  try {
    await attempt(choice);
  } catch (error) {
    const isUnknownLocale = /invalid locale name/.test((error as { stderr?: string }).stderr ?? '');
    if (!isUnknownLocale || others.length === 0) throw error;
    await firstSuccess(others, attempt);
  }
}

function spawnServer(cluster: Cluster, settings: ServerSettings): ChildProcess {
  const { folder, binaries } = cluster;
  const logFile = join(folder, 'postgres.log');
  const log = openSync(logFile, 'w', 0o600);
  chmodSync(logFile, 0o600);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    return spawn('/bin/sh', ['-c', watcher, 'sh', binaries.postgres, '-D', join(folder, 'data'), ...options], {
      ...identity(cluster),
      env: environment(),
      stdio: ['pipe', log, log],
      // A session of its own: Ctrl-C in the terminal is ours to handle, in order.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

function serverSettings({ ephemeral }: Cluster, socketFolder: string): ServerSettings {
  const memory = totalmem() / 1024 ** 2;
  return {
    // No network at all: a private folder holds the only way in, and the password is asked for there, too.
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: 150,
    shared_buffers: `${Math.round(Math.min(Math.max(memory / 16, 64), 1024))}MB`,
    effective_cache_size: `${Math.round(Math.max(memory / 2, 256))}MB`,
    random_page_cost: 1.1,
    jit: 'off',
    // Streaming replicas can be added later without a restart.
    wal_level: 'replica',
    // What is kept for a replica that is away; one that misses more is made anew.
    max_slot_wal_keep_size: '1GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(ephemeral && { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }),
  };
}

/** Null once the server is ready; else what it said before it gave up. */
async function untilReady(
  cluster: Cluster,
  server: ChildProcess,
  previous: string,
  onProgress: (line: string) => void,
): Promise<string | null> {
  const failed = new Promise<true>((resolve) => {
    server.once('error', () => resolve(true));
    server.once('exit', () => resolve(true));
  });
  const slow = setTimeout(() => onProgress('The database recovers from an interrupted run …'), 3000);
  try {
    while (!isReady(cluster, previous)) {
      if ((await Promise.race([failed, delay(20)])) !== true) continue;
      return readFileSync(join(cluster.folder, 'postgres.log'), 'utf8');
    }
    return null;
  } finally {
    clearTimeout(slow);
  }
}

/** Line 8 of postmaster.pid is the state of the server; the file of one that was killed stays until its successor's. */
function isReady(cluster: Cluster, previous: string): boolean {
  return pidFile(join(cluster.folder, 'data'))[7]?.trim() === 'ready' && identityOf(cluster) !== previous;
}

/** Which server the file speaks of: its process, and when that began. */
function identityOf({ folder }: Cluster): string {
  const [pid = '', , began = ''] = pidFile(join(folder, 'data'));
  return `${pid} ${began}`;
}

function postmasterPid(data: string): number | null {
  const pid = Number(pidFile(data)[0]);
  return pid > 0 ? pid : null;
}

function pidFile(data: string): string[] {
  const file = join(data, 'postmaster.pid');
  try {
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}

/** Whether a process is the server of this cluster, and not one that was given the number later. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === data;
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.includes(data);
  } catch {
    return false;
  }
}

function explainFailure(output: string, folder: string): StartupError {
  if (/No space left on device|could not extend file|Disk quota/.test(output)) {
    return new StartupError(
      `The disk is full: the database in ${folder} cannot write. Free some space and start again.`,
    );
  }
  if (/Read-only file system/.test(output)) {
    return new StartupError(`${folder} is on a read-only disk. Set DATA_DIR to a folder that can be written.`);
  }
  const reason =
    output.split('\n').findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? output.trim().split('\n').at(-1);
  return new StartupError(
    `PostgreSQL did not start: ${reason?.replace(/^.*?(FATAL|PANIC|error):\s*/, '')} (details in ${join(folder, 'postgres.log')})`,
  );
}
