/** Streams whose processes speak by Redis: all that holds without it, and what becomes of them when it goes. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../service.ts';
import { type RedisServer, startRedisServer } from '../testing/redis-server.ts';
import { readStream, type StreamReader } from '../testing/stream-reader.ts';
import { type SecondService, startBeside, startTestApp, type TestApp, type TestMember } from '../testing/test-app.ts';
import { describeStreams } from './test-streams.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis?.close());

describeStreams('by Redis', () => ({ url: redis.url }));

describe('Redis that comes and goes', () => {
  let app: TestApp;
  /** A second service on the same database. */
  let other: SecondService;
  let ada: TestMember;
  let here: StreamReader;
  let there: StreamReader;

  beforeAll(async () => {
    app = await startTestApp({ config: { redis: { url: redis.url } } });
    other = await startBeside(app);
    ada = await app.member();
    await app.settled();
  });
  afterAll(async () => {
    await other?.stop();
    await app?.close();
  });
  beforeEach(async () => {
    [here, there] = [await read(app.url), await read(other.url)];
  });
  afterEach(() => {
    for (const reader of [here, there]) reader?.leave();
  });

  async function read(url: string): Promise<StreamReader> {
    const reader = await readStream(url, { token: ada.token });
    await expect.poll(() => reader.said[0]?.type).toBe('ready');
    return reader;
  }
  const tell = (number: number) =>
    app.db.transaction((tx) =>
      app.platform.realtime.send(tx, [ada.id], 'collaboration.changed', { collaboration_id: number, project_id: null }),
    );
  const numbers = ({ said }: StreamReader) => said.flatMap(({ data }) => data.collaboration_id ?? []);
  const whispered = ({ said }: StreamReader) => said.filter(({ type }) => type === 'team.changed').length;
  const whisper = (project_id: number, { platform }: Pick<Service, 'platform'> = app) =>
    platform.realtime.whisper([ada.id], 'team.changed', { project_id });

  /** Whispers go by Redis alone. */
  const expectWhispers = async (...services: Pick<Service, 'platform'>[]) => {
    for (const service of services) {
      const before = [here, there].map(whispered);
      await expect
        .poll(() => {
          whisper(1, service);
          return [here, there].every((reader, at) => whispered(reader) > (before[at] ?? 0));
        })
        .toBe(true);
    }
  };
  const expectTold = async (...expected: number[]) => {
    for (const number of expected) await tell(number);
    for (const reader of [here, there]) await expect.poll(() => numbers(reader), { interval: 5 }).toEqual(expected);
  };

  it('makes what is told later while it is away, and is used again when it is back', async () => {
    await expectWhispers(app, other);
    await redis.kill();
    whisper(2);
    await expectTold(1, 2, 3);
    await redis.start();
    await expectWhispers(app, other);
  });

  it('makes what is told later while it hangs', async () => {
    redis.freeze();
    await expectTold(4, 5);
    redis.thaw();
    await expectWhispers(app, other);
  });

  it('need not be there at the start', async () => {
    await redis.kill();
    const third = await startBeside(app);
    const reader = await read(third.url);
    await tell(6);
    await expect.poll(() => numbers(reader)).toEqual([6]);
    await redis.start();
    await expectWhispers(third, app);
    await expect
      .poll(() => {
        whisper(3);
        return whispered(reader);
      })
      .toBeGreaterThan(0);
    reader.leave();
    await third.stop();
  });

  it('may carry what nobody understands', async () => {
    const stranger = new Redis(redis.url);
    const channels = (await stranger.pubsub('CHANNELS', 'collabthon_stream*')) as string[];
    expect(channels).toHaveLength(1);
    for (const word of ['', '{', 'null', '{"news":1}', '{"whisper":{"to":[1]}}']) {
      await stranger.publish(channels[0] ?? '', word);
    }
    await expectTold(7);
    stranger.disconnect();
  });

  it('may be shared by several installations', async () => {
    const foreign = await startTestApp({ config: { redis: { url: redis.url } } });
    foreign.platform.realtime.whisper([ada.id], 'team.changed', { project_id: 99 });
    await foreign.close();
    await expectWhispers(app);
    for (const { said } of [here, there]) expect(said.map(({ data }) => data.project_id)).not.toContain(99);
  });
});
