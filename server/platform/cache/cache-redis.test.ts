/** What Redis may do to the cache of several processes. */
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { afterNow, type CachePlace, openPlace, type Process } from './test-processes.ts';

let place: CachePlace;
beforeAll(async () => {
  place = await openPlace();
});
afterEach(async () => {
  await place.clear();
});
afterAll(() => place.close());

describe('Redis', () => {
  const start = () => place.start({ redisUrl: place.redis.url });
  const several = () => Promise.all([start(), start(), start(), start()]);
  const sum = (processes: Process[]) => processes.reduce((total, { loads }) => total + loads(), 0);

  it('lets one process load for a burst of misses in all of them', async () => {
    const processes = await several();
    const values = await Promise.all(processes.flatMap(({ read }) => Array.from({ length: 250 }, read)));
    expect(new Set(values).size).toBe(1);
    expect(sum(processes)).toBe(1);
  });

  it('gives a process that begins what others have loaded, unless it was changed since, whoever changed it', async () => {
    const one = await start();
    const value = await one.read();
    const second = await start();
    expect(await second.read()).toBe(value);
    expect(second.loads()).toBe(0);
    expect(await second.figure('cache_hits_total')).toBe(1);

    const alone = await place.start();
    const written = await alone.write();
    const third = await start();
    expect(await third.read()).toBe(written);
    expect(third.loads()).toBe(1);
  });

  it('may be gone and come back: slower, never wrong, never an error', async () => {
    const [one, other] = [await start(), await start()];
    await one.read();
    await place.redis.kill();
    const written = await one.write();
    expect(await one.read()).toBe(written);
    expect(await afterNow(one.db, other.read)).toBe(written);
    const third = await start();
    expect(await third.read()).toBe(written);
    await place.redis.start();
    const later = await one.write();
    for (const process of [one, other, third]) expect(await afterNow(one.db, process.read)).toBe(later);
  });

  it('may stop answering', async () => {
    const [one, other] = [await start(), await start()];
    await one.read();
    place.redis.freeze();
    try {
      const written = await one.write();
      expect(await one.read()).toBe(written);
      expect(await afterNow(one.db, other.read)).toBe(written);
      expect(
        (await one.figure('cache_redis_errors_total')) + (await other.figure('cache_redis_errors_total')),
      ).toBeGreaterThan(0);
    } finally {
      place.redis.thaw();
    }
    const later = await one.write();
    for (const process of [one, other]) expect(await afterNow(one.db, process.read)).toBe(later);
  });

  it('may be full', async () => {
    await place.onRedis('CONFIG', 'SET', 'maxmemory', '1');
    try {
      const [one, other] = [await start(), await start()];
      const written = await one.write();
      for (const process of [one, other]) expect(await afterNow(one.db, process.read)).toBe(written);
      expect(one.loads() + other.loads()).toBe(2);
    } finally {
      await place.onRedis('CONFIG', 'SET', 'maxmemory', '0');
    }
  });

  it('may forget whatever it has at any time', async () => {
    const processes = await several();
    const [one] = processes;
    for (let round = 0; round < 10; round += 1) {
      const written = (await one?.write()) ?? 0;
      const reads = processes.map(({ db, read }) => afterNow(db, read));
      await place.onRedis('FLUSHALL');
      expect(await Promise.all(reads)).toEqual(processes.map(() => written));
    }
  });

  it('frees who waits for one that died while it loaded', async () => {
    const one = await start();
    await one.read();
    const { rows } = await one.db.execute<{ id: string }>(
      sql`SELECT system_identifier::text || ':' || current_database() AS id FROM pg_control_system()`,
    );
    await place.onRedis('SET', `collabthon:${rows[0]?.id}:1:claim:counter`, '1', 'PX', '300');
    const written = await one.write();
    expect(await one.read()).toBe(written);
  });
});
