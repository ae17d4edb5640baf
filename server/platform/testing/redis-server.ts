/** A Redis server of a test's own, which can be killed and started again at the same address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface RedisServer {
  url: string;
  start(): Promise<void>;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  /** Stops its process where it is: connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** @throws Error when the machine has none; `npm test` sees to that */
export async function startRedisServer(): Promise<RedisServer> {
  const program = findProgram(['redis-server', 'valkey-server']);
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'no' };
      const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
      const starting = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      child = starting;
      let said = '';
      await new Promise<void>((resolve, reject) => {
        starting.stdout.on('data', (text) => {
          said += String(text);
          if (/ready to accept connections/i.test(said)) resolve();
        });
        starting.once('error', reject);
        starting.once('exit', () => reject(new Error(said)));
      });
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async close() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function findProgram(names: string[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (!found) throw new Error(`There is no ${names[0]} on the PATH. Install it; npm test does on Debian, as root.`);
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
