/** `npm run bench -- cache-get`: reads that memory answers, of our cache and of bentocache with the same values in memory. */
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { createCache } from '../server/platform/cache/cache.ts';
import { createListener } from '../server/platform/database/listener.ts';
import { createMetrics } from '../server/platform/telemetry/metrics.ts';
import { onOwnStage } from './own-stage.ts';
import { compareSeries } from './statistics.ts';

const KEYS = 1000;
const READS = 300_000;
const keeping = { seconds: 300, tags: ['bench', 'another'] };

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  await onOwnStage(async ({ databaseUrl, platform: { db, log } }) => {
    const listener = createListener(databaseUrl);
    const metrics = createMetrics({});
    const parts = { db, databaseUrl, listener, log, metrics, redisUrl: null, serves: true };
    const cache = await createCache({ ...parts, megabytes: 64 });
    // Kept as they are, which is the faster of the two ways it has.
    const memory = memoryDriver({ serialize: false, maxItems: 10_000 });
    const bento = new BentoCache({ default: 'memory', stores: { memory: bentostore().useL1Layer(memory) } });
    const keys = Array.from({ length: KEYS }, (_, at) => `GET /api/v1/projects?limit=20&skip=${at}`);
    for (const key of keys) await bento.set({ key, value: contentOf(key) });
    const absent = () => Promise.reject(new Error('It is not in memory.'));

    const ours = async () => {
      for (const key of keys) await cache.read(key, keeping, async () => contentOf(key));
      return perSecond((key) => cache.read<Value>(key, keeping, absent), keys);
    };
    const reference = () => perSecond((key) => bento.get<Value>({ key }), keys);
    await ours();
    await reference();
    const [a, b]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      a.push(await ours());
      b.push(await reference());
    }
    await bento.disconnectAll();
    cache.close();
    await listener.close();
    print({ bench: 'cache-get', ...compareSeries(a, b), unit: 'reads/s', keys: KEYS, rounds });
  });
}

type Value = { body: string };
const contentOf = (key: string): Value => ({ body: key.repeat(20) });

async function perSecond(get: (key: string) => Promise<Value | undefined>, keys: string[]): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < READS; n += 1) {
    const value = await get(keys[n % KEYS] ?? '');
    if (!value?.body) throw new Error('Nothing was there.');
  }
  return READS / ((performance.now() - start) / 1000);
}
