/** Migrations: once, in order, whoever comes first; never half. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { type MigrationSource, migrate } from './migrate.ts';

let database: TestDatabase;
let folder: string;
let source: MigrationSource;

beforeEach(async () => {
  database = await createTestDatabase({ template: false });
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(folder, { recursive: true });
  source = { module: 'shop', folder: pathToFileURL(`${folder}/`) };
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const file = (name: string, text: string) => writeFile(join(folder, name), text);

async function query(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

it('applies each file once, in order', async () => {
  await file('0002_second.sql', 'INSERT INTO things VALUES (2)');
  await file('0001_first.sql', 'CREATE TABLE things (n int)');
  expect(await migrate(database.url, [source])).toEqual(['shop/0001_first.sql', 'shop/0002_second.sql']);
  expect(await migrate(database.url, [source])).toEqual([]);
  expect(await query('SELECT n FROM things')).toEqual([{ n: 2 }]);
});

it('is safe when several processes start together', async () => {
  await file('0001_first.sql', 'CREATE TABLE things (n int); INSERT INTO things VALUES (1); SELECT pg_sleep(0.05)');
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, [source])));
  expect(applied.flat()).toEqual(['shop/0001_first.sql']);
});

it('leaves nothing of a file that fails', async () => {
  await file('0001_first.sql', 'CREATE TABLE things (n int); SELECT 1 / 0');
  await expect(migrate(database.url, [source])).rejects.toThrow('shop/0001_first.sql');
  expect(await query("SELECT to_regclass('things') AS found")).toEqual([{ found: null }]);
});

it('refuses a file that was changed after it was applied', async () => {
  await file('0001_first.sql', 'CREATE TABLE things (n int)');
  await migrate(database.url, [source]);
  await file('0001_first.sql', 'CREATE TABLE things (n bigint)');
  await expect(migrate(database.url, [source])).rejects.toThrow('was changed');
});
