/** `npm start` and the commands beside it, as somebody at a terminal meets them: real processes on real ports. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { projectRoot } from '../platform/config/config.ts';
import { type Running, spawnEntry, terminalEnvironment, untilServing } from '../platform/testing/server-process.ts';

// A start is the work of seconds, and of many on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 120_000 });

let base = '';
const started: ChildProcess[] = [];

beforeAll(() => {
  base = mkdtempSync('/tmp/collabthon start ');
  chmodSync(base, 0o755);
});

afterAll(async () => {
  const alive = started.filter((child) => child.exitCode === null && child.signalCode === null);
  const exits = alive.map((child) => once(child, 'exit'));
  for (const child of alive) child.kill('SIGTERM');
  await Promise.all(exits);
  rmSync(base, { recursive: true, force: true });
});

describe('npm start', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm start/);
    expect(stdout).toContain('DATABASE_URL');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'serves, and on %s stops within 5 s without a rest',
    async (signal) => {
      const dataDir = join(base, `stop ${signal}`);
      const server = await start(dataDir);
      expect((await fetch(`${server.address}/health/ready`)).status).toBe(200);
      const postgres = postmaster(dataDir);
      expect(isRunning(postgres)).toBe(true);

      const asked = performance.now();
      server.child.kill(signal);
      expect(await once(server.child, 'exit')).toEqual([0, null]);
      expect(performance.now() - asked).toBeLessThan(5000);
      expect(isRunning(postgres)).toBe(false);
      expect(existsSync(join(dataDir, 'postgres/running.json'))).toBe(false);
    },
  );

  it('stops as a whole when npm itself is told to', async () => {
    const dataDir = join(base, 'under npm');
    const args = ['start', '--ignore-scripts', '--', '--no-demo', '--port', '0', '--data-dir', dataDir];
    const npm = spawn('npm', args, { cwd: projectRoot, env: terminalEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(npm);
    const server = await untilServing(npm);
    const processes = [postmaster(dataDir), owner(dataDir)];
    expect(processes.map(isRunning)).toEqual([true, true]);
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    await expect.poll(() => processes.map(isRunning), { timeout: 5000 }).toEqual([false, false]);
  });

  it('stops while it is still starting', async () => {
    const dataDir = join(base, 'early stop');
    const child = spawnStart(['--no-demo', '--port', '0', '--data-dir', dataDir]);
    await once(child.stdout ?? process.stdin, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const server = await start(dataDir);
    await stop(server);
  });

  it('has every acknowledged account after kill -9', async () => {
    const dataDir = join(base, 'kill -9');
    const first = await start(dataDir);
    const member = { username: 'grace', email: 'grace@example.org', password: 'correct horse battery staple' };
    expect(await post(`${first.address}/api/v1/auth/register`, member)).toBe(201);
    const postgres = postmaster(dataDir);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await expect.poll(() => isRunning(postgres), { timeout: 10_000 }).toBe(false);

    const second = await start(dataDir);
    expect(await post(`${second.address}/api/v1/auth/login`, { username: 'grace', password: member.password })).toBe(
      200,
    );
    await stop(second);
  });

  it('uses DATABASE_URL when it is given, and starts no server of its own', async () => {
    const dataDir = join(base, 'given database');
    const url = await createDatabase(`start_${process.pid}`);
    const server = await start(dataDir, { DATABASE_URL: url });
    expect((await fetch(`${server.address}/health/ready`)).status).toBe(200);
    expect(readdirSync(dataDir)).toEqual(['signing-key.json']);
    await stop(server);
  });
});

describe('a start that cannot be', () => {
  it('says that the same data are in use, or the port is', async () => {
    const dataDir = join(base, 'in use');
    const server = await start(dataDir);
    expect(await refusal(['--port', '0', '--data-dir', dataDir])).toMatch(
      /^Collabthon already runs on .* Stop that one first/,
    );
    const { port } = new URL(server.address);
    expect(await refusal(['--port', port, '--data-dir', join(base, 'other data')])).toMatch(
      /^Port \d+ on 127\.0\.0\.1 is in use\. Stop what/,
    );
    await stop(server);
  });

  it('says that the database cannot be reached, without its password', async () => {
    const url = 'postgresql://somebody:hunter2@127.0.0.1:1/collabthon';
    const line = await refusal([], { DATABASE_URL: url });
    expect(line).toMatch(
      /^PostgreSQL at DATABASE_URL \(127\.0\.0\.1:1\/collabthon\) cannot be used: nothing listens there\. /,
    );
    expect(line).not.toContain('hunter2');
  });

  it('says that the password of the database is wrong, or the database missing', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/nothing_of_the_kind';
    expect(await refusal([], { DATABASE_URL: url.href })).toContain('there is no such database');
    url.password = 'wrong';
    expect(await refusal([], { DATABASE_URL: url.href })).toContain('the user name or password is wrong');
  });

  it('says that the database is too old', async () => {
    const server = await oldPostgres('15.7');
    const { port } = server.address() as AddressInfo;
    const line = await refusal([], { DATABASE_URL: `postgresql://somebody@127.0.0.1:${port}/x` });
    expect(line).toMatch(/^DATABASE_URL leads to PostgreSQL 15\.7; Collabthon needs 16 or newer\. /);
    server.close();
  });

  it('says everything that is wrong with the settings', async () => {
    const line = await refusal(['--colour'], { PORT: 'abc', NODE_ENV: 'production' });
    for (const word of ['--colour', 'PORT', 'SIGNING_KEY']) expect(line).toContain(word);
  });

  it('says that the data folder is not one', async () => {
    expect(await refusal(['--data-dir', join(projectRoot, 'package.json')])).toMatch(
      /package\.json.* is not a folder\./,
    );
  });

  it('says that this Node is too old', async ({ skip }) => {
    const old = oldNode();
    if (!old) return skip('no Node below 24 on this machine');
    const child = spawn(old, ['scripts/run.mjs', 'server/services/all.ts'], { cwd: projectRoot });
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ code, complaint }).toEqual({
      code: 1,
      complaint: expect.stringMatching(/^Collabthon runs on Node 24, this is v.*\n$/),
    });
  });
});

describe('commands beside a running server', () => {
  it('make an operator who can sign in, and bring the database up to date', async () => {
    const dataDir = join(base, 'commands');
    const server = await start(dataDir);
    const beside = { DATA_DIR: dataDir, DEMO: 'off' };
    const made = await run(
      ['create', '--username', 'head', '--email', 'head@example.org'],
      beside,
      'server/services/admin.ts',
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const password = /with the password (\S+)\n$/.exec(made.stdout)?.[1];
    expect(await post(`${server.address}/api/v1/auth/login`, { username: 'head', password })).toBe(200);

    const again = await run(
      ['create', '--username', 'head', '--email', 'head@example.org'],
      beside,
      'server/services/admin.ts',
    );
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^The operator was not made: .*\n$/);

    const migrated = await run([], beside, 'server/services/migrate.ts');
    expect(migrated).toEqual({ code: 0, stdout: 'The database is up to date.\n', stderr: '' });
    await stop(server);
  });

  it('work without one, too', async () => {
    const dataDir = join(base, 'no server');
    const migrated = await run([], { DATA_DIR: dataDir }, 'server/services/migrate.ts');
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining('applied accounts/0001') });
    expect(existsSync(join(dataDir, 'postgres/running.json'))).toBe(false);
    const key = await run(['make-signing-key'], { NODE_ENV: 'production' }, 'server/services/admin.ts');
    expect(JSON.parse(key.stdout)).toMatchObject({ crv: 'Ed25519' });
  });
});

describe('processes that share a database', () => {
  it('work on jobs, or leave them to others', async () => {
    const dataDir = join(base, 'shared');
    const serving = await untilServing(
      spawnStart(['--no-demo', '--port', '0', '--data-dir', dataDir, '--jobs', 'none']),
    );
    const registered = await fetch(`${serving.address}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.org', username: 'ada', password: 'correct horse battery staple' }),
    });
    expect(registered.status).toBe(201);
    const ended = async ({ address }: Running) => {
      const metrics = await (await fetch(`${address}/metrics`)).text();
      return /^jobs_ended_total\{queue="accounts.process_user_registration",outcome="completed"\} 1$/m.test(metrics);
    };

    const working = await untilServing(
      spawnStart(['--no-demo', '--port', '0', '--data-dir', dataDir, '--jobs', 'only']),
    );
    await expect.poll(() => ended(working), { timeout: 60_000, interval: 200 }).toBe(true);
    expect(await ended(serving)).toBe(false);
    expect((await fetch(`${working.address}/health/ready`)).status).toBe(200);
    expect((await fetch(`${working.address}/api/v1/projects`)).status).toBe(404);
    await stop(working);
    await stop(serving);
  });
});

function spawnStart(args: string[], env?: Record<string, string>, entry?: string): ChildProcess {
  const child = spawnEntry(args, env, entry);
  started.push(child);
  return child;
}

async function start(dataDir: string, env?: Record<string, string>): Promise<Running> {
  return untilServing(spawnStart(['--no-demo', '--port', '0', '--data-dir', dataDir], env));
}

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function run(args: string[], env?: Record<string, string>, entry?: string) {
  const child = spawnStart(args, env, entry);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout ?? process.stdin),
    text(child.stderr ?? process.stdin),
    once(child, 'exit'),
  ]);
  return { code: Number(code), stdout, stderr };
}

/** The one line that a start which cannot be leaves. */
async function refusal(args: string[], env?: Record<string, string>): Promise<string> {
  const { code, stderr } = await run(['--no-demo', ...args], { DATA_DIR: join(base, 'refused'), ...env });
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
  return stderr;
}

