/** `npm start -- --workers 2`: several processes behind one port, killed and replaced while requests come in. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { spawnEntry, untilServing } from '../platform/testing/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/test-database.ts';

// A start is the work of seconds, and of many on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let dataDir = '';
let overseer: ChildProcess;
let address = '';
let said = () => '';

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'collabthon workers '));
  const child = spawnEntry(['--no-demo', '--workers', '2', '--port', '0', '--data-dir', dataDir], {
    DATABASE_URL: database.url,
  });
  const running = await untilServing(child);
  ({ child: overseer, address } = running);
  said = running.output;
}, 120_000);
afterAll(async () => {
  if (overseer.exitCode === null && overseer.signalCode === null) {
    const exit = once(overseer, 'exit');
    overseer.kill('SIGTERM');
    await exit;
  }
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const workers = () =>
  execFileSync('ps', ['--ppid', String(overseer.pid), '-o', 'pid='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number);

/** The status, or what broke; over a connection of `agent`. */
const ask = (path: string, agent: Agent): Promise<number | string> =>
  new Promise((resolve) => {
    request(`${address}${path}`, { agent }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    })
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end();
  });
const askOnce = (path: string) => ask(path, new Agent());
const served = async () => {
  const text = await (await fetch(`${address}/metrics`)).text();
  const counts = [...text.matchAll(/^http_requests_total\{.*"\/api\/v1\/projects".*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
};

it('serve together, and count together', async () => {
  expect(workers()).toHaveLength(2);
  const answers = await Promise.all(Array.from({ length: 40 }, () => askOnce('/api/v1/projects')));
  expect(new Set(answers)).toEqual(new Set([200]));
  for (let n = 0; n < 4; n += 1) expect(await served()).toBe(40);

  // What all of them read in the database is there once.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `INSERT INTO platform.sagas (name, key, input, state, steps) VALUES ('gone.saga', '1', '{}', 'parked', '[]')`,
  );
  await client.end();
  expect(await (await fetch(`${address}/metrics`)).text()).toMatch(/^sagas_parked 1$/m);
});

it('are replaced on a signal without a failed request, also on connections that stay open', async () => {
  const before = workers();
  const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const answers: (number | string)[] = [];
  let isDone = false;
  const load = Promise.all(
    agents.map(async (agent) => {
      while (!isDone) answers.push(await ask('/api/v1/projects', agent));
    }),
  );
  overseer.kill('SIGUSR2');
  await expect.poll(said, { timeout: 60_000 }).toContain('All processes that serve are new.');
  isDone = true;
  await load;
  for (const agent of agents) agent.destroy();
  expect(answers.filter((answer) => answer !== 200)).toEqual([]);
  expect(answers.length).toBeGreaterThan(100);
  const after = workers();
  expect(after).toHaveLength(2);
  expect(before.filter((pid) => after.includes(pid))).toEqual([]);
});

it('that are killed are replaced, and the others serve meanwhile', async () => {
  const [first = 0, second = 0] = workers();
  process.kill(first, 'SIGKILL');
  await expect.poll(workers).not.toContain(first);
  expect(await askOnce('/api/v1/projects')).toBe(200);
  await expect.poll(() => workers().length, { timeout: 30_000 }).toBe(2);
  expect(workers()).toContain(second);
  // The job worker was one of the two.
  process.kill(second, 'SIGKILL');
  await expect
    .poll(async () => workers().length === 2 && !workers().includes(second) && (await askOnce('/health/ready')), {
      timeout: 30_000,
    })
    .toBe(200);
});

it('end with the process that was started, as it ends', async () => {
  const all = workers();
  const asked = performance.now();
  overseer.kill('SIGTERM');
  expect(await once(overseer, 'exit')).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(5000);
  expect(all.filter(isRunning)).toEqual([]);
});

it('end when the process that was started is killed', async () => {
  const child = spawnEntry(['--no-demo', '--workers', '2', '--port', '0', '--data-dir', dataDir], {
    DATABASE_URL: database.url,
  });
  ({ child: overseer } = await untilServing(child));
  const all = workers();
  expect(all).toHaveLength(2);
  overseer.kill('SIGKILL');
  await expect.poll(() => all.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
