/**
 * Limits that all processes on a Redis keep together. While it is away or slow each of them lets in its part, from where it
 * knows callers to be; what it knows also stands when Redis comes back empty. So neither its loss nor its return opens the gate.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { Redis, type RedisOptions } from 'ioredis';
import { type Bucket, capacityOf, type Limiter, type LocalLimiter, type Verdict } from './gcra.ts';

/** Milliseconds. */
const TIMES = {
  connect: 2000,
  /** After which a connection that answers nothing is dead. */
  silence: 2000,
  /** How often a process says that it is there, and finds out whether Redis is. */
  pulse: 500,
  /** Without a pulse for as long a process is not counted any more. */
  gone: 5000,
  /** Between tries to connect. */
  longestPause: 1000,
};

/** By the clock of Redis. Arguments are three for each key: what is taken, what fits in, what is known to be in. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wait, levels = 0, {}
for i, key in ipairs(KEYS) do
  local step, capacity, known = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  levels[i] = math.max(known, (tonumber(redis.call('GET', key) or 0)) - now)
  wait = math.max(wait, levels[i] + step - capacity)
end
for i, key in ipairs(KEYS) do
  if wait == 0 then levels[i] = levels[i] + tonumber(ARGV[3 * i - 2]) end
  if levels[i] > 0 then
    redis.call('SET', key, string.format('%.0f', now + levels[i]), 'PX', math.ceil(levels[i] / 1000))
  end
end
return {wait, unpack(levels)}
`;

/** One that is there is counted. */
const PULSE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])
`;

interface Scripts {
  take(count: number, ...keysAndArguments: (string | number)[]): Promise<[wait: number, ...levels: number[]]>;
  pulse(key: string, id: string, gone: number): Promise<number>;
}

interface RedisLimiterParts {
  /** Milliseconds for an answer of Redis; then all go on without it. */
  patience?: number;
  local: LocalLimiter;
  log: FastifyBaseLogger;
  /** Called for each decision without Redis. */
  onLocal(): void;
}

/** Waits for the first try to reach Redis, however that ends. */
export async function createRedisLimiter(
  url: string,
  prefix: string,
  { local, log, onLocal, patience = 200 }: RedisLimiterParts,
): Promise<Limiter> {
  const options: RedisOptions = {
    connectionName: 'collabthon-limits',
    connectTimeout: TIMES.connect,
    commandTimeout: patience,
    socketTimeout: TIMES.silence,
    retryStrategy: (tries) => Math.min(tries * 50, TIMES.longestPause),
    // Who asks is waiting.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  };
  const redis = new Redis(url, options) as Redis & Scripts;
  redis.defineCommand('take', { lua: TAKE });
  redis.defineCommand('pulse', { lua: PULSE, numberOfKeys: 1 });

  const id = randomUUID();
  /** Of this start; others may be on the same Redis. */
  const ownProcesses = local.share;
  let isThere = false;
  let since = 0;
  let isClosed = false;
  let isTold = false;
  const lose = (error: Error) => {
    isThere = false;
    if (isTold || isClosed) return;
    isTold = true;
    log.warn({ reason: error.message }, 'Redis cannot be used; each process keeps its part of the limits');
  };
  const pulse = async () => {
    try {
      const known = await redis.pulse(`${prefix}processes`, id, TIMES.gone);
      if (!isThere) since = performance.now();
      // A Redis that came back empty hears of the others by and by.
      const isSure = performance.now() - since > TIMES.gone;
      local.share = Math.max(ownProcesses, known, isSure ? 0 : local.share);
      if (isTold) log.info('Redis can be used again for limits');
      isTold = false;
      isThere = true;
    } catch (error) {
      lose(error as Error);
    }
  };
  const tried = Promise.withResolvers<void>();
  redis.on('ready', () => void pulse().then(tried.resolve));
  redis.on('error', (error) => {
    lose(error);
    tried.resolve();
  });
  await tried.promise;
  const timer = setInterval(() => void pulse(), TIMES.pulse);
  timer.unref();

  const takeThere = async (buckets: readonly Bucket[], known: Verdict): Promise<Verdict> => {
    // What was true when it was sent is not more than what is true when it arrives.
    const at = local.now();
    const keys = buckets.map(({ key }) => prefix + key);
    const amounts = buckets.flatMap(({ policy, cost }, index) => {
      const step = policy.interval * cost;
      return [step, capacityOf(policy, step), known.levels[index] ?? 0];
    });
    const [wait, ...levels] = await redis.take(keys.length, ...keys, ...amounts);
    for (const [index, { key }] of buckets.entries()) local.note(key, at + (levels[index] ?? 0));
    return { wait, levels, share: 1 };
  };

  const takeHere = (buckets: readonly Bucket[]): Verdict => {
    onLocal();
    return local.take(buckets);
  };

  return {
    take(buckets) {
      if (!isThere) return takeHere(buckets);
      const known = local.weigh(buckets);
      // Whoever is known to have to wait does not have to be asked about.
      if (known.wait > 0) return known;
      return takeThere(buckets, known).catch((error: Error) => {
        lose(error);
        return takeHere(buckets);
      });
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      redis.disconnect();
    },
  };
}
