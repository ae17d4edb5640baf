/** What the limiter promises, of both stores: the process itself, and a real Redis that four processes count in. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../telemetry/log.ts';
import { type RedisServer, startRedisServer } from '../testing/redis-server.ts';
import { type Bucket, createLocalLimiter, type Limiter, type LocalLimiter, policy } from './gcra.ts';
import { createRedisLimiter } from './redis-limiter.ts';

const SECOND = 1_000_000;
const bucket = (key: string, quota: number, seconds: number, cost = 1): Bucket => ({
  key,
  policy: policy('test', quota, seconds),
  cost,
});

describe('in one process', () => {
  let clock = 0;
  const limiter = createLocalLimiter(1, () => clock);
  /** Requests, and the pauses between them in microseconds. */
  const arrivals = fc.array(
    fc.record({ pause: fc.integer({ min: 0, max: 2 * SECOND }), cost: fc.integer({ min: 1, max: 5 }) }),
    { minLength: 1, maxLength: 200 },
  );

  it('lets no span of time see more than its part', () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.integer({ min: 5, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (asked, quota, seconds) => {
          const key = randomUUID();
          const admitted: { at: number; cost: number }[] = [];
          for (const { pause, cost } of asked) {
            clock += pause;
            if (limiter.take([bucket(key, quota, seconds, cost)]).wait === 0) admitted.push({ at: clock, cost });
          }
          const isTooMuch = admitted.some(({ at }, first) => {
            let taken = 0;
            return admitted.slice(first).some((later) => {
              taken += later.cost;
              return taken > quota * (1 + (later.at - at) / SECOND / seconds) + 1e-6;
            });
          });
          expect(isTooMuch).toBe(false);
        },
      ),
    );
  });

  it('lets in as many as there are at once, and one more as soon as it said, not sooner', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 90 }), (quota, seconds) => {
        const key = randomUUID();
        const take = () => limiter.take([bucket(key, quota, seconds)]).wait;
        const waits = Array.from({ length: quota }, take);
        const wait = take();
        clock += wait - 1;
        const sooner = take();
        clock += 1;
        expect({ waits: Math.max(...waits), isRefused: wait > 0, sooner, last: take() }).toEqual({
          waits: 0,
          isRefused: true,
          sooner: 1,
          last: 0,
        });
      }),
    );
  });

  it('takes from all or from none', () => {
    const [wide, narrow] = [bucket('wide', 10, 60), bucket('narrow', 1, 60)];
    expect(limiter.take([wide, narrow]).wait).toBe(0);
    for (let n = 0; n < 20; n += 1) expect(limiter.take([wide, narrow]).wait).toBeGreaterThan(0);
    for (let n = 0; n < 9; n += 1) expect(limiter.take([wide]).wait).toBe(0);
    expect(limiter.take([wide]).wait).toBeGreaterThan(0);
  });

  it('has its part of a quota where there are several', () => {
    const limiters = Array.from({ length: 4 }, () => createLocalLimiter(4, () => 0));
    const admitted = limiters.flatMap((limiter) =>
      Array.from({ length: 100 }, () => limiter.take([bucket('x', 40, 60)])).filter(({ wait }) => wait === 0),
    );
    expect(admitted).toHaveLength(40);
  });
});

describe('on Redis', () => {
  let server: RedisServer;
  let limiters: Limiter[];
  const log = createLog('silent');
  let local = 0;
  const parts: LocalLimiter[] = Array.from({ length: 4 }, () => createLocalLimiter());
  /** Everybody asks this often, all at the same time. @returns how many are let in, and in how many seconds at the most */
  const storm = async (one: Bucket, times: number) => {
    const begun = performance.now();
    const verdicts = await Promise.all(
      limiters.flatMap((limiter) => Array.from({ length: times }, async () => limiter.take([one]))),
    );
    const seconds = (performance.now() - begun) / 1000;
    return { admitted: verdicts.filter(({ wait }) => wait === 0).length, seconds, verdicts };
  };
  /** Until every process is back at Redis, as a decision shows that none of them makes by itself, and knows of the others. */
  const whenShared = (n: string) =>
    expect
      .poll(
        async () => {
          const before = local;
          for (const limiter of limiters) await limiter.take([bucket(`probe ${n}`, 1_000_000, 60)]);
          return { local: local - before, share: parts.map(({ share }) => share) };
        },
        { timeout: 20_000 },
      )
      .toEqual({ local: 0, share: [4, 4, 4, 4] });

  beforeAll(async () => {
    server = await startRedisServer();
    limiters = await Promise.all(
      parts.map((part) =>
        createRedisLimiter(server.url, '{test}:', { log, local: part, onLocal: () => (local += 1), patience: 1000 }),
      ),
    );
  });
  afterAll(async () => {
    for (const limiter of limiters) limiter.close();
    await server.close();
  });

  it('four processes let in what one would, to the last one', async () => {
    await whenShared('first');
    const one = bucket('storm', 100, 3600);
    const { admitted } = await storm(one, 200);
    expect(admitted).toBe(100);
    const cost = bucket('costly', 100, 3600, 7);
    expect((await storm(cost, 50)).admitted).toBe(14);
  });

  it('lets no span of time see more than its part, nor less than what drains', async () => {
    const one = bucket('short', 20, 0.5);
    let admitted = 0;
    const begun = performance.now();
    let seconds = 0;
    for (let n = 0; n < 15; n += 1) {
      admitted += (await storm(one, 10)).admitted;
      seconds = (performance.now() - begun) / 1000;
      expect(admitted).toBeLessThanOrEqual(20 * (1 + seconds / 0.5) + 1);
    }
    expect(admitted).toBeGreaterThanOrEqual(20);
  });

  it('takes from all or from none, also together', async () => {
    const [wide, narrow] = [bucket('wide', 50, 3600), bucket('narrow', 5, 3600)];
    const verdicts = await Promise.all(
      limiters.flatMap((limiter) => Array.from({ length: 10 }, async () => limiter.take([wide, narrow]))),
    );
    expect(verdicts.filter(({ wait }) => wait === 0)).toHaveLength(5);
    expect((await storm(wide, 50)).admitted).toBe(45);
  });

  it.each(['killed', 'hung'] as const)(
    '%s and back: the gate never opens, and nobody is refused all',
    async (fault) => {
      await whenShared(`${fault} before`);
      const [known, fresh] = [bucket(`known ${fault}`, 40, 3600), bucket(`fresh ${fault}`, 40, 3600)];
      expect((await storm(known, 40)).admitted).toBe(40);
      if (fault === 'killed') await server.kill();
      else server.freeze();

      // Each has its part of what is new, and still knows who has had theirs.
      const alone = await storm(fresh, 40);
      expect(alone.admitted).toBe(40);
      expect((await storm(known, 40)).admitted).toBe(0);

      if (fault === 'killed') await server.start();
      else server.thaw();
      await whenShared(`${fault} after`);
      // Redis may have come back empty; what was let in meanwhile counts, too.
      expect((await storm(known, 40)).admitted).toBe(0);
      expect((await storm(fresh, 40)).admitted).toBe(0);
      expect((await storm(bucket(`next ${fault}`, 40, 3600), 40)).admitted).toBe(40);
    },
    60_000,
  );
});
