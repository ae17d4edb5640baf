/**
 * Open streams on real servers: two processes' worth of services on one database, connections that break, readers that
 * sleep. What carries the words between them makes no difference.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../config/config.ts';
import type { Service } from '../service.ts';
import { readStream, type StreamReader, type Told } from '../testing/stream-reader.ts';
import { type SecondService, startBeside, startTestApp, type TestApp, type TestMember } from '../testing/test-app.ts';

/** @param redis what the services are told of it, once the tests run */
export const describeStreams = (name: string, redis: () => Config['redis']) =>
  describe(name, () => {
    let app: TestApp;
    /** A second service on the same database. */
    let other: SecondService;
    let ada: TestMember;
    const readers: StreamReader[] = [];

    beforeAll(async () => {
      app = await startTestApp({ config: { redis: redis() } });
      other = await startBeside(app);
    }, 60_000);
    afterAll(async () => {
      await other.stop();
      await app.close();
    });
    beforeEach(async () => {
      ada = await app.member();
      // As if nobody had told her of anything, such as the welcome.
      await app.settled();
      await app.db.execute(sql`DELETE FROM platform.stream_entries`);
      await app.db.execute(sql`DELETE FROM platform.stream_heads`);
    });
    afterEach(() => {
      for (const reader of readers.splice(0)) reader.leave();
    });

    async function read(
      member: TestMember,
      { url = app.url, after }: { url?: string; after?: number | string } = {},
    ): Promise<StreamReader> {
      const reader = await readStream(url, { token: member.token, after });
      readers.push(reader);
      return reader;
    }

    /** Tells members of a collaboration that nobody knows more about. */
    const tell = (number: number, to: number[] = [ada.id], service: Pick<Service, 'platform'> = app) =>
      service.platform.db.transaction((tx) =>
        service.platform.realtime.send(tx, to, 'collaboration.changed', { collaboration_id: number, project_id: null }),
      );
    const numbers = ({ said }: StreamReader) => said.flatMap(({ data }) => data.collaboration_id ?? []);
    const heard = (reader: StreamReader) => expect.poll(() => numbers(reader), { interval: 5 });
    const begun = (reader: StreamReader) => expect.poll(() => reader.said[0]?.type, { interval: 5 });

    describe('a stream', () => {
      it('goes on from the position that was asked for before', async () => {
        const where = await app.request('GET /stream/position', { as: ada });
        expect(where.body).toEqual({ after: 0 });
        await tell(1);
        const reader = await read(ada, where.body);
        await heard(reader).toEqual([1]);
        expect((await app.request('GET /stream/position', { as: ada })).body).toEqual({ after: 1 });
      });

      it('is for members alone, and is no answer to be kept', async () => {
        expect((await app.fetch('/api/v1/stream')).status).toBe(401);
        expect(
          (await app.fetch('/api/v1/stream?after=-1', { headers: { authorization: `Bearer ${ada.token}` } })).status,
        ).toBe(422);
        const control = new AbortController();
        const answer = await app.fetch('/api/v1/stream', {
          headers: { authorization: `Bearer ${ada.token}`, 'accept-encoding': 'gzip' },
          signal: control.signal,
        });
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          'x-content-type-options': 'nosniff',
        });
        expect(answer.headers.get('content-encoding')).toBeNull();
        control.abort();
      });

      it('tells what commits, in order, to its member alone, through whichever process', async () => {
        const eve = await app.member();
        const [here, there, hers] = await Promise.all([read(ada), read(ada, { url: other.url }), read(eve)]);
        await Promise.all([here, there, hers].map((reader) => begun(reader).toBe('ready')));
        for (let number = 1; number <= 20; number += 1) await tell(number, [ada.id], number % 2 === 0 ? app : other);
        await app.db
          .transaction(async (tx) => {
            await app.platform.realtime.send(tx, [ada.id], 'collaboration.changed', {
              collaboration_id: 99,
              project_id: null,
            });
            throw new Error('changed my mind');
          })
          .catch(() => {});
        await tell(21, [eve.id, ada.id, ada.id]);
        const all = Array.from({ length: 21 }, (_, index) => index + 1);
        await heard(here).toEqual(all);
        await heard(there).toEqual(all);
        await heard(hers).toEqual([21]);
        expect(here.said.map(({ id }) => id)).toEqual([0, ...all]);
      });

      it('tells of requests between people', async () => {
        const owner = await app.member();
        const reader = await read(owner);
        await begun(reader).toBe('ready');
        const project = await app.request('POST /projects', {
          as: owner,
          body: { title: 'A kite', description: 'With a camera.' },
        });
        await app.settled();
        const asked = await app.request('POST /collaborations', {
          as: ada,
          body: { receiver_id: owner.id, project_id: project.body.id },
        });
        await heard(reader).toEqual([asked.body.id]);
      });

      it('refuses what no contract declares', async () => {
        const send = app.platform.realtime.send as (...args: unknown[]) => Promise<void>;
        await expect(send(app.db, [ada.id], 'collaboration.changed', { collaboration_id: 'one' })).rejects.toThrow(
          /does not fit/,
        );
        await expect(send(app.db, [ada.id], 'weather.changed', {})).rejects.toThrow(/weather/);
      });

      it('whispers to those who look, and keeps nothing of it', async () => {
        const [here, there] = await Promise.all([read(ada), read(ada, { url: other.url })]);
        await Promise.all([here, there].map((reader) => begun(reader).toBe('ready')));
        app.platform.realtime.whisper([ada.id], 'team.changed', { project_id: 7 });
        for (const reader of [here, there]) {
          await expect
            .poll(() => reader.said.at(-1))
            .toEqual({ id: null, type: 'team.changed', data: { project_id: 7 } });
        }
        const later = await read(ada, { after: 0 });
        await begun(later).toBe('ready');
        await tell(1);
        await heard(later).toEqual([1]);
        expect(later.said.map(({ type }) => type)).toEqual(['ready', 'collaboration.changed']);
      });
    });

    describe('coming back', () => {
      it('brings what was missed, once and in order, to any process, while others write', async () => {
        const all = Array.from({ length: 300 }, (_, index) => index + 1);
        // Pages of the same member that stay have heard more than the one that comes back.
        const staying = await Promise.all([read(ada), read(ada, { url: other.url })]);
        await Promise.all(staying.map((reader) => begun(reader).toBe('ready')));
        const writing = (async () => {
          // Three at a time: what commits in which order is not known before.
          for (let at = 0; at < all.length; at += 3) {
            await Promise.all(all.slice(at, at + 3).map((number) => tell(number, [ada.id], number % 2 ? app : other)));
          }
        })();
        const got: Told[] = [];
        let after = 0;
        for (let round = 0; after < all.length; round += 1) {
          const reader = await read(ada, { url: round % 2 ? other.url : app.url, after });
          const from = after;
          await expect
            .poll(() => (reader.said.at(-1)?.id ?? 0) > from || from === all.length, { interval: 1 })
            .toBe(true);
          reader.leave();
          await reader.ended;
          const news = reader.said.filter(({ type }) => type === 'collaboration.changed');
          got.push(...news);
          after = news.at(-1)?.id ?? after;
        }
        await writing;
        for (const reader of staying) {
          await expect.poll(() => reader.said.slice(1).map(({ id }) => id), { interval: 5 }).toEqual(all);
        }
        expect(got.map(({ id }) => id)).toEqual(all);
        expect(got.map(({ data }) => data.collaboration_id).toSorted((one, two) => Number(one) - Number(two))).toEqual(
          all,
        );
      });

      it('after more than is kept says that all has to be asked for again', async () => {
        for (const number of [1, 2, 3]) await tell(number);
        await app.db.execute(sql`DELETE FROM platform.stream_entries WHERE user_id = ${ada.id} AND position < 3`);
        for (const [after, said] of [
          [1, [{ id: 3, type: 'reset', data: {} }]],
          ['never ours', [{ id: 3, type: 'reset', data: {} }]],
          [9, [{ id: 3, type: 'reset', data: {} }]],
          [3, [{ id: 3, type: 'ready', data: {} }]],
        ] as const) {
          const reader = await read(ada, { after });
          await expect.poll(() => reader.said).toEqual(said);
        }
        const reader = await read(ada, { after: 2 });
        await heard(reader).toEqual([3]);
      });

      it('is not needed when the process loses its connection to hear by', async () => {
        const reader = await read(ada);
        await begun(reader).toBe('ready');
        await app.db.execute(sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'collabthon listener' AND datname = current_database()`);
        await tell(1);
        await heard(reader).toEqual([1]);
        await expect
          .poll(async () => {
            const { rows } = await app.db.execute(sql`
          SELECT 1 FROM pg_stat_activity WHERE application_name = 'collabthon listener' AND datname = current_database()`);
            return rows.length;
          })
          .toBe(2);
        await tell(2);
        await heard(reader).toEqual([1, 2]);
      });
    });

    describe('the end of a stream', () => {
      it('comes with the end of its session, in every process', async () => {
        const [here, there] = await Promise.all([read(ada), read(ada, { url: other.url })]);
        await Promise.all([here, there].map((reader) => begun(reader).toBe('ready')));
        await app.request('POST /auth/logout-everywhere', { as: ada });
        await Promise.all([here.ended, there.ended]);
        await tell(1);
        expect((await read(ada)).status).toBe(401);
        expect([...numbers(here), ...numbers(there)]).toEqual([]);
      });

      it('comes for the oldest of too many', async () => {
        const streams = [];
        for (let count = 0; count < 21; count += 1) {
          const reader = await read(ada);
          await begun(reader).toBe('ready');
          streams.push(reader);
        }
        await streams[0]?.ended;
        await tell(1);
        for (const reader of streams.slice(1)) await heard(reader).toEqual([1]);
        expect(numbers(streams[0] as StreamReader)).toEqual([]);
      });

      it('comes for a reader who does not read; what was missed is there afterwards', async () => {
        const { hostname, port } = new URL(app.url);
        const socket: Socket = connect(Number(port), hostname);
        await once(socket, 'connect');
        socket.write(`GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\n\r\n`);
        await once(socket, 'readable');
        socket.pause();
        const cut = async () =>
          Number(/^stream_readers_cut_total (\d+)/m.exec(await app.platform.metrics.registry.metrics())?.[1] ?? 0);
        const before = await cut();
        const flood = async (count: number) => {
          await app.db.execute(sql`
        WITH h AS (
          INSERT INTO platform.stream_heads AS t (user_id, last) VALUES (${ada.id}, ${count})
          ON CONFLICT (user_id) DO UPDATE SET last = t.last + ${count} RETURNING last
        )
        INSERT INTO platform.stream_entries (user_id, position, type, data)
        SELECT ${ada.id}, h.last - ${count} + n, 'collaboration.changed', jsonb_build_object('collaboration_id', n, 'pad', repeat('x', 2000))
        FROM h, generate_series(1, ${count}) AS n`);
        };
        let told = 0;
        // What the system itself holds for a reader differs from machine to machine.
        while ((await cut()) === before && told < 100_000) {
          await flood(2000);
          told += 2000;
          await new Promise((resolve) => setImmediate(resolve));
        }
        await expect.poll(cut).toBe(before + 1);
        socket.destroy();
        const back = await read(ada, { after: told - 3 });
        await expect.poll(() => back.said.map(({ id }) => id)).toEqual([told - 3, told - 2, told - 1, told]);
      });

      it('comes when the process stops, so that readers go on elsewhere', async () => {
        const third = await startBeside(app);
        const reader = await read(ada, { url: third.url });
        await begun(reader).toBe('ready');
        await third.stop();
        await reader.ended;
        await tell(1);
        const elsewhere = await read(ada, { after: 0 });
        await heard(elsewhere).toEqual([1]);
      });
    });
  });
