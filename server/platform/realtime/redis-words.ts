/** Words by Redis pub/sub. Without Redis they are lost, and its return is waited for. */
import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';
import type { Words } from './words.ts';

/** Milliseconds. */
const TIMES = {
  connect: 2000,
  /** For the answer to a command; a connection that gives none is dead. */
  answer: 5000,
  /** How often a connection that only hears is asked whether it is alive. */
  pulse: 15_000,
  /** Between tries to connect. */
  longestPause: 1000,
};

export async function createRedisWords(
  url: string,
  channel: string,
  log: FastifyBaseLogger,
  lost: { inc: () => void },
): Promise<Words> {
  const connections: Redis[] = [];
  /** Connects now and whenever it has to. `tried` waits for the first try, however that ends. */
  const connect = (connection: 'speaker' | 'hearer', onReady: (redis: Redis) => Promise<void>) => {
    const redis = new Redis(url, {
      connectionName: `collabthon-${connection}`,
      connectTimeout: TIMES.connect,
      socketTimeout: TIMES.answer,
      retryStrategy: (tries) => Math.min(tries * 50, TIMES.longestPause),
      // What cannot be said now is not worth saying later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
    });
    connections.push(redis);
    const tried = Promise.withResolvers<void>();
    let isDown = false;
    const onError = (error: Error) => {
      // The error itself names the command, and that may be the one with the password.
      if (!isDown)
        log.warn({ reason: error.message, connection }, 'Redis cannot be used; other processes hear of news later');
      isDown = true;
      tried.resolve();
    };
    redis.on('error', onError);
    redis.on('ready', () => {
      onReady(redis).then(() => {
        if (isDown) log.info({ connection }, 'Redis can be used again');
        isDown = false;
        tried.resolve();
      }, onError);
    });
    return { redis, tried: tried.promise };
  };

  const speaker = connect('speaker', async () => {});
  await speaker.tried;
  let isClosed = false;
  let pulse: NodeJS.Timeout | undefined;
  return {
    say(word) {
      speaker.redis.publish(channel, word).catch(() => {
        if (!isClosed) lost.inc();
      });
    },

    async hear(onWord, onBegin) {
      const begin = async (redis: Redis) => {
        await redis.subscribe(channel);
        onBegin();
      };
      const hearer = connect('hearer', begin);
      hearer.redis.on('message', (_channel, word) => onWord(word));
      // Subscribing again changes nothing, and finds out whether anybody answers.
      pulse = setInterval(() => begin(hearer.redis).catch(() => {}), TIMES.pulse);
      pulse.unref();
      await hearer.tried;
    },

    close() {
      isClosed = true;
      clearInterval(pulse);
      for (const redis of connections) redis.disconnect();
    },
  };
}
