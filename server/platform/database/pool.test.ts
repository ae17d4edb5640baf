/** The pool's promises: bounded, honest when full, and no request lost to a connection that died in its sleep. */
import type { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
