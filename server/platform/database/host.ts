/** One replica: its connections, how far it has come, and whether it may be read from. */
import { Socket } from 'node:net';
import type pg from 'pg';
import { type CheckedPool, createPool, type PoolLimits } from './pool.ts';
import { createProbe, type PrimaryPosition } from './probe.ts';
import { isFailureOfHost } from './read-errors.ts';

export interface Host {
  name: string;
  pool: CheckedPool;
  isOnline(): boolean;
  /** Why it is not. */
  trouble(): 'down' | 'lag';
  /** What it has replayed at least, in bytes of the log. */
  replayed(): number;
  /** A place in the log beyond what anybody has read here before it went out; null until that is known, and while it is online. */
  leftAt(): number | null;
  lag(): { seconds: number; bytes: number };
  inFlight(): number;
  /** @throws what the server says, or how it failed */
  query(...question: [pg.QueryConfig, unknown[]?]): Promise<pg.QueryResult>;
  /** Asks how far it has come, if nobody else is just asking. */
  look(): Promise<void>;
  /** Decides anew whether it may be read from. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Seconds behind the primary after which nobody reads here. Less than a token lasts. */
const MAX_LAG = 10;
/** Milliseconds. */
const TIMES = {
  /** Between two checks; up to twice as much, so that those of several processes do not come together. */
  check: 1000,
  connect: 1000,
  /** A read that takes longer makes us ask whether the host hangs. */
  suspicion: 250,
};

const STATE = `SELECT pg_is_in_recovery() AS is_replica,
  pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::int8 AS lsn,
  coalesce((SELECT received_tli FROM pg_stat_wal_receiver), (SELECT timeline_id FROM pg_control_checkpoint())) AS timeline`;

interface State extends Record<string, unknown> {
  is_replica: boolean;
  lsn: number | null;
  timeline: number;
}

export function createHost(name: string, url: string, limits: PoolLimits, primary: PrimaryPosition): Host {
  const sockets = new Set<Socket>();
  const pool = createPool(url, 'collabthon', limits, {
    ...readOnly,
    connectionTimeoutMillis: TIMES.connect,
    // Whoever reads goes elsewhere at once.
    patience: 0,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  });
  const probe = createProbe(url);
  let trouble: 'down' | 'lag' | null = 'down';
  let replayed = 0;
  let lag = { seconds: 0, bytes: 0 };
  let leftAt: number | null = null;
  let inFlight = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const goOut = (why: 'down' | 'lag') => {
    if (trouble === null) leftAt = null;
    trouble = why;
  };

  const askState = once(async () => {
    // Whoever is killed or restarted fails the first question on the old connection.
    const state = await probe.ask<State>(STATE).catch(() => probe.ask<State>(STATE));
    replayed = state.lsn ?? 0;
    return state;
  });

  const check = once(async () => {
    const wasOut = trouble !== null;
    try {
      const ahead = await primary.sample().catch(() => primary.last());
      if (wasOut) leftAt ??= ahead?.lsn ?? null;
      const state = await askState();
      if (!ahead || !state.is_replica) return goOut('down');
      const bytes = Math.max(0, primary.flushed() - replayed);
      lag = { bytes, seconds: bytes === 0 ? 0 : primary.ageOf(replayed) };
      const limit = wasOut ? MAX_LAG / 2 : MAX_LAG;
      if (state.timeline !== ahead.timeline || lag.seconds > limit) goOut('lag');
      // What a read has found out meanwhile is newer than what was asked here.
      else if (wasOut || trouble === null) trouble = null;
    } catch {
      goOut('down');
      // Whoever waits for an answer is to look for it elsewhere.
      for (const socket of sockets) socket.destroy();
    }
  });

  const schedule = () => {
    if (isClosed) return;
    timer = setTimeout(() => void check().then(schedule), TIMES.check * (1 + Math.random()));
    timer.unref();
  };
  schedule();

  return {
    name,
    pool,
    isOnline: () => trouble === null,
    trouble: () => trouble ?? 'lag',
    replayed: () => replayed,
    leftAt: () => (trouble === null ? null : leftAt),
    lag: () => lag,
    inFlight: () => inFlight,
    async query(...question) {
      inFlight += 1;
      const suspicion = setTimeout(() => void check(), TIMES.suspicion);
      try {
        return await pool.query(...question);
      } catch (error) {
        if (isFailureOfHost(error)) {
          goOut('down');
          // It may come back at once, if it takes new connections.
          probe.drop();
          void check();
        }
        throw error;
      } finally {
        clearTimeout(suspicion);
        inFlight -= 1;
      }
    },
    look: () =>
      askState().then(
        () => {},
        () => check(),
      ),
    check,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      probe.drop();
      for (const socket of sockets) if (trouble) socket.destroy();
      await pool.end();
    },
  };
}

/** Of a connection: what was not meant to write fails. */
export const readOnly = { options: '-c default_transaction_read_only=on' };

/** Several who ask while one is at work share its answer. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
