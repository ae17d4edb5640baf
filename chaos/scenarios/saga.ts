/**
 * Sagas of four steps that act outside of their transaction, each once for its key. Every fifth is refused at its pivot
 * and turns back; processes are killed anywhere, also between an act and the record of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { testConfig } from '../../server/platform/config/test-config.ts';
import { conflict } from '../../server/platform/http/problems.ts';
import { defineModule, type Platform } from '../../server/platform/module.ts';
import { defineSaga } from '../../server/platform/saga/define.ts';
import { createService } from '../../server/platform/service.ts';
import { openPool } from '../effects.ts';
import type { Scenario } from '../scenario.ts';

const isRefused = (n: number) => n % 5 === 0;
// Failures here are cut connections, which say nothing about the step.
const retry = { attempts: 1000, delay: 50, most: 500 };

/** Somebody else's system: does what it is asked once for each key, and takes its time. `step` -1 undoes. */
async function act({ db }: Platform, key: string, n: number, step: number): Promise<void> {
  await pause(5 + 15 * Math.random());
  await db.execute(sql`
    WITH fresh AS (INSERT INTO keys (key) VALUES (${key}) ON CONFLICT DO NOTHING RETURNING key)
    INSERT INTO effects (n, step) SELECT ${n}::int, ${step}::int FROM fresh`);
  await pause(5 + 15 * Math.random());
}

const trip = defineSaga('chaos.trip', Type.Object({ n: Type.Integer() }))
  .step('seat', {
    retry,
    do: ({ input, key, platform }) => act(platform, key, input.n, 1),
    undo: ({ input, key, platform }) => act(platform, `undo ${key}`, input.n, -1),
  })
  .step('room', {
    retry,
    do: ({ input, key, platform }) => act(platform, key, input.n, 2),
    undo: ({ input, key, platform }) => act(platform, `undo ${key}`, input.n, -2),
  })
  .pivot('payment', {
    retry,
    async do({ input, key, platform }) {
      if (isRefused(input.n)) throw conflict('busy', 'Refused.');
      await act(platform, key, input.n, 3);
    },
    async find({ key, platform }) {
      const { rows } = await platform.db.execute(sql`SELECT 1 FROM keys WHERE key = ${key}`);
      return rows.length > 0 ? null : undefined;
    },
  })
  .step('ticket', { retry, do: ({ input, key, platform }) => act(platform, key, input.n, 4) })
  .end();
const chaos = defineModule({ name: 'chaos', mount: () => ({ sagas: [trip] }) });

const serve = (databaseUrl: string, work: boolean) =>
  createService({
    config: testConfig(),
    databaseUrl,
    modules: [chaos],
    work,
    poolLimits: { kept: 0, burst: 15, queue: 1000 },
  });

export const scenario: Scenario = {
  async work(url) {
    const service = await serve(url, true);
    return service.stop;
  },

  async open({ databaseUrl }) {
    const service = await serve(databaseUrl, false);
    const { db, end } = openPool(databaseUrl);
    await db.execute(sql`
      CREATE TABLE effects (
        place bigint GENERATED ALWAYS AS IDENTITY, n int NOT NULL, step int NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await db.execute(sql`CREATE TABLE keys (key text PRIMARY KEY)`);
    return {
      act: (n) =>
        db.transaction(async (tx) => {
          await service.platform.sagas.start(tx, trip, { n }, { key: String(n) });
        }),
      // Delivered once more: whoever comes second finds it held or done.
      async disturb() {
        await db.execute(sql`
          INSERT INTO pgboss.job (name, data)
          SELECT 'chaos/sagas', jsonb_build_object('saga_id', id) FROM platform.sagas
          WHERE ended_at IS NULL OR random() < 0.05`);
      },
      async isQuiet() {
        const { rows } = await db.execute(sql`SELECT 1 FROM platform.sagas WHERE ended_at IS NULL LIMIT 1`);
        return rows.length === 0;
      },
      async verdict(acknowledged) {
        const { rows } = await db.execute<{ n: number; state: string; steps: number[] | null; at: number }>(sql`
          SELECT key::int AS n, state, (extract(epoch FROM coalesce(ended_at, now())) * 1000)::float8 AS at,
            (SELECT json_agg(e.step ORDER BY e.place) FROM effects e WHERE e.n = s.key::int) AS steps
          FROM platform.sagas s`);
        const ended = new Map(rows.filter(({ state }) => isEnd(state)).map(({ n, at }) => [n, at]));
        const known = new Set(rows.map(({ n }) => n));
        const isRight = ({ n, steps }: (typeof rows)[number]) =>
          JSON.stringify(steps) === JSON.stringify(isRefused(n) ? [1, 2, -2, -1] : [1, 2, 3, 4]);
        return {
          lost: [...acknowledged].filter((n) => !known.has(n)).length,
          duplicated: rows.filter((row) => isEnd(row.state) && !isRight(row)).length,
          stuck: rows.length - ended.size,
          effects: ended,
        };
      },
      async close() {
        await service.stop();
        await end();
      },
    };
  },
};

const isEnd = (state: string) => state === 'completed' || state === 'compensated';
