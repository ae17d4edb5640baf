/**
 * What many ask for, kept: in this process, and in Redis for all of them. An entry is given only as long as nothing that it
 * was made of is known to have changed, and never to somebody who has seen more than it holds; decision 0018 says why that
 * holds through replicas and without Redis.
 */
import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { NotePurge } from '../cdn/purges.ts';
import type { Db } from '../database/database.ts';
import type { Listener } from '../database/listener.ts';
import { createProbe } from '../database/probe.ts';
import { isInForce } from '../database/read-token.ts';
import { currentReading, readFrom } from '../database/reading.ts';
import { ProblemError } from '../http/problems.ts';
import { createWords, installationOf } from '../realtime/words.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createChanges, type Moment } from './changes.ts';
import { reportCache } from './figures.ts';
import { createSharedTier } from './shared.ts';

export interface Keeping {
  /** How long it is kept; given for as long again while a new one is made, or when none can be. */
  seconds: number;
  /** Names of what it is made of. */
  tags: readonly string[];
}

export interface Cache {
  /** What this process may give at once under a key, to somebody who has seen nothing in particular. */
  peek<T>(key: string): T | undefined;
  /**
   * What is kept under the key, or what `load` makes: once for all who ask meanwhile, in all processes where there is Redis.
   * `load` reads by `platform.reader` or from the primary. Its value can be written as JSON, and nobody changes it.
   * @throws what `load` throws, which is not kept
   */
  read<T>(key: string, keeping: Keeping, load: () => Promise<T>): Promise<T>;
  /** In the transaction of a change: what is kept of these tags does not outlive its commit. */
  invalidate(tx: Db, tags: readonly string[]): Promise<void>;
  close(): void;
}

export interface CacheParts {
  db: Db;
  databaseUrl: string;
  listener: Listener;
  log: FastifyBaseLogger;
  metrics: Metrics;
  /** Null: each process has its own alone. */
  redisUrl: string | null;
  /** Of memory; 0 keeps nothing. */
  megabytes: number;
  /** Where nothing is served, nothing has to be heard. */
  serves: boolean;
  /** Has a CDN told of what is invalidated; null where there is none. */
  notePurge?: NotePurge | null;
}

interface Entry {
  value: unknown;
  tags: readonly string[];
  /** The changes before it, see `Moment`. */
  since: number;
  /** The number of changes with which it was last found to be current. */
  checkedAt: number;
  /** By the clock of the process: when the next one is made, ahead of time, when its time is over, and that of grace. */
  refreshAt: number;
  staleAt: number;
  endsAt: number;
}

/** As it is in Redis. */
interface SharedEntry {
  value: unknown;
  snapshot: string;
  /** Milliseconds, by the clock of the machine. */
  bornAt: number;
  /** Milliseconds after that. */
  refreshAfter: number;
}

interface Flight {
  tags: readonly string[];
  since: number;
  outcome: Promise<unknown>;
}

/** Milliseconds. */
const TIMES = {
  /** For the answer of the database to who asks what was changed. */
  look: { connect: 2000, statement: 2000, answer: 3000 },
  /** How often one looks while somebody reads. */
  pulse: 400,
  /** Words are gathered for so long, and looks after words of others. */
  gather: 5,
  echo: 20,
  /** A claim of one who died ends by itself, and nobody waits for another for longer. */
  claim: 2000,
  longestPause: 50,
};
/** The part of its time after which an entry is made anew ahead of time: a random one, so that not all are together. */
const EARLY = { from: 0.8, to: 0.95 };
/** Bytes that a letter takes, in the text itself and in what is made of it; and those that any entry takes. */
const WEIGHT = { letter: 3, entry: 500 };

