/** One suite for the cache with and without Redis, each process of its own on one database. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readFrom } from '../database/reading.ts';
import { notFound } from '../http/problems.ts';
import { afterNow, type CachePlace, keeping, openPlace, readCounter } from './test-processes.ts';

let place: CachePlace;
beforeAll(async () => {
  place = await openPlace();
});
afterEach(async () => {
  vi.useRealTimers();
  await place.clear();
});
afterAll(() => place.close());

/** Only the clocks stand still, and are moved; timers run. */
const holdClocks = () => vi.useFakeTimers({ toFake: ['Date', 'performance'] });
const MINUTE = 60_000;

describe.each([
  ['in memory alone', () => ({})],
  ['in memory and Redis', () => ({ redisUrl: place.redis.url })],
])('a cache %s', (_name, options) => {
  const start = () => place.start(options());

  it('loads once for all who ask at a time, and keeps what it loaded', async () => {
    const { read, loads, figure } = await start();
    const values = await Promise.all(Array.from({ length: 100 }, read));
    expect(new Set(values).size).toBe(1);
    await read();
    expect(loads()).toBe(1);
    expect(await figure('cache_coalesced_total')).toBe(99);
    expect(await figure('cache_hits_total')).toBe(1);
  });

  it('gives the process of a change nothing older from its commit on, and keeps what no change came to', async () => {
    const { read, write, db, cache, loads } = await start();
    await read();
    for (let round = 0; round < 20; round += 1) {
      const written = await write();
      expect(await read()).toBe(written);
    }
    const before = loads();
    await db
      .transaction(async (tx) => {
        await cache.invalidate(tx, ['counter']);
        throw new Error('undone');
      })
      .catch(() => {});
    await db.transaction((tx) => cache.invalidate(tx, ['another']));
    await read();
    expect(loads()).toBe(before);
  });

  it('gives who has a token of another process’s change nothing older, at once', async () => {
    const [one, other] = [await start(), await start()];
    for (let round = 0; round < 20; round += 1) {
      await other.read();
      const written = await one.write();
      expect(await afterNow(one.db, other.read)).toBe(written);
    }
  });

  it('shows others a change soon, also when no word of it arrives', async () => {
    holdClocks();
    const [one, other] = [await start(), await start()];
    await other.read();
    const written = await one.write();
    await vi.waitFor(async () => expect(await other.read()).toBe(written), { interval: 5, timeout: 20_000 });

    await place.onDatabase(
      `WITH changed AS (UPDATE counters SET n = n + 1) INSERT INTO platform.cache_changes (tag) VALUES ('counter')`,
    );
    vi.advanceTimersByTime(1001);
    expect(await other.read()).toBe(written + 1);
  });

  it('never keeps what was loaded before a change that came meanwhile', async () => {
    const [one, other] = [await start(), await start()];
    const { promise: isRead, resolve: hasRead } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: hasWritten } = Promise.withResolvers<void>();
    const slow = one.cache.read('counter', keeping, async () => {
      const old = await readCounter(one.db);
      hasRead();
      await isWritten;
      return old;
    });
    await isRead;
    const written = await other.write();
    hasWritten();
    expect(await slow).toBe(written - 1);
    for (const process of [one, other, await start()]) {
      expect(await afterNow(process.db, process.read)).toBe(written);
    }
  });

  it('lets nobody wait for a load that began before a change they know of', async () => {
    const { cache, db, read, write } = await start();
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    const { promise: isRead, resolve: hasRead } = Promise.withResolvers<void>();
    const slow = cache.read('counter', keeping, async () => {
      const old = await readCounter(db);
      hasRead();
      await isOver;
      return old;
    });
    await isRead;
    const written = await write();
    // With Redis it waits until the claim of the other has ended.
    expect(await read()).toBe(written);
    end();
    expect(await slow).toBe(written - 1);
    expect(await read()).toBe(written);
  });

  it('makes an entry anew ahead of its end, and gives the old one meanwhile', async () => {
    const { cache, loads, read } = await start();
    holdClocks();
    const before = await read();
    vi.advanceTimersByTime(4.9 * MINUTE);
    await place.onDatabase('UPDATE counters SET n = n + 1');
    expect(await read()).toBe(before);
    await vi.waitFor(() => expect(cache.peek('counter')).toBe(before + 1), { interval: 5, timeout: 20_000 });
    expect(loads()).toBe(2);
  });

  it('gives what is past its time while a new one is made, and nothing past its grace', async () => {
    const { read, figure } = await start();
    holdClocks();
    const before = await read();
    await place.onDatabase('UPDATE counters SET n = n + 1');
    vi.advanceTimersByTime(6 * MINUTE);
    expect(await read()).toBe(before);
    expect(await figure('cache_stale_total')).toBe(1);
    await vi.waitFor(async () => expect(await read()).toBe(before + 1), { interval: 5, timeout: 20_000 });
    await place.onDatabase('UPDATE counters SET n = n + 1');
    vi.advanceTimersByTime(11 * MINUTE);
    expect(await read()).toBe(before + 2);
  });

  it('gives what it has while the source fails, but not to who has seen more, and not what is known to be over', async () => {
    const { cache, read } = await start();
    holdClocks();
    const kept = await read();
    await withoutDatabase(async () => {
      vi.advanceTimersByTime(2 * MINUTE);
      const failing = () => cache.read('counter', keeping, () => Promise.reject(new Error('The database is away.')));
      expect(await failing()).toBe(kept);
      await expect(readFrom({ timeline: 1, lsn: 0 }, failing)).rejects.toThrow('away');
      const refusing = () => cache.read('counter', keeping, () => Promise.reject(notFound('project')));
      await expect(refusing()).rejects.toThrow();
      vi.advanceTimersByTime(10 * MINUTE);
      await expect(failing()).rejects.toThrow('away');
    });
  });

  it('keeps no error', async () => {
    const { cache } = await start();
    const keep = (load: () => Promise<number>) => cache.read('thing', { seconds: 60, tags: [] }, load);
    await expect(keep(() => Promise.reject(notFound('project')))).rejects.toThrow();
    expect(await keep(async () => 7)).toBe(7);
  });

  it('takes no more memory than it is given', async () => {
    const { cache, figure } = await place.start({ ...options(), megabytes: 1 });
    const text = 'x'.repeat(10_000);
    for (let n = 0; n < 100; n += 1) await cache.read(`text ${n}`, { seconds: 60, tags: [] }, async () => text);
    const size = await figure('cache_bytes');
    expect(size).toBeGreaterThan(500_000);
    expect(size).toBeLessThanOrEqual(2 ** 20);
    expect(cache.peek('text 99')).toBe(text);
    expect(cache.peek('text 0')).toBeUndefined();
  });
});

/** Nobody connects, and who was connected is not any more. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const url = new URL(place.database.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  const isOpen = (value: boolean) => admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${value}`);
  try {
    await isOpen(false);
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
    await work();
  } finally {
    await isOpen(true);
    await admin.end();
  }
}
