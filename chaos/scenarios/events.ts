/** Events of 300 entities to one subscriber, which fails now and then; delivered again, and in order all the same. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { defineModule } from '../../server/platform/module.ts';
import { areDone, createEffects, isPoison, judge, openPool, readEffects, readGivenUp } from '../effects.ts';
import type { Scenario } from '../scenario.ts';
import { openService } from '../service.ts';

const QUEUE = 'chaos/events';
const ENTITIES = 300;
const NUMBER = `coalesce(data->'payload'->>'username', data->'payload'->>'older')`;

const chaos = defineModule({
  name: 'chaos',
  mount: () => ({
    subscribers: {
      'member.registered': async (tx, { user_id, username }) => {
        await pause(10);
        await tx.execute(sql`INSERT INTO effects (n, entity) VALUES (${Number(username)}, ${user_id})`);
        if (Math.random() < 0.02) throw new Error('now and then');
      },
    },
  }),
});

export const scenario: Scenario = {
  work: (url) => openService(url, { modules: [chaos], work: true }),

  async open({ databaseUrl }) {
    const service = await openService(databaseUrl, { modules: [chaos], work: false });
    const { db, end } = openPool(databaseUrl);
    await createEffects(db);
    await db.execute(sql`CREATE TABLE written (place bigint GENERATED ALWAYS AS IDENTITY, entity int, n int)`);
    await db.execute(sql`CREATE TABLE entities (id int PRIMARY KEY, version int NOT NULL DEFAULT 0)`);
    await db.execute(sql`INSERT INTO entities SELECT generate_series(1, ${ENTITIES})`);
    return {
      act: (n) =>
        db.transaction(async (tx) => {
          const entity = 1 + (n % ENTITIES);
          await tx.execute(sql`UPDATE entities SET version = version + 1 WHERE id = ${entity}`);
          await tx.execute(sql`INSERT INTO written (entity, n) VALUES (${entity}, ${n})`);
          const event = { user_id: entity, username: String(n), is_demo: false };
          await service.platform.events.publish(tx, 'member.registered', event);
          if (isPoison(n)) {
            // What a process of an older version would have written.
            await tx.execute(sql`
              UPDATE pgboss.job SET data = jsonb_set(data, '{payload}', jsonb_build_object('older', ${n}::int))
              WHERE name = ${QUEUE} AND data->'payload'->>'username' = ${String(n)}`);
          }
        }),
      async disturb() {
        await db.execute(sql`
          UPDATE pgboss.job SET state = 'created', started_on = NULL, completed_on = NULL
          WHERE name = ${QUEUE} AND state = 'completed' AND random() < 0.2`);
      },
      isQuiet: () => areDone(db, [QUEUE]),
      async verdict(acknowledged) {
        const judged = judge(acknowledged, await readEffects(db), await readGivenUp(db, NUMBER));
        const { rows } = await db.execute<{ stuck: number }>(sql`
          SELECT (SELECT count(*) FROM pgboss.job WHERE name = ${QUEUE} AND state < 'completed')::int
            + (SELECT count(*) FROM (
                SELECT written.place < lag(written.place) OVER (PARTITION BY written.entity ORDER BY effects.place) AS is_late
                FROM effects JOIN written USING (n)
              ) ordered WHERE is_late)::int AS stuck`);
        return { ...judged, stuck: rows[0]?.stuck ?? 0 };
      },
      async close() {
        await service.stop();
        await end();
      },
    };
  },
};