async function post(url: string, body: unknown): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.text();
  return answer.status;
}

const postmaster = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

const owner = (dataDir: string) =>
  (JSON.parse(readFileSync(join(dataDir, 'postgres/running.json'), 'utf8')) as { pid: number }).pid;

/** A dead process that nobody has asked after is still listed. */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /.test(readFileSync(file, 'utf8'));
}

async function createDatabase(name: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

/** The Node of the system, if it is older than the one that the project brings. */
function oldNode(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file))
    .find((file) => Number(/v(\d+)/.exec(execFileSync(file, ['-v'], { encoding: 'utf8' }))?.[1]) < 24);
}

/** A listener that greets as PostgreSQL of a given version and tells it when asked (protocol 3.0). */
async function oldPostgres(version: string): Promise<Server> {
  const message = (type: string, ...parts: (string | Buffer)[]) => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)]);
  const ready = message('Z', Buffer.from('I'));
  const greeting = [message('R', int32(0)), message('S', 'server_version', version), ready];
  const column = [int16(1), 'server_version', int32(0), int16(0), int32(25), int16(65_535), int32(-1), int16(0)];
  const row = [int16(1), int32(version.length), Buffer.from(version)];
  const answer = [message('T', ...column), message('D', ...row), message('C', 'SHOW'), ready];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      // A start-up message has no type letter; it begins with its length.
      if (data[0] === 0) socket.write(Buffer.concat(greeting));
      else if (data[0] === 'Q'.charCodeAt(0)) socket.write(Buffer.concat(answer));
      else socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
