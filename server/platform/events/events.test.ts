/** Events and jobs as modules use them, in one service and in another one: with the change or not at all, and effective once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineModule, type Module } from '../module.ts';
import { FORMS, startTestApp, type TestApp, type TestService } from '../testing/test-app.ts';

/** Notes every event in a table, and fails as often as it is told to. */
const listener = (failures: { left: number }): Module =>
  defineModule({
    name: 'listener',
    mount: () => ({
      subscribers: {
        'member.registered': async (tx, { user_id }) => {
          await tx.execute(sql`INSERT INTO seen (user_id) VALUES (${user_id})`);
          if (failures.left-- > 0) throw new Error('not yet');
        },
      },
      jobs: {
        'profiles.lapse_open_to': async () => {
          if (hangs.next) {
            hangs.next = false;
            await hangs.until.promise;
          }
          await home.db.execute(sql`INSERT INTO seen (user_id) VALUES (7)`);
        },
        'projects.expire': async () => {
          await home.db.execute(sql`INSERT INTO seen (user_id) VALUES (0)`);
        },
      },
    }),
  });

/** Mounted where members are registered; it hears nothing. */
const accounts = defineModule({ name: 'accounts', mount: () => ({}) });

let app: TestApp;
/** Who publishes, and where the listener is. */
let publisher: TestService;
let home: TestService;
const failures = { left: 0 };
const hangs = { next: false, until: Promise.withResolvers<void>() };

const seen = async () => {
  const { rows } = await home.db.execute<{ user_id: number }>(sql`SELECT user_id FROM seen ORDER BY 1`);
  return rows.map((row) => row.user_id);
};
const event = (user_id: number) => ({ user_id, username: 'ada', is_demo: false });

/** Retries wait for a back-off of a second or more. */
const eventually = (expected: number[]) => expect.poll(seen, { timeout: 15_000, interval: 50 }).toEqual(expected);

describe.each(FORMS)('%s', (form) => {
  beforeAll(async () => {
    const modules = [listener(failures)];
    app = await startTestApp({
      form,
      modules,
      peers: [
        { name: 'user', hears: [], modules: [accounts] },
        { name: 'project', hears: ['member.registered', 'session.ended'], modules },
      ],
    });
    publisher = app.of('accounts');
    home = app.of('listener');
    await home.db.execute(sql`CREATE TABLE seen (user_id bigint)`);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    failures.left = 0;
    hangs.until = Promise.withResolvers();
    await home.db.execute(sql`DELETE FROM seen`);
  });

  describe('an event', () => {
    it('reaches its subscriber when the transaction commits', async () => {
      await publisher.db.transaction((tx) => publisher.platform.events.publish(tx, 'member.registered', event(1)));
      await app.settled();
      expect(await seen()).toEqual([1]);
    });

    it('is not published when the transaction rolls back', async () => {
      await publisher.db
        .transaction(async (tx) => {
          await publisher.platform.events.publish(tx, 'member.registered', event(2));
          throw new Error('changed my mind');
        })
        .catch(() => {});
      await app.settled();
      expect(await seen()).toEqual([]);
    });

    it('has its effect once when a first try fails after the effect', async () => {
      failures.left = 1;
      await publisher.db.transaction((tx) => publisher.platform.events.publish(tx, 'member.registered', event(3)));
      await eventually([3]);
    });

    it('has its effect once when it is delivered twice', async () => {
      await publisher.db.transaction((tx) => publisher.platform.events.publish(tx, 'member.registered', event(4)));
      await app.settled();
      await home.db.execute(sql`
      UPDATE pgboss.job SET state = 'created', started_on = NULL, completed_on = NULL, start_after = now()
      WHERE name = 'listener/events'`);
      await expect
        .poll(
          async () => {
            const { rows } = await home.db.execute(sql`
            SELECT 1 FROM pgboss.job WHERE name = 'listener/events' AND state <> 'completed'`);
            return rows.length;
          },
          { timeout: 15_000 },
        )
        .toBe(0);
      expect(await seen()).toEqual([4]);
    });

    it('is refused when its payload is not what the contract says', async () => {
      const publishing = publisher.db.transaction((tx) =>
        publisher.platform.events.publish(tx, 'member.registered', { user_id: 'five' } as never),
      );
      await expect(publishing).rejects.toThrow(/member\.registered/);
    });
  });

  describe('a job', () => {
    it('runs exactly if its transaction commits', async () => {
      await home.db
        .transaction(async (tx) => {
          await home.platform.jobs.send(tx, 'projects.expire', {});
          throw new Error('changed my mind');
        })
        .catch(() => {});
      await app.settled();
      expect(await seen()).toEqual([]);

      await home.db.transaction((tx) => home.platform.jobs.send(tx, 'projects.expire', {}));
      await app.settled();
      expect(await seen()).toEqual([0]);
    });

    it('that hangs holds up no other, and none that is done is done again', async () => {
      hangs.next = true;
      await home.db.transaction(async (tx) => {
        for (let n = 0; n < 3; n += 1) await home.platform.jobs.send(tx, 'profiles.lapse_open_to', {});
      });
      await eventually([7, 7]);
      const states = async () => {
        const { rows } = await home.db.execute<{ state: string }>(sql`
        SELECT state::text FROM pgboss.job WHERE name = 'profiles.lapse_open_to' ORDER BY state`);
        return rows.map(({ state }) => state);
      };
      await expect.poll(states).toEqual(['active', 'completed', 'completed']);
      hangs.until.resolve();
      await expect.poll(states).toEqual(['completed', 'completed', 'completed']);
      expect(await seen()).toEqual([7, 7, 7]);
    });
  });
});
