/**
 * Sagas of local steps and of others, which act outside of their transaction, each once for its key. Every fifth is
 * refused at its pivot and turns back; processes are killed anywhere, also between an act and the record of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { Db } from '../../server/platform/database/database.ts';
import { conflict } from '../../server/platform/http/problems.ts';
import { defineModule, type Platform } from '../../server/platform/module.ts';
import { defineSaga } from '../../server/platform/saga/define.ts';
import { openPool } from '../effects.ts';
import type { Scenario } from '../scenario.ts';
import { openService } from '../service.ts';

const isRefused = (n: number) => n % 5 === 0;
// Failures here are cut connections, which say nothing about the step.
const retry = { attempts: 1000, delay: 50, most: 500 };
const aWhile = () => pause(2 + 8 * Math.random());

/** Somebody else's system: does what it is asked once for each key, and takes its time. `step` below 0 undoes. */
async function act({ db }: Platform, key: string, n: number, step: number): Promise<void> {
  await aWhile();
  await db.execute(sql`
    WITH fresh AS (INSERT INTO keys (key) VALUES (${key}) ON CONFLICT DO NOTHING RETURNING key)
    INSERT INTO effects (n, step) SELECT ${n}::int, ${step}::int FROM fresh`);
  await aWhile();
}

/** In the transaction of its step, which is all that makes it happen once. */
async function note(tx: Db, n: number, step: number): Promise<void> {
  await aWhile();
  await tx.execute(sql`INSERT INTO effects (n, step) VALUES (${n}, ${step})`);
  await aWhile();
}

const refuse = (n: number) => {
  if (isRefused(n)) throw conflict('busy', 'Refused.');
};

const Numbered = Type.Object({ n: Type.Integer() });
const trip = defineSaga('chaos.trip', Numbered)
  .step('seat', {
    retry,
    do: ({ input, key, platform }) => act(platform, key, input.n, 1),
    undo: ({ input, key, platform }) => act(platform, `undo ${key}`, input.n, -1),
  })
  .step('room', {
    retry,
    local: true,
    do: ({ input, tx }) => note(tx, input.n, 2),
    undo: ({ input, tx }) => note(tx, input.n, -2),
  })
  .pivot('payment', {
    retry,
    async do({ input, key, platform }) {
      refuse(input.n);
      await act(platform, key, input.n, 3);
    },
    async find({ key, platform }) {
      const { rows } = await platform.db.execute(sql`SELECT 1 FROM keys WHERE key = ${key}`);
      return rows.length > 0 ? null : undefined;
    },
  })
  .step('ticket', { retry, do: ({ input, key, platform }) => act(platform, key, input.n, 4) })
  .end();
const ledger = defineSaga('chaos.ledger', Numbered)
  .step('debit', {
    retry,
    local: true,
    do: ({ input, tx }) => note(tx, input.n, 1),
    undo: ({ input, tx }) => note(tx, input.n, -1),
  })
  .step('hold', {
    retry,
    do: ({ input, key, platform }) => act(platform, key, input.n, 2),
    undo: ({ input, key, platform }) => act(platform, `undo ${key}`, input.n, -2),
  })
  .pivot('credit', {
    retry,
    local: true,
    async do({ input, tx }) {
      await note(tx, input.n, 3);
      refuse(input.n);
    },
  })
  .step('receipt', { retry, local: true, do: ({ input, tx }) => note(tx, input.n, 4) })
  .end();
const chaos = defineModule({ name: 'chaos', mount: () => ({ sagas: [trip, ledger] }) });

export const scenario: Scenario = {
  work: (url) => openService(url, { modules: [chaos], work: true }),

  async open({ databaseUrl }) {
    const service = await openService(databaseUrl, { modules: [chaos], work: false });
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
          const saga = n % 2 === 0 ? trip : ledger;
          await service.platform.sagas.start(tx, saga, { n }, { key: String(n) });
        }),
      // As if whoever works on them had been cut off for long: others take them over while it goes on.
      async disturb() {
        await db.execute(sql`UPDATE platform.sagas SET held_until = now() WHERE ended_at IS NULL`);
      },
      async isQuiet() {
        const { rows } = await db.execute(sql`SELECT 1 FROM platform.sagas WHERE ended_at IS NULL LIMIT 1`);
        return rows.length === 0;
      },
      async verdict(acknowledged) {
        const { rows } = await db.execute<{ n: number; state: string; steps: number[] | null; at: number }>(sql`
          SELECT key::int AS n, state, (extract(epoch FROM coalesce(ended_at, now())) * 1000)::float8 AS at, steps.done AS steps
          FROM platform.sagas s
            LEFT JOIN (SELECT n, json_agg(step ORDER BY place) AS done FROM effects GROUP BY n) steps ON steps.n = s.key::int`);
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
