/** A durable PostgreSQL behind a door that can be slammed: it keeps one address while the server restarts behind it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/platform/database/embedded-postgres.ts';

export interface ChaosDatabase {
  url: string;
  /** Stops the server and starts it again. */
  restart(): Promise<void>;
  /** Cuts each connection with this likelihood. */
  cut(likelihood: number, random: () => number): void;
  close(): Promise<void>;
}

export async function openDatabase(): Promise<ChaosDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-chaos-'));
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: folder });
  const pairs = new Set<[Socket, Socket]>();

  const door = createServer((outer) => {
    const inner = connect(join(new URL(postgres.url).searchParams.get('host') ?? '', '.s.PGSQL.5432'));
    const pair: [Socket, Socket] = [outer, inner];
    pairs.add(pair);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    outer.pipe(inner).pipe(outer);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');

  const cut = (likelihood: number, random: () => number) => {
    for (const [outer, inner] of pairs) {
      if (random() >= likelihood) continue;
      outer.destroy();
      inner.destroy();
    }
  };
  const url = new URL(postgres.url);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((door.address() as AddressInfo).port);

  return {
    url: url.href,
    cut,
    async restart() {
      await postgres.stop();
      postgres = await startEmbeddedPostgres({ dataDir: folder });
    },
    async close() {
      cut(1, () => 0);
      door.close();
      await postgres.stop();
      await rm(postgres.dataFolder, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
