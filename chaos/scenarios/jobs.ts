/** Jobs whose effect and completion are one transaction, with poison among them. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { migrate, migrationSources } from '../../server/platform/database/migrate.ts';
import { createJobs, type JobRunner, type Queue } from '../../server/platform/jobs/jobs.ts';
import { createLog } from '../../server/platform/telemetry/log.ts';
import { createMetrics } from '../../server/platform/telemetry/metrics.ts';
import { areDone, createEffects, isPoison, judge, openPool, readEffects, readGivenUp } from '../effects.ts';
import type { Scenario } from '../scenario.ts';

const QUEUE = 'chaos.counted';

async function openJobs(url: string, work: boolean, handle: Queue['handle']): Promise<JobRunner> {
  const log = createLog('fatal');
  const jobs = createJobs({ url, log, metrics: createMetrics({}), work, schedules: false });
  const input = Type.Object({ n: Type.Integer() });
  // The tries of poison are few; those of jobs whose process is killed again and again are not.
  jobs.addQueue({ name: QUEUE, input, retryLimit: 30, retryDelayMax: 2, expireInSeconds: 30, handle });
  await jobs.start();
  return jobs;
}

export const scenario: Scenario = {
  async work(url) {
    const { db } = openPool(url);
    await openJobs(url, true, async (input, { complete }) => {
      const { n } = input as { n: number };
      // Long enough to be killed in the middle.
      await pause(20 + (n % 7) * 20);
      if (isPoison(n)) throw new Error('poison');
      await db.transaction(async (tx) => {
        await tx.execute(sql`INSERT INTO effects (n) VALUES (${n})`);
        await complete(tx);
      });
    });
  },

  async open({ databaseUrl }) {
    await migrate(databaseUrl, migrationSources([]));
    const { db, end } = openPool(databaseUrl);
    await createEffects(db);
    const jobs = await openJobs(databaseUrl, false, async () => {});
    return {
      act: (n) =>
        db.transaction(async (tx) => {
          await jobs.enqueue(tx, QUEUE, { n });
          if (isPoison(n)) {
            await tx.execute(
              sql`UPDATE pgboss.job SET retry_limit = 2 WHERE name = ${QUEUE} AND data->>'n' = ${String(n)}`,
            );
          }
        }),
      // As if the process that holds them had been cut off for long: others take them over while it goes on.
      async disturb() {
        await db.execute(sql`
          UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE name = ${QUEUE} AND state = 'active'`);
      },
      isQuiet: () => areDone(db, [QUEUE]),
      async verdict(acknowledged) {
        const judged = judge(acknowledged, await readEffects(db), await readGivenUp(db, `data->>'n'`));
        const { rows } = await db.execute(sql`SELECT 1 FROM pgboss.job WHERE name = ${QUEUE} AND state < 'completed'`);
        return { ...judged, stuck: rows.length };
      },
      async close() {
        await jobs.stop();
        await end();
      },
    };
  },
};
