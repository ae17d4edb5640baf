/**
 * Reads from replicas that nobody can tell from reads of the primary: you see what you have written, and nothing that you
 * have seen is gone again. The model is GitLab's database load balancing; the rules are in decision 0017.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Metrics } from '../telemetry/metrics.ts';
import { clientOf, type Queryable, type Reader } from './database.ts';
import { createHost, type Host, readOnly } from './host.ts';
import { type CheckedPool, createPool, defaultPoolLimits, type PoolLimits } from './pool.ts';
import { createPrimaryPosition, POSITION, type PositionRow, toPosition } from './probe.ts';
import { mayFareBetterElsewhere } from './read-errors.ts';
import { type Reason, reportReads } from './read-figures.ts';
import { isInForce, type ReadToken, tokenAt } from './read-token.ts';
import {
  createReadings,
  currentReading,
  newReading,
  type Place,
  type Reading,
  type Readings,
  rememberPosition,
} from './reading.ts';

export interface Replicas {
  reader: Reader;
  readings: Readings;
  hosts: readonly Host[];
  /** By their names in the metrics. */
  pools: Record<string, CheckedPool>;
  /** For the primary's handle: keeps where a COMMIT has come to for whoever is at work. */
  noteWrite(client: Queryable): Promise<void>;
  close(): Promise<void>;
}

/** The part of the primary's connections, beside those for all else, that may stand in for replicas. */
const PRIMARY_SHARE = 0.4;
/** Milliseconds that a read waits for a replica to come as far as it has to. */
const PATIENCE = 20;
/** Seconds; one that lags more is not waited for. */
const SOON = 3;
/** When nobody knows where a COMMIT has come to, no replica has come as far. */
const NOWHERE = { timeline: Number.MAX_SAFE_INTEGER, lsn: 0 };

interface Choice {
  place: Place;
  reason: Reason;
}

