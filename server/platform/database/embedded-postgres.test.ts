/** The embedded server as its users meet it: real processes, real accounts, real kills. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../config/config.ts';
import { sharedFolder } from './embedded-folder.ts';

const isRoot = process.geteuid?.() === 0;
const isCi = process.env.CI === 'true';
/** Root can play both parts; an ordinary user cannot play root, which a CI must not pass over in silence. */
const itAsRoot = isRoot || isCi ? it : it.skip;

/** A program that runs a server until it is told to stop. */
const driver = `
import { startEmbeddedPostgres } from './server/platform/database/embedded-postgres.ts';
try {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[1], replicas: Number(process.argv[2]) });
  process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 1000);
  console.log(JSON.stringify(server));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}`;

interface Running {
  process: ChildProcess;
  url: string;
  replicaUrls: string[];
  dataFolder: string;
}

const ordinaryUser = `collabthon-t${process.pid}`;
let ordinary: { uid: number; gid: number } | undefined;
let base = '';
let project = '';

beforeAll(() => {
  base = mkdtempSync('/tmp/collabthon embedded ');
  chmodSync(base, 0o755);
  project = join(base, 'a clone');
  cloneInto(project);
  if (!isRoot) return;
  execFileSync('useradd', ['--no-create-home', '--shell', '/bin/sh', ordinaryUser]);
  const id = (flag: string) => Number(execFileSync('id', [flag, ordinaryUser], { encoding: 'utf8' }));
  ordinary = { uid: id('-u'), gid: id('-g') };
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  if (isRoot) execFileSync('userdel', [ordinaryUser]);
});

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a restart, for an ordinary user in a path with spaces', async () => {
    const dataDir = join(ownFolder('ordinary user'), 'data');
    const first = await start(dataDir, ordinary);
    expect(first.dataFolder).toBe(join(dataDir, 'postgres'));
    await query(first.url, 'CREATE TABLE notes (body text)');
    await query(first.url, "INSERT INTO notes VALUES ('kept')");
    await stop(first);
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);

    const second = await start(dataDir, ordinary);
    expect(await query(second.url, 'SELECT body FROM notes')).toEqual([{ body: 'kept' }]);
    await stop(second);
  });

  it('lets nobody in over the network or without the password, and shows secrets to their owner only', async () => {
    const dataDir = join(ownFolder('secrets'), 'data');
    const server = await start(dataDir, ordinary);
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const socketFolder = new URL(server.url).searchParams.get('host') ?? '';
    for (const path of ['password', 'running.json', 'postgres.log']) {
      expect(statSync(join(server.dataFolder, path)).mode & 0o777, path).toBe(0o600);
    }
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(statSync(join(server.dataFolder, 'data')).mode & 0o777).toBe(0o700);
    await stop(server);
    expect(existsSync(socketFolder)).toBe(false);
  });

  it('has replicas that follow it and end with it, also when its parent is killed', async () => {
    const dataDir = join(ownFolder('replicas'), 'data');
    const server = await start(dataDir, ordinary, project, 2);
    const servers = [postmaster(server), ...[1, 2].map((n) => postmaster(server, `replica_${n}/data`))];
    await query(server.url, 'CREATE TABLE notes AS SELECT 1 AS n');
    for (const url of server.replicaUrls) {
      await expect.poll(() => query(url, 'SELECT n FROM notes').catch(() => [])).toEqual([{ n: 1 }]);
    }
    server.process.kill('SIGKILL');
    await expect.poll(() => servers.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    const next = await start(dataDir, ordinary, project, 2);
    for (const url of next.replicaUrls) expect(await query(url, 'SELECT n FROM notes')).toEqual([{ n: 1 }]);
    await stop(next);
  });

  itAsRoot('runs under another account when root starts it, with the data where they belong', async () => {
    const dataDir = join(ownFolder('root'), 'data');
    const server = await start(dataDir);
    expect(server.dataFolder).toBe(join(dataDir, 'postgres'));
    expect(statSync(`/proc/${postmaster(server)}`).uid).not.toBe(0);
    await stop(server);
  });

  itAsRoot(
    'works for root in a folder that only root may enter, and begins anew when the data folder does',
    async () => {
      const locked = join(base, 'only root');
      cloneInto(join(locked, 'clone'));
      chmodSync(locked, 0o700);
      const dataDir = join(locked, 'clone/data');
      const first = await start(dataDir, undefined, join(locked, 'clone'));
      expect(first.dataFolder.startsWith(sharedFolder)).toBe(true);
      await query(first.url, 'CREATE TABLE notes (body text)');
      await stop(first);

      const second = await start(dataDir, undefined, join(locked, 'clone'));
      expect(await query(second.url, 'SELECT * FROM notes')).toEqual([]);
      await stop(second);

      rmSync(dataDir, { recursive: true });
      const third = await start(dataDir, undefined, join(locked, 'clone'));
      await expect(query(third.url, 'SELECT * FROM notes')).rejects.toMatchObject({ code: '42P01' });
      await stop(third);
      execFileSync('sh', ['-c', `rm -rf "$0" "$0".before-*`, third.dataFolder]);
    },
  );

  it('ends with its parent even when that is killed, and has every acknowledged row at the next start', async () => {
    const dataDir = join(ownFolder('killed parent'), 'data');
    const server = await start(dataDir, ordinary);
    const postgres = postmaster(server);
    const acknowledged = await writeUntilKilled(server, () => server.process.kill('SIGKILL'));
    await expect.poll(() => isRunning(postgres), { timeout: 10_000 }).toBe(false);
    await expectRows(dataDir, acknowledged);
  });

  it('recovers every acknowledged row when the server itself is killed with its parent', async () => {
    const dataDir = join(ownFolder('killed server'), 'data');
    const server = await start(dataDir, ordinary);
    const postgres = postmaster(server);
    const acknowledged = await writeUntilKilled(server, () => {
      process.kill(postgres, 'SIGKILL');
      server.process.kill('SIGKILL');
    });
    await expectRows(dataDir, acknowledged);
  });

  it('takes over a server that was left running', async () => {
    const dataDir = join(ownFolder('leftover'), 'data');
    const server = await start(dataDir, ordinary);
    const postgres = postmaster(server);
    const acknowledged = await writeUntilKilled(server, () => {
      for (const pid of watchersOf(postgres)) process.kill(pid, 'SIGKILL');
      server.process.kill('SIGKILL');
    });
    expect(isRunning(postgres)).toBe(true);
    await expectRows(dataDir, acknowledged);
    expect(isRunning(postgres)).toBe(false);
  });

  it('refuses a second owner of the same data in one line', async () => {
    const dataDir = join(ownFolder('two owners'), 'data');
    const server = await start(dataDir, ordinary);
    const refusal = await startInVain(dataDir, ordinary);
    expect(refusal).toMatch(
      /^Collabthon already runs on .* \(process \d+\)\. Stop that one first, or choose another DATA_DIR and PORT\.\n$/,
    );
    expect(await query(server.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await stop(server);
  });

  it('refuses data of another version in one line, and leaves them alone', async () => {
    const folder = join(ownFolder('old version'), 'data');
    mkdirSync(join(folder, 'postgres/data'), { recursive: true });
    writeFileSync(join(folder, 'postgres/data/PG_VERSION'), '17\n');
    own(folder, join(folder, 'postgres'), join(folder, 'postgres/data'));
    expect(await startInVain(folder, ordinary)).toMatch(
      /^The data in .* belong to PostgreSQL 17, this release brings 18\. .*\n$/,
    );
    expect(readFileSync(join(folder, 'postgres/data/PG_VERSION'), 'utf8')).toBe('17\n');
  });

  it('says in one line that it may not write', async () => {
    const folder = ownFolder('no rights');
    chmodSync(folder, 0o555);
    expect(await startInVain(join(folder, 'data'), ordinary)).toMatch(/^.*data may not be written by this user\..*\n$/);
    chmodSync(folder, 0o755);
  });

  itAsRoot('says in one line that the disk is full, or read-only', async (context) => {
    const folder = ownFolder('small disk');
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=755', 'tmpfs', folder], {
      encoding: 'utf8',
    });
    // A container may keep even its root from mounting a small disk.
    if (mounted.status !== 0) context.skip(`no small disk to be had: ${mounted.stderr}`);
    try {
      expect(await startInVain(join(folder, 'data'))).toMatch(/^The disk of .* has no room for a database: .*\n$/);
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      expect(await startInVain(join(folder, 'other'))).toMatch(/^.*other is on a read-only disk\..*\n$/);
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

async function start(
  dataDir: string,
  account?: { uid: number; gid: number },
  from = project,
  replicas = 0,
): Promise<Running> {
  const child = spawnDriver(dataDir, account, from, replicas);
  const complaint = text(child.stderr ?? process.stdin);
  const line = await Promise.race([
    once(createInterface({ input: child.stdout ?? process.stdin }), 'line'),
    once(child, 'exit').then(async () => Promise.reject(new Error(await complaint))),
  ]);
  return { process: child, ...(JSON.parse(String(line[0])) as Omit<Running, 'process'>) };
}

/** What a start that must fail says. */
async function startInVain(dataDir: string, account?: { uid: number; gid: number }): Promise<string> {
  const child = spawnDriver(dataDir, account, project);
  const [complaint, [code]] = await Promise.all([text(child.stderr ?? process.stdin), once(child, 'exit')]);
  expect(code).toBe(1);
  return complaint;
}

function spawnDriver(
  dataDir: string,
  account: { uid: number; gid: number } | undefined,
  from: string,
  replicas = 0,
): ChildProcess {
  return spawn(join(from, 'bin/node'), ['--input-type=module', '-e', driver, dataDir, String(replicas)], {
    ...account,
    cwd: from,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function stop(server: Running): Promise<void> {
  const exit = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Inserts rows one by one, kills in the middle, and returns the last number whose insert was acknowledged. */
async function writeUntilKilled(server: Running, kill: () => void): Promise<number> {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE numbers (n int)');
  let acknowledged = 0;
  const exit = once(server.process, 'exit');
  try {
    for (let n = 1; n <= 1000; n++) {
      await client.query('INSERT INTO numbers VALUES ($1)', [n]);
      acknowledged = n;
      if (n === 200) kill();
    }
  } catch {
    // The kill has reached the server.
  }
  await exit;
  await client.end().catch(() => undefined);
  return acknowledged;
}

async function expectRows(dataDir: string, acknowledged: number): Promise<void> {
  const server = await start(dataDir, ordinary);
  const found = await query(server.url, `SELECT count(*)::int AS n FROM numbers WHERE n <= ${acknowledged}`);
  expect(acknowledged).toBeGreaterThanOrEqual(200);
  expect(found).toEqual([{ n: acknowledged }]);
  await stop(server);
}

/** A dead process that nobody has asked after is still listed. */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /.test(readFileSync(file, 'utf8'));
}

function postmaster(server: Running, data = 'data'): number {
  return Number(readFileSync(join(server.dataFolder, data, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The shell above the server and the part of it that waits for the pipe to close. */
function watchersOf(pid: number): number[] {
  const output = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const processes = output.split('\n').map((line) => line.trim().split(/\s+/));
  const shell = processes.find(([id]) => Number(id) === pid)?.[1];
  const reader = processes.find(([id, parent]) => parent === shell && Number(id) !== pid)?.[0];
  return [Number(reader), Number(shell)];
}

function ownFolder(name: string): string {
  const folder = join(base, name);
  mkdirSync(folder);
  own(folder);
  return folder;
}

function own(...paths: string[]): void {
  if (ordinary) for (const path of paths) chownSync(path, ordinary.uid, ordinary.gid);
}

/** The part of the repository that a server needs, where accounts of this test can reach it. */
function cloneInto(target: string): void {
  const packages = [
    '@embedded-postgres',
    'pg',
    'pg-cloudflare',
    'pg-connection-string',
    'pg-int8',
    'pg-pool',
    'pg-protocol',
    'pg-types',
  ];
  const theirs = [
    'pgpass',
    'postgres-array',
    'postgres-bytea',
    'postgres-date',
    'postgres-interval',
    'split2',
    'xtend',
  ];
  const parts = [
    'package.json',
    'server/platform/config',
    'server/platform/database',
    ...[...packages, ...theirs].map((name) => `node_modules/${name}`),
  ];
  for (const part of parts)
    cpSync(join(projectRoot, part), join(target, part), { recursive: true, verbatimSymlinks: true });
  cpSync(process.execPath, join(target, 'bin/node'), { dereference: true });
  execFileSync('chmod', ['-R', 'go+rX', target]);
}
