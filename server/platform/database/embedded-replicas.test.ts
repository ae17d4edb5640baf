/** Streaming replicas of the embedded server: real ones, stopped, killed, left behind and started again. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

let base = '';
let server: EmbeddedPostgres;

const start = async (replicas: number) => {
  server = await startEmbeddedPostgres({ dataDir: join(base, 'data'), replicas });
};
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'collabthon replicas '));
  chmodSync(base, 0o755);
  await start(2);
  await query(server.url, 'CREATE TABLE notes (body text)');
});
afterAll(async () => {
  await server.stop();
  rmSync(base, { recursive: true, force: true });
});

const folder = (number: number) => join(server.dataFolder, `replica_${number}`);
const madeAt = (number: number) => statSync(join(folder(number), 'data/standby.signal')).birthtimeMs;
const write = (body: string) => query(server.url, `INSERT INTO notes VALUES ('${body}')`);
const arrives = async (body: string) => {
  for (const url of server.replicaUrls) {
    await expect.poll(() => query(url, 'SELECT body FROM notes').catch(() => [])).toContainEqual({ body });
  }
};

it('follow the primary, and take no write', async () => {
  expect(server.replicaUrls).toHaveLength(2);
  await write('first');
  await arrives('first');
  for (const url of server.replicaUrls) {
    await expect(query(url, "INSERT INTO notes VALUES ('no')")).rejects.toMatchObject({ code: '25006' });
  }
});

it('keep the password out of the command line, and to their account', async () => {
  const commandLine = readFileSync(`/proc/${postmaster(1)}/cmdline`, 'utf8');
  expect(commandLine).toContain('primary_conninfo');
  expect(commandLine).not.toContain(new URL(server.url).password);
  expect(statSync(join(folder(1), 'password')).mode & 0o777).toBe(0o600);
});

it('come back after a kill, at the same address, with what they missed', async () => {
  const killed = postmaster(1);
  process.kill(killed, 'SIGKILL');
  await write('while away');
  await arrives('while away');
  expect(postmaster(1)).not.toBe(killed);
});

it('are used again at the next start, or made anew when they no longer fit', async () => {
  const [first, second] = [madeAt(1), madeAt(2)];
  await query(server.url, 'SELECT 1');
  await server.stop();
  // As if its making had been interrupted.
  rmSync(join(folder(2), 'data/standby.signal'));
  await start(2);
  expect(madeAt(1)).toBe(first);
  expect(madeAt(2)).not.toBe(second);
  await write('after a restart');
  await arrives('after a restart');
});

it('leave nothing behind when there are to be fewer', async () => {
  await server.stop();
  await start(1);
  expect(await query(server.url, 'SELECT slot_name FROM pg_replication_slots')).toEqual([{ slot_name: 'replica_1' }]);
  expect(existsSync(folder(2))).toBe(false);
  await arrives('after a restart');
});

it('that hang do not keep the primary from stopping', async () => {
  process.kill(postmaster(1), 'SIGSTOP');
  await server.stop();
  await start(1);
  await arrives('after a restart');
});

function postmaster(number: number): number {
  return Number(readFileSync(join(folder(number), 'data/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
