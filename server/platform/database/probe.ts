/** A connection of its own, by which a server is asked how it is: what hangs must not hang who asks. */
import pg from 'pg';
import type { Position } from './read-token.ts';

export interface Probe {
  /** The one row of a statement. @throws when no answer came soon */
  ask<T extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<T>;
  /** Closes the connection; the next question opens another, which tells whether the server takes new ones. */
  drop(): void;
}

/** Milliseconds. */
const TIMES = { connect: 500, statement: 100, answer: 400 };

/** @param times in milliseconds, after which a connection, a statement and an answer are given up */
export function createProbe(url: string, times = TIMES): Probe {
  let connecting: Promise<pg.Client> | undefined;

  const connect = async () => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'collabthon probe',
      connectionTimeoutMillis: times.connect,
      statement_timeout: times.statement,
      query_timeout: times.answer,
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  const drop = () => {
    const dropped = connecting;
    connecting = undefined;
    void dropped?.then((client) => client.end()).catch(() => {});
  };

  const ask = async <T extends pg.QueryResultRow>(statement: string, values?: unknown[]) => {
    connecting ??= connect();
    try {
      const { rows } = await (await connecting).query<T>(statement, values);
      return rows[0] as T;
    } catch (error) {
      drop();
      throw error;
    }
  };
  let last: Promise<unknown> = Promise.resolve();

  return {
    drop,
    /** One question at a time. */
    ask<T extends pg.QueryResultRow>(statement: string, values?: unknown[]) {
      const answer = last.then(() => ask<T>(statement, values));
      last = answer.catch(() => {});
      return answer;
    },
  };
}

/** Where a primary is; for whoever asks after a COMMIT, behind it. The first eight digits of a file of the log are its timeline. */
export const POSITION = `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::int8 AS lsn,
  pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::int8 AS flushed,
  left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS timeline`;

export type PositionRow = { lsn: number; flushed: number; timeline: string };

export const toPosition = ({ lsn, timeline }: PositionRow): Position => ({
  lsn,
  timeline: Number.parseInt(timeline, 16),
});

export interface PrimaryPosition {
  /** The last one that was seen. */
  last(): Position | null;
  /** A new one. @throws when the primary does not answer */
  sample(): Promise<Position>;
  /** What replicas could have by the last sample: they are sent what is on the disk of the primary. */
  flushed(): number;
  /** Seconds since it was last seen where this is: whoever has come as far lacks nothing older. */
  ageOf(lsn: number): number;
  close(): void;
}

/** Milliseconds: how finely, and how long, it is remembered where the primary was. */
const RESOLUTION = 100;
const MEMORY = 30_000;

export function createPrimaryPosition(url: string): PrimaryPosition {
  const probe = createProbe(url);
  let last: Position | null = null;
  let flushed = 0;
  /** Oldest first, of the timeline of the last one. */
  let seen: { lsn: number; at: number }[] = [];
  return {
    last: () => last,
    flushed: () => flushed,
    async sample() {
      const at = performance.now();
      const row = await probe.ask<PositionRow>(POSITION);
      const position = toPosition(row);
      if (last?.timeline !== position.timeline) seen = [];
      last = position;
      flushed = row.flushed;
      const newest = seen.at(-1);
      if (!newest || at - newest.at >= RESOLUTION) seen.push({ lsn: flushed, at });
      seen = seen.filter((one) => at - one.at < MEMORY);
      return position;
    },
    ageOf(lsn) {
      const reached = seen.findLast((one) => one.lsn <= lsn);
      return reached ? (performance.now() - reached.at) / 1000 : Number.POSITIVE_INFINITY;
    },
    close: probe.drop,
  };
}
