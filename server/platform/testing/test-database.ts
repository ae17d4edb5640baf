/** A database of one's own, copied from the migrated template. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { sqlState } from '../database/database.ts';

/** Connections of a service under test: none is kept, since many services share one server. */
export const TEST_POOL = { kept: 0, burst: 10, queue: 500 };

const TEMPLATE = 'collabthon_template';
const OBJECT_IN_USE = '55006';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** @param template false: an empty database, for tests of migrations themselves */
export async function createTestDatabase({ template = true } = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asAdmin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  for (;;) {
    try {
      await asAdmin(`CREATE DATABASE ${name} ${template ? `TEMPLATE ${TEMPLATE}` : ''}`);
      break;
    } catch (error) {
      // Another test file is copying the template at this moment.
      if (sqlState(error) !== OBJECT_IN_USE) throw error;
    }
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`) };
}
