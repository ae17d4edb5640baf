/** One of the processes that ask for the same thing at once. */
import { sql } from 'drizzle-orm';
import { createService, type Service } from '../server/platform/service.ts';
import { answerParent } from './children.ts';
import { benchConfig } from './config.ts';

export type StormQuestion =
  | { open: { databaseUrl: string; redisUrl: string } }
  | { storm: { key: string; reads: number } };
export interface StormAnswer {
  loads: number;
}

let service: Service | undefined;

answerParent<StormQuestion, StormAnswer>(
  async (question) => {
    if ('open' in question) {
      const { databaseUrl, redisUrl } = question.open;
      const config = { ...benchConfig(), redis: { url: redisUrl }, cache: { megabytes: 8 } };
      service = await createService({ config, databaseUrl, modules: [], work: false });
      return { loads: 0 };
    }
    const { key, reads } = question.storm;
    const platform = service?.platform;
    if (!platform) throw new Error('It is not open.');
    let loads = 0;
    const values = await Promise.all(
      Array.from({ length: reads }, () =>
        platform.cache.read(key, { seconds: 300, tags: ['storm'] }, async () => {
          loads += 1;
          const { rows } = await platform.db.execute<{ key: string }>(sql`SELECT ${key} AS key FROM pg_sleep(0.05)`);
          return rows[0]?.key;
        }),
      ),
    );
    if (values.some((value) => value !== key)) throw new Error('Something else was read.');
    return { loads };
  },
  async () => service?.stop(),
);
