/** Applies the SQL files of the platform and its modules, each once, whoever starts first. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

export interface MigrationSource {
  /** Part of the name under which a file is remembered. */
  module: string;
  folder: URL;
}

/** The platform's own and those of the modules that have any, in this order. */
export const migrationSources = (modules: { name: string; migrations?: URL }[]): MigrationSource[] => [
  { module: 'platform', folder: new URL('./migrations/', import.meta.url) },
  ...modules.flatMap(({ name, migrations }) => (migrations ? [{ module: name, folder: migrations }] : [])),
];

const LOCK = 7_266_542_001;

/**
 * Runs every pending migration in order, one transaction each, under an advisory lock, so that processes that start
 * together do not collide. Returns the names of those it applied.
 *
 * @throws Error when an applied file was changed afterwards, or when one fails; nothing of the failed one stays.
 */
export async function migrate(url: string, sources: MigrationSource[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'collabthon migrate', lock_timeout: 10_000 });
  // A connection that is lost fails the statement that runs on it; without a listener it would end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    // Waiting for the lock may take as long as the other process needs to migrate.
    await client.query(`SET lock_timeout = 0`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(`SET lock_timeout = '10s'`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS platform`);
    await client.query(`
      CREATE TABLE IF NOT EXISTS platform.migrations (
        name text PRIMARY KEY,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'SELECT name, checksum FROM platform.migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    const fresh: string[] = [];
    for (const migration of await readMigrations(sources)) {
      const known = applied.get(migration.name);
      if (known === migration.checksum) continue;
      if (known)
        throw new Error(`Migration ${migration.name} was changed after it was applied. Add a new one instead.`);
      await apply(client, migration);
      fresh.push(migration.name);
    }
    return fresh;
  } finally {
    await client.end();
  }
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(sources: MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const { module, folder } of sources) {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    for (const file of files) {
      const sql = await readFile(new URL(file, folder), 'utf8');
      migrations.push({ name: `${module}/${file}`, sql, checksum: createHash('sha256').update(sql).digest('hex') });
    }
  }
  return migrations;
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO platform.migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed.`, { cause: error });
  }
}
