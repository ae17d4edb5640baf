/** The tier that processes share, in Redis: it only ever holds copies, and whatever it cannot do is left undone. */
import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';

export interface SharedTier {
  /** Null when there is none, or nobody knows. */
  get(key: string): Promise<string | null>;
  set(key: string, text: string, milliseconds: number): Promise<void>;
  /** Whether somebody else has a claim on the key. Who may not know of one loads by themselves. */
  isClaimedByOther(key: string, milliseconds: number): Promise<boolean>;
  release(key: string): Promise<void>;
  close(): void;
}

/** Milliseconds. */
const TIMES = {
  connect: 2000,
  /** For the answer to a command. */
  answer: 250,
  longestPause: 1000,
  /** After an answer that did not come, nobody waits for another for so long. */
  rest: 1000,
};

/** Waits for the first try to connect, however that ends. @param prefix of its keys, which no other installation has */
export async function createSharedTier(
  url: string,
  prefix: () => string,
  log: FastifyBaseLogger,
  onError: () => void,
): Promise<SharedTier> {
  const redis = new Redis(url, {
    connectionName: 'collabthon-cache',
    connectTimeout: TIMES.connect,
    commandTimeout: TIMES.answer,
    retryStrategy: (tries) => Math.min(tries * 50, TIMES.longestPause),
    // An answer that comes late is worth no more than none.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  });
  const tried = Promise.withResolvers<void>();
  let isDown = false;
  redis.on('error', (error: Error) => {
    // The error itself names the command, and that may be the one with the password.
    if (!isDown) log.warn({ reason: error.message }, 'Redis cannot be used; what is cached is kept in this process');
    isDown = true;
    tried.resolve();
  });
  redis.on('ready', () => {
    if (isDown) log.info('Redis can be used again');
    isDown = false;
    tried.resolve();
  });
  await tried.promise;

  let restsUntil = 0;
  const ask = async <T>(command: () => Promise<T>, otherwise: T): Promise<T> => {
    if (redis.status !== 'ready' || performance.now() < restsUntil) return otherwise;
    try {
      return await command();
    } catch (error) {
      onError();
      if (error instanceof Error && /timed? ?out/i.test(error.message)) restsUntil = performance.now() + TIMES.rest;
      return otherwise;
    }
  };
  const entry = (key: string) => `${prefix()}:${key}`;
  const claim = (key: string) => `${prefix()}:claim:${key}`;

  return {
    get: (key) => ask(() => redis.get(entry(key)), null),
    set: async (key, text, milliseconds) =>
      void (await ask(() => redis.set(entry(key), text, 'PX', milliseconds), null)),
    isClaimedByOther: (key, milliseconds) =>
      ask(async () => (await redis.set(claim(key), '1', 'PX', milliseconds, 'NX')) === null, false),
    release: async (key) => void (await ask(() => redis.del(claim(key)), 0)),
    close: () => redis.disconnect(),
  };
}
