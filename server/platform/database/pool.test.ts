/** The pool's promises: bounded, honest when full, and no request lost to a connection that died in its sleep. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createDatabase } from './database.ts';
import { createPool } from './pool.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ template: false });
});
afterEach(() => database.drop());

it('turns callers away with 503 when its queue is full', async () => {
  const pool = createPool(database.url, 'test', { kept: 0, burst: 1, queue: 1 });
  const busy = await pool.connect();
  const waiting = pool.connect();
  await expect(pool.query('SELECT 1')).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(pool.counts.refused).toBe(1);
  busy.release();
  (await waiting).release();
  await pool.end();
});

it('tries a connection that was idle for long before it hands it out', async () => {
  const pool = createPool(database.url, 'test', { kept: 1, burst: 0, queue: 10 });
  const { rows } = await pool.query('SELECT pg_backend_pid() AS pid');
  const other = createPool(database.url, 'test', { kept: 0, burst: 1, queue: 10 });
  const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
  await other.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  later.mockRestore();
  await pool.end();
  await other.end();
});

describe('a server that is away', () => {
  /** Leads to the database once it is opened; until then its port is closed. */
  async function createDoor() {
    const door = createServer((outer) => {
      const { hostname, port, searchParams } = new URL(database.url);
      const folder = searchParams.get('host');
      const inner = folder ? connect(join(folder, `.s.PGSQL.${port || 5432}`)) : connect(Number(port), hostname);
      for (const socket of [outer, inner]) socket.on('error', () => {});
      outer.pipe(inner).pipe(outer);
    });
    const listen = async (port: number) => {
      door.listen(port, '127.0.0.1');
      await once(door, 'listening');
    };
    await listen(0);
    const { port } = door.address() as AddressInfo;
    const close = () => new Promise((resolve) => door.close(resolve));
    await close();
    const url = new URL(database.url);
    url.searchParams.delete('host');
    url.host = `127.0.0.1:${port}`;
    return { url: url.href, open: () => listen(port), close };
  }

  it('is waited for, as far as the queue reaches', async () => {
    const door = await createDoor();
    const pool = createPool(door.url, 'test', { kept: 0, burst: 1, queue: 1 });
    const waiting = pool.query('SELECT 1 AS one');
    await expect.poll(() => pool.counts.patient).toBe(1);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    await door.open();
    await expect(waiting).resolves.toMatchObject({ rows: [{ one: 1 }] });
    expect(pool.counts.patient).toBe(0);
    await pool.end();
    await door.close();
  });

  it('is not waited for without end: whoever comes later learns of it at once, until it is back', async () => {
    const door = await createDoor();
    const pool = createPool(door.url, 'test', { kept: 0, burst: 1, queue: 10 }, { patience: 0 });
    for (let tries = 0; tries < 2; tries += 1)
      await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await door.open();
    await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await pool.end();
    await door.close();
  });
});

it('gets a connection back on which a transaction could not even begin', async () => {
  const pool = createPool(database.url, 'test', { kept: 0, burst: 1, queue: 10 });
  const db = createDatabase(pool);
  const { pid } = await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
    return rows[0] ?? { pid: 0 };
  });
  pool.once('acquire', (client) =>
    (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy(),
  );
  await expect(db.transaction(async () => 'done')).rejects.toThrow();
  const again = await db.transaction((tx) => tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`));
  expect(again.rows[0]?.pid).not.toBe(pid);
  await pool.end();
});

it('sets the timeouts at connect', async () => {
  const pool = createPool(database.url, 'test');
  const { rows } = await pool.query(`
    SELECT name, setting::int AS ms FROM pg_settings
    WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`);
  expect(rows.every((row) => row.ms > 0)).toBe(true);
  await pool.end();
});