export async function createCache(parts: CacheParts): Promise<Cache> {
  const { db, databaseUrl, metrics, log, redisUrl, megabytes, serves, notePurge } = parts;
  const figures = reportCache(metrics, () => memory?.calculatedSize ?? 0);
  const probe = createProbe(databaseUrl, TIMES.look);
  const me = crypto.randomUUID();
  const words = await createWords({ ...parts, topic: 'cache' });
  const say = gathered(TIMES.gather, () => words.say(me));
  const changes = createChanges(probe, say);
  const maxSize = megabytes * 2 ** 20;
  const memory = maxSize > 0 && serves ? new LRUCache<string, Entry>({ maxSize, maxEntrySize: maxSize / 8 }) : null;
  const flights = new Map<string, Flight>();
  let timeline = 0;
  const installation = memory && redisUrl !== null ? await installationOf(db) : '';
  const shared =
    memory && redisUrl !== null
      ? await createSharedTier(redisUrl, () => `collabthon:${installation}:${timeline}`, log, figures.redisFailed)
      : null;

  let isUsed = false;
  const pulse = setInterval(() => {
    if (isUsed) changes.look().catch(() => {});
    isUsed = false;
  }, TIMES.pulse);
  pulse.unref();
  const lookSoon = gathered(TIMES.echo, () => void changes.look().catch(() => {}));
  const onWord = (word: string) => {
    if (word !== me && memory && memory.size > 0) lookSoon();
  };
  if (memory) await words.hear(onWord, () => onWord(''));

  const isCurrent = (entry: Entry) => {
    if (entry.checkedAt === changes.count()) return true;
    if (!changes.isCurrent(entry.tags, entry.since)) return false;
    entry.checkedAt = changes.count();
    return true;
  };
  /** An entry that nothing is known against. */
  const find = (key: string): Entry | undefined => {
    const entry = memory?.get(key);
    return entry && isCurrent(entry) && performance.now() < entry.endsAt ? entry : undefined;
  };

  const peek = (key: string): Entry | undefined => {
    const entry = memory?.get(key);
    if (!entry || !isCurrent(entry) || performance.now() >= entry.refreshAt || !changes.isFresh()) return undefined;
    isUsed = true;
    figures.hit('memory');
    return entry;
  };

  const remember = (
    key: string,
    { seconds, tags }: Keeping,
    { since }: Moment,
    entry: SharedEntry,
    length: number,
  ): void => {
    const bornAt = performance.now() - Math.max(0, Date.now() - entry.bornAt);
    const times = {
      refreshAt: bornAt + entry.refreshAfter,
      staleAt: bornAt + seconds * 1000,
      endsAt: bornAt + 2 * seconds * 1000,
    };
    if (!changes.isCurrent(tags, since)) return;
    const size = WEIGHT.letter * length + key.length + WEIGHT.entry;
    memory?.set(key, { value: entry.value, tags, since, checkedAt: since, ...times }, { size });
  };

  /** What another process has made of the state of this moment or a later one. */
  const fromOthers = async (key: string, keeping: Keeping, moment: Moment): Promise<SharedEntry | undefined> => {
    const text = (await shared?.get(key)) ?? null;
    if (text === null) return undefined;
    const entry = JSON.parse(text) as SharedEntry;
    if (Date.now() >= entry.bornAt + entry.refreshAfter) return undefined;
    if (!(await changes.isCurrentIn(keeping.tags, entry.snapshot))) return undefined;
    remember(key, keeping, moment, entry, text.length);
    return entry;
  };

  const make = async (key: string, keeping: Keeping, moment: Moment, load: () => Promise<unknown>) => {
    figures.loaded();
    const began = performance.now();
    const value = await readFrom(moment.position, load);
    const took = performance.now() - began;
    const milliseconds = keeping.seconds * 1000;
    const share = EARLY.from + (EARLY.to - EARLY.from) * Math.random();
    const entry: SharedEntry = {
      value,
      snapshot: moment.snapshot,
      bornAt: Date.now() - took,
      // What takes long to make is begun earlier (Vattani et al., Optimal Probabilistic Cache Stampede Prevention, 2015).
      refreshAfter: Math.max(0, milliseconds * share + took * Math.log(1 - Math.random())),
    };
    const text = JSON.stringify(entry);
    remember(key, keeping, moment, entry, text.length);
    if (shared && changes.isCurrent(keeping.tags, moment.since)) await shared.set(key, text, 2 * milliseconds);
    return value;
  };

  const fly = async (key: string, keeping: Keeping, load: () => Promise<unknown>, flight: Flight) => {
    const began = performance.now();
    for (let wait = 5; ; wait = Math.min(2 * wait, TIMES.longestPause)) {
      const moment = await changes.look().catch(() => null);
      if (!moment) return load();
      ({ timeline } = moment.position);
      flight.since = moment.since;
      const entry = await fromOthers(key, keeping, moment).catch(() => undefined);
      if (entry) {
        figures.hit('redis');
        return entry.value;
      }
      const mayWait = performance.now() - began < TIMES.claim;
      if (!shared || !mayWait) return make(key, keeping, moment, load);
      if (await shared.isClaimedByOther(key, TIMES.claim)) await pause(wait);
      else return make(key, keeping, moment, load).finally(() => void shared.release(key));
    }
  };

  /** One at a time for each key; who has seen more than the one that is under way begins another. */
  const share = (key: string, keeping: Keeping, load: () => Promise<unknown>): Promise<unknown> => {
    const other = flights.get(key);
    if (other && changes.isCurrent(other.tags, other.since)) {
      figures.coalesced();
      return other.outcome;
    }
    figures.missed();
    const flight: Flight = { tags: keeping.tags, since: changes.count(), outcome: Promise.resolve() };
    flight.outcome = fly(key, keeping, load, flight).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    flights.set(key, flight);
    return flight.outcome;
  };

  const refresh = (key: string, keeping: Keeping, load: () => Promise<unknown>) => {
    if (flights.has(key)) return;
    share(key, keeping, load).catch((error: unknown) => {
      // What is not there any more is not given any more; a source that fails is.
      if (isRefusal(error)) memory?.delete(key);
    });
  };

  const read = async (key: string, keeping: Keeping, load: () => Promise<unknown>): Promise<unknown> => {
    if (!memory) return load();
    const hasSeen = isInForce(currentReading()?.token ?? null);
    const hit = hasSeen ? undefined : peek(key);
    if (hit) return hit.value;
    isUsed = true;
    const isBlind =
      (hasSeen || !changes.isFresh()) &&
      (await changes.look().then(
        () => false,
        () => true,
      ));
    const entry = find(key);
    if (isBlind) {
      return load().catch((error: unknown) => {
        if (hasSeen || !entry || isRefusal(error)) throw error;
        figures.stale();
        return entry.value;
      });
    }
    if (!entry) return share(key, keeping, load);
    const now = performance.now();
    if (now >= entry.staleAt) figures.stale();
    else figures.hit('memory');
    if (now >= entry.refreshAt) refresh(key, keeping, load);
    return entry.value;
  };

  return {
    peek: <T>(key: string) => peek(key)?.value as T | undefined,
    read: <T>(key: string, keeping: Keeping, load: () => Promise<T>) => read(key, keeping, load) as Promise<T>,
    async invalidate(tx, tags) {
      await changes.write(tx, tags);
      if (tags.length > 0) await notePurge?.(tx, tags);
    },
    close() {
      clearInterval(pulse);
      words.close();
      shared?.close();
      probe.drop();
    },
  };
}

const isRefusal = (error: unknown) => error instanceof ProblemError && error.status < 500;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Acts once, so many milliseconds after it is first asked to. */
function gathered(milliseconds: number, act: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      act();
    }, milliseconds).unref();
  };
}
