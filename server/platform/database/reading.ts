/**
 * Who reads, and what they have to see: carried along by the runtime from a request into every query that it causes.
 *
 * A session reads from a home of its own among the replicas, which never goes back in time. Wherever else it has read, and
 * whatever it has written, it holds a token that home, too, has to reach before the session reads there again.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Host } from './host.ts';
import { isInForce, laterToken, type Position, type ReadToken, tokenAt } from './read-token.ts';

export type Place = Host | 'primary';

export interface Reading {
  /** Of the session; null for nobody in particular, who reads anywhere. */
  home: Host | null;
  token: ReadToken | null;
  /** Where this piece of work reads from, once it has. */
  place: Place | null;
  /** It has read elsewhere than at home. */
  wasAway: boolean;
  /** It has a token that its caller does not know of. */
  isNews: boolean;
}

export const newReading = (home: Host | null, token: ReadToken | null): Reading => ({
  home,
  token,
  place: null,
  wasAway: false,
  isNews: false,
});

const current = new AsyncLocalStorage<Reading>();

export const currentReading = (): Reading | undefined => current.getStore();

/** Runs `work` for nobody in particular, on a host that has come at least so far. */
export const readFrom = <T>(position: Position, work: () => Promise<T>): Promise<T> =>
  current.run(newReading(null, tokenAt(position)), work);

/** To be called when something was committed, with a position behind its COMMIT. */
export function rememberPosition(reading: Reading, position: Position): void {
  reading.token = laterToken(reading.token, tokenAt(position));
  reading.isNews = true;
}

/** Sessions that have tokens at one time, in this process. */
const SESSIONS = 50_000;

/**
 * Remembers for each session what it has to see.
 * @param sample asks where the primary is now
 */
export function createReadings(hosts: readonly Host[], sample: () => Promise<Position>) {
  const tokens = new LRUCache<string, ReadToken>({ max: SESSIONS });

  return {
    /**
     * Runs `work` for a session with what it has to see, as far as this process knows and the token says that it brings.
     * @param onToken is told the new token of the session, if there is one, before `work` has an outcome
     */
    async run<T>(
      key: string | null,
      brought: ReadToken | null,
      work: () => Promise<T>,
      onToken: (token: ReadToken) => void,
    ): Promise<T> {
      const known = key === null ? undefined : tokens.get(key);
      const token = laterToken(known ?? null, brought);
      const home = key === null ? null : homeOf(key, hosts);
      const reading = newReading(home, isInForce(token) ? token : null);
      try {
        return await current.run(reading, work);
      } finally {
        // No replica has anything that the primary does not have by now.
        if (reading.wasAway)
          await sample().then(
            (at) => rememberPosition(reading, at),
            () => {},
          );
        if (reading.isNews && reading.token) {
          if (key !== null) tokens.set(key, reading.token);
          onToken(reading.token);
        }
      }
    },
  };
}

/** The same for a session in every process (rendezvous hashing). */
function homeOf(key: string, hosts: readonly Host[]): Host | null {
  const weigh = ({ name }: Host) => createHash('sha1').update(`${key} ${name}`).digest().readUInt32BE();
  return hosts.reduce<Host | null>((best, host) => (best && weigh(best) >= weigh(host) ? best : host), null);
}

export type Readings = ReturnType<typeof createReadings>;
