/** The connection pool of one host: bounded, checked when it was idle, honest when it is full, patient when it restarts. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { problem } from '../http/problems.ts';
import { isFailureOfHost } from './read-errors.ts';

// Our ids stay below 2^53, so int8 is a number on our side.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolLimits {
  /** Connections that are kept when there is nothing to do. */
  kept: number;
  /** Connections on top of `kept` while there is load. */
  burst: number;
  /** Requests that may wait for a connection before new ones are turned away. */
  queue: number;
}

export const defaultPoolLimits: PoolLimits = { kept: 20, burst: 30, queue: 500 };

const SECOND = 1000;
const CHECK_AFTER_IDLE = 30 * SECOND;
/** Milliseconds between two tries to connect to a host that is away; up to twice as much. */
const TRY_AGAIN_AFTER = 50;
/** How the pool words that nobody has given a connection back for `connectionTimeoutMillis`. */
const NONE_FREE = /timeout exceeded when trying to connect/;

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

export interface PoolOptions extends pg.PoolConfig {
  /** Milliseconds from when the host went away during which callers wait for it; after that they fail until it is back. */
  patience?: number;
}

/** What callers of a pool go through beside what pg counts. */
export interface PoolCounts {
  /** Turned away since it was full. */
  refused: number;
  /** Waiting for a host that is away. */
  patient: number;
}

/**
 * A pg.Pool that turns callers away when its queue is full (503 with Retry-After), tries a connection that was idle for 30 s
 * before it hands it out, and lets callers wait for a host that restarts: as nothing was asked yet, nothing can be asked twice.
 */
export class CheckedPool extends pg.Pool {
  readonly counts: PoolCounts = { refused: 0, patient: 0 };
  readonly #maxQueue: number;
  readonly #patience: number;
  /** Since when nobody has come through to the host; the clock never jumps. */
  #awaySince: number | undefined;
  readonly #idleSince = new WeakMap<pg.PoolClient, number>();

  constructor({ patience = 0, ...config }: PoolOptions, maxQueue: number) {
    super(config);
    this.#maxQueue = maxQueue;
    this.#patience = patience;
    this.on('release', (_error, client) => this.#idleSince.set(client, Date.now()));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (!callback) return this.#checkout();
    if (this.#isFull()) {
      callback(this.#refusal(), undefined, () => {});
      return undefined;
    }
    // As every query comes here, what needs nothing else goes straight through.
    super.connect((error, client, release) => {
      if (client && !error && !this.#isSuspect(client)) return callback(undefined, client, release);
      (client ? this.#prove(client) : this.#bear(error)).then(
        (ready) => callback(undefined, ready, ready.release),
        (reason: Error) => callback(reason, undefined, () => {}),
      );
    });
    return undefined;
  }

  async #checkout(): Promise<pg.PoolClient> {
    if (this.#isFull()) throw this.#refusal();
    return this.#comeThrough();
  }

  #isFull(): boolean {
    const isBusy = (this.idleCount === 0 && this.totalCount >= this.options.max) || this.counts.patient > 0;
    return isBusy && this.waitingCount + this.counts.patient >= this.#maxQueue;
  }

  #refusal(): Error {
    this.counts.refused += 1;
    return overloaded();
  }

  async #comeThrough(): Promise<pg.PoolClient> {
    let client: pg.PoolClient;
    try {
      client = await super.connect();
    } catch (error) {
      return this.#bear(error);
    }
    return this.#prove(client);
  }

  #isSuspect(client: pg.PoolClient): boolean {
    this.#awaySince = undefined;
    const idleSince = this.#idleSince.get(client);
    return idleSince !== undefined && Date.now() - idleSince >= CHECK_AFTER_IDLE;
  }

  async #prove(client: pg.PoolClient): Promise<pg.PoolClient> {
    if (!this.#isSuspect(client)) return client;
    try {
      await client.query({ text: 'SELECT 1', query_timeout: SECOND } as pg.QueryConfig);
      return client;
    } catch {
      client.release(true);
      return this.#comeThrough();
    }
  }

  /** Waits and tries again. @throws when the host has been away for too long, or could not be asked for another reason */
  async #bear(error: unknown): Promise<pg.PoolClient> {
    const isAway = isFailureOfHost(error) && !NONE_FREE.test(String(error)) && !this.ending;
    if (!isAway) throw error;
    this.#awaySince ??= performance.now();
    if (performance.now() - this.#awaySince >= this.#patience) throw error;
    this.counts.patient += 1;
    await pause(TRY_AGAIN_AFTER * (1 + Math.random()));
    this.counts.patient -= 1;
    return this.#comeThrough();
  }
}

export const overloaded = () =>
  problem(503, 'overloaded', 'More is going on than this server can take right now. Try again in a moment.', {
    headers: { 'retry-after': '1' },
  });

/** @param options of the connections, beside or instead of those that all have */
export function createPool(
  url: string,
  applicationName: string,
  limits: PoolLimits = defaultPoolLimits,
  options: PoolOptions = {},
): CheckedPool {
  const pool = new CheckedPool(
    {
      connectionString: url,
      application_name: applicationName,
      min: limits.kept,
      max: limits.kept + limits.burst,
      connectionTimeoutMillis: 30 * SECOND,
      idleTimeoutMillis: 60 * SECOND,
      // Jitter, so that processes that started together do not renew all connections together.
      maxLifetimeSeconds: Math.round(3600 * (0.9 + 0.2 * Math.random())),
      statement_timeout: 30 * SECOND,
      lock_timeout: 10 * SECOND,
      idle_in_transaction_session_timeout: 60 * SECOND,
      // For a host that is gone without a word, where the server's own timeouts never arrive.
      query_timeout: 35 * SECOND,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10 * SECOND,
      // A restart takes seconds. What is away for longer is better said at once than waited for.
      patience: 15 * SECOND,
      ...options,
    },
    limits.queue,
  );
  // A broken idle connection is dropped by the pool; the next request opens another. One that breaks while it is in
  // use fails its query; without a listener it would also end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
