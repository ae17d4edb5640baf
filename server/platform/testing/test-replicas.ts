/** A database of one's own with two real replicas, each behind a handle by which a test hurts it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';

export interface TestReplica {
  url: string;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** To the server, and with `all` also to the processes that serve its connections. */
  signal(name: NodeJS.Signals, all?: 'all'): void;
}

export interface ReplicatedDatabase {
  url: string;
  replicas: TestReplica[];
  close(): Promise<void>;
}

export async function startReplicatedDatabase(): Promise<ReplicatedDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'collabthon-replicated-'));
  const server = await startEmbeddedPostgres({ dataDir, replicas: 2 });
  const replicas = server.replicaUrls.map((url, index): TestReplica => {
    const run = async (statement: string) => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => {});
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    };
    const data = join(server.dataFolder, `replica_${index + 1}/data`);
    return {
      url,
      pause: () => run('SELECT pg_wal_replay_pause()'),
      resume: () => run('SELECT pg_wal_replay_resume()'),
      signal(name, all) {
        const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
        const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
        for (const one of all ? [pid, ...children()] : [pid]) process.kill(one, name);
      },
    };
  });
  return {
    url: server.url,
    replicas,
    async close() {
      await server.stop();
      await rm(server.dataFolder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
