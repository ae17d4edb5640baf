/** Plays one scenario: load on one side, trouble on the other, then quiet, then the count. */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../bench/statistics.ts';
import { openDatabase } from './database.ts';
import type { Client, Scenario } from './scenario.ts';
import { startWorkers, type Workers } from './workers.ts';

export interface Outcome {
  scenario: string;
  kills: number;
  acknowledged: number;
  lost: number;
  duplicated: number;
  stuck: number;
  /** From a kill until all that was acknowledged before it has its effect. */
  recovery_ms_p99: number;
}

export interface Play {
  kills: number;
  seed: number;
  /** Milliseconds after which no more trouble is made. */
  trouble: number;
  /** Milliseconds that everything has to become quiet. */
  patience: number;
}

const WORKERS = 2;
const LANES = 4;
/** Milliseconds between two actions of a lane. */
const PACE = 100;
/** Milliseconds from one kill to the next at the most, once all work again. */
const MOST_APART = 500;

export async function play(
  name: string,
  scenario: Scenario,
  { kills, seed, trouble, patience }: Play,
): Promise<{ outcome: Outcome; crashed: number }> {
  const random = randomFrom(seed);
  const database = await openDatabase();
  let client: Client | undefined;
  let workers: Workers | undefined;
  try {
    client = await scenario.open({ databaseUrl: database.url, random });
    workers = startWorkers(name, database.url, WORKERS);
    await workers.ready;
    const { disturb } = client;
    const load = startLoad(client);
    const killedAt: number[] = [];
    const end = Date.now() + trouble;
    while (killedAt.length < kills && Date.now() < end) {
      await pause(MOST_APART * random());
      if (!workers.kill(random)) continue;
      killedAt.push(Date.now());
      if (killedAt.length % 10 === 3) database.cut(0.5, random);
      if (killedAt.length % 10 === 6) await disturb?.();
      if (killedAt.length % 40 === 5) await database.restart();
    }
    const acknowledged = await load.stop();
    const deadline = Date.now() + patience;
    while (Date.now() < deadline && !(await client.isQuiet().catch(() => false))) await pause(100);
    const { effects, ...verdict } = await client.verdict(new Set(acknowledged.keys()));
    const recoveries = killedAt.map((at) => recovery(at, acknowledged, effects));
    const outcome = {
      scenario: name,
      kills: killedAt.length,
      acknowledged: acknowledged.size,
      ...verdict,
      recovery_ms_p99: Math.round(percentile(recoveries, 0.99)),
    };
    return { outcome, crashed: workers.crashed() };
  } finally {
    await workers?.stop();
    await client?.close().catch(() => {});
    await database.close();
  }
}

/** Acts without a break in several lanes. @returns on stop, what was acknowledged and when */
function startLoad(client: Client): { stop(): Promise<ReadonlyMap<number, number>> } {
  const acknowledged = new Map<number, number>();
  let next = 1;
  let stopped = false;
  const lanes = Array.from({ length: LANES }, async () => {
    while (!stopped) {
      const n = next++;
      await client.act(n).then(
        () => acknowledged.set(n, Date.now()),
        () => {},
      );
      await pause(PACE);
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(lanes);
      return acknowledged;
    },
  };
}

function recovery(
  killedAt: number,
  acknowledged: ReadonlyMap<number, number>,
  effects: ReadonlyMap<number, number>,
): number {
  let last = killedAt;
  for (const [n, at] of acknowledged) if (at <= killedAt) last = Math.max(last, effects.get(n) ?? killedAt);
  return last - killedAt;
}

/** mulberry32, by Tommy Ettinger: small, and good enough to choose victims. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
