/** The processes that are killed: as many as were asked for, each replaced as soon as it is gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../server/platform/config/config.ts';

export interface Workers {
  /** Resolves when the first one works. */
  ready: Promise<void>;
  /** Kills one while all work, as `kill -9` does: were all starting all the time, nobody would do anything. */
  kill(random: () => number): boolean;
  /** How many ended without having been killed, which none should. */
  crashed(): number;
  stop(): Promise<void>;
}

export function startWorkers(scenario: string, databaseUrl: string, count: number): Workers {
  const alive = new Set<ChildProcess>();
  const ready = new Set<ChildProcess>();
  const first = Promise.withResolvers<void>();
  let stopping = false;
  let crashed = 0;

  const start = () => {
    const entry = join(import.meta.dirname, 'worker.ts');
    const child = fork(join(projectRoot, 'scripts/run.mjs'), [entry, scenario, databaseUrl], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    alive.add(child);
    child.once('message', () => {
      ready.add(child);
      first.resolve();
    });
    child.once('exit', (_code, signal) => {
      alive.delete(child);
      ready.delete(child);
      if (stopping) return;
      if (signal !== 'SIGKILL') crashed += 1;
      start();
    });
  };
  for (let n = 0; n < count; n += 1) start();

  return {
    ready: first.promise,
    kill(random) {
      const victims = ready.size === count ? [...ready] : [];
      const victim = victims[Math.floor(random() * victims.length)];
      if (!victim) return false;
      ready.delete(victim);
      return victim.kill('SIGKILL');
    },
    crashed: () => crashed,
    async stop() {
      stopping = true;
      const exits = [...alive].map((child) => once(child, 'exit'));
      for (const child of alive) child.kill('SIGKILL');
      await Promise.all(exits);
    },
  };
}