/** Connects to replicas, and looks at each before it is used. */
export async function openReplicas(
  primaryUrl: string,
  urls: readonly string[],
  metrics: Metrics,
  limits: PoolLimits = defaultPoolLimits,
): Promise<Replicas> {
  const primary = createPrimaryPosition(primaryUrl);
  const hosts = urls.map((url, index) => createHost(`replica-${index + 1}`, url, limits, primary));
  const share = Math.max(1, Math.floor((limits.kept + limits.burst) * PRIMARY_SHARE));
  const standIn = createPool(primaryUrl, 'collabthon', { kept: 0, burst: share, queue: 5 * share }, readOnly);
  const figures = reportReads(metrics, hosts);
  await Promise.all(hosts.map(firstChecks));

  /** Outside of any request, as in a job, one reads what was there when one began to. */
  const readingNow = async () => newReading(null, tokenAt(await primary.sample()));

  /** Decides where to read from, and stays there: two reads of one request are of one host. */
  const choose = (reading: Reading, tried: ReadonlySet<Host>): Choice | Promise<Choice> => {
    const token = isInForce(reading.token) ? reading.token : null;
    const choice = find(reading, token, tried);
    // Nearly always there is one, and a turn of the runtime for each read would be felt.
    if (choice || !token) return settle(reading, choice ?? standInFor(hosts));
    const again = () => find(reading, token, tried);
    return waitFor(token, tried, again).then((late) => settle(reading, late ?? standInFor(hosts)));
  };

  const find = (reading: Reading, token: ReadToken | null, tried: ReadonlySet<Host>): Choice | null => {
    if (reading.place === 'primary') return { place: 'primary', reason: 'pinned' };
    if (token && token.timeline !== primary.last()?.timeline) return { place: 'primary', reason: 'token' };
    const need = token?.lsn ?? 0;
    const ready = hosts.filter((host) => host.isOnline() && !tried.has(host) && host.replayed() >= need);
    const place = reading.place ?? reading.home;
    if (!place) return among(ready, token ? 'token' : 'free');
    if (ready.includes(place)) return { place, reason: reading.place ? 'pinned' : 'home' };
    // Whatever was read there, is there where one reads now.
    const floor = floorOf(place, tried);
    const others = ready.filter((host) => host.replayed() >= floor);
    return among(others, place.isOnline() ? 'token' : place.trouble());
  };

  const waitFor = async (token: ReadToken, tried: ReadonlySet<Host>, again: () => Choice | null) => {
    const isNear = (host: Host) =>
      host.isOnline() && !tried.has(host) && host.replayed() < token.lsn && host.lag().seconds < SOON;
    const began = performance.now();
    let choice: Choice | null = null;
    for (let near = hosts.filter(isNear); !choice && near.length > 0; near = hosts.filter(isNear)) {
      const left = PATIENCE - (performance.now() - began);
      if (left <= 0) break;
      await Promise.race([Promise.all(near.map((host) => host.look())), pause(left)]);
      choice = again();
      if (!choice) await pause(1);
    }
    figures.waited((performance.now() - began) / 1000);
    return choice;
  };

  const query = async (...question: [pg.QueryConfig, unknown[]?]): Promise<pg.QueryResult> => {
    const reading = currentReading() ?? (await readingNow());
    const tried = new Set<Host>();
    for (;;) {
      const choice = choose(reading, tried);
      const { place, reason } = choice instanceof Promise ? await choice : choice;
      figures.count(place, reason);
      if (place === 'primary') return standIn.query(...question);
      try {
        return await place.query(...question);
      } catch (error) {
        if (!mayFareBetterElsewhere(error)) throw error;
        tried.add(place);
      }
    }
  };

  return {
    reader: drizzle({ client: clientOf(query) }),
    readings: createReadings(hosts, () => primary.sample()),
    hosts,
    pools: { ...Object.fromEntries(hosts.map(({ name, pool }) => [name, pool])), 'primary-reads': standIn },
    async noteWrite(client) {
      const reading = currentReading();
      if (!reading) return;
      // What is committed is committed; the request that did it must not fail any more.
      const position = await client.query<PositionRow>(POSITION).then(
        ({ rows: [row] }) => row && toPosition(row),
        () => undefined,
      );
      rememberPosition(reading, position ?? NOWHERE);
    },
    async close() {
      primary.close();
      await Promise.all([standIn.end(), ...hosts.map((host) => host.close())]);
    },
  };
}

/** How far another host has to be to go on from what was read at this one. */
function floorOf(home: Host, tried: ReadonlySet<Host>): number {
  // While it is online, it has been read from up to a token that the other one has, too.
  if (home.isOnline()) return tried.has(home) ? Number.POSITIVE_INFINITY : 0;
  return home.leftAt() ?? Number.POSITIVE_INFINITY;
}

/** One that is a moment behind when it is first looked at is there a moment later. */
async function firstChecks(host: Host): Promise<void> {
  for (let tries = 0; tries < 5 && !host.isOnline(); tries += 1) {
    if (tries > 0) await pause(50);
    await host.check();
  }
}

function settle(reading: Reading, choice: Choice): Choice {
  reading.place = choice.place;
  if (reading.home && choice.place !== reading.home) reading.wasAway = true;
  return choice;
}

/** The primary, where no replica will do. */
function standInFor(hosts: readonly Host[]): Choice {
  const isLate = hosts.some((host) => host.trouble() === 'lag');
  return { place: 'primary', reason: hosts.some((host) => host.isOnline()) ? 'token' : isLate ? 'lag' : 'down' };
}

/** Of two at random the one with less to do (Mitzenmacher, The Power of Two Choices, 2001). */
function among(hosts: readonly Host[], reason: Reason): Choice | null {
  const [one, other] = [0, 1].map(() => hosts[Math.floor(Math.random() * hosts.length)]);
  const place = one && other && other.inFlight() < one.inFlight() ? other : one;
  return place ? { place, reason } : null;
}
