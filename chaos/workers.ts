/** The processes that are killed: as many as were asked for, each replaced by one that is loaded as soon as it is gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../server/platform/config/config.ts';
import { chooseDeath } from './death.ts';

export interface Workers {
  /** Resolves when the first one works. */
  ready: Promise<void>;
  /** Kills one while all work: were all starting all the time, nobody would do anything. */
  kill(random: () => number): boolean;
  /** How many ended without having been killed, which none should. */
  crashed(): number;
  stop(): Promise<void>;
}

/** Those that are loaded and wait, since that takes longer than to begin to work. */
const SPARES = 2;
/** Milliseconds after which one is killed that is idle and comes to no statement. */
const DIE_WITHIN = 200;

export function startWorkers(scenario: string, databaseUrl: string, count: number): Workers {
  const alive = new Set<ChildProcess>();
  const spares: ChildProcess[] = [];
  const placed = new Set<ChildProcess>();
  const working = new Set<ChildProcess>();
  const first = Promise.withResolvers<void>();
  let stopping = false;
  let crashed = 0;

  const place = () => {
    for (const child of spares.splice(0, count - placed.size)) {
      placed.add(child);
      child.send('work');
    }
  };

  const start = () => {
    const entry = join(import.meta.dirname, 'worker.ts');
    const child = fork(join(projectRoot, 'scripts/run.mjs'), [entry, scenario, databaseUrl], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    alive.add(child);
    // One that has just died cannot be told anything any more.
    child.on('error', () => {});
    child.on('message', (word) => {
      if (word === 'loaded') {
        spares.push(child);
        place();
      } else {
        working.add(child);
        first.resolve();
      }
    });
    child.once('exit', (_code, signal) => {
      alive.delete(child);
      placed.delete(child);
      working.delete(child);
      if (spares.includes(child)) spares.splice(spares.indexOf(child), 1);
      if (stopping) return;
      if (signal !== 'SIGKILL') crashed += 1;
      place();
      start();
    });
  };
  for (let n = 0; n < count + SPARES; n += 1) start();

  return {
    ready: first.promise,
    kill(random) {
      const victims = working.size === count ? [...working] : [];
      const victim = victims[Math.floor(random() * victims.length)];
      if (!victim) return false;
      working.delete(victim);
      victim.send(chooseDeath(random));
      setTimeout(() => victim.kill('SIGKILL'), DIE_WITHIN);
      return true;
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
