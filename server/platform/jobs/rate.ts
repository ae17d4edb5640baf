/** A rate that all processes keep together: whoever fetches jobs reserves the times at which they may begin. */
import type { PgBoss } from 'pg-boss';

export function createRate(boss: PgBoss, queue: string, perSecond: number) {
  return {
    /** About a second of work. */
    most: Math.max(1, Math.floor(perSecond)),
    /** @returns milliseconds from now for each of `count` jobs */
    async reserve(count: number): Promise<number[]> {
      const { rows } = (await boss.getDb().executeSql(
        `INSERT INTO platform.job_rates AS rate (queue, next_at)
         VALUES ($1, clock_timestamp() + $2 * interval '1 second')
         ON CONFLICT (queue) DO UPDATE
         SET next_at = greatest(rate.next_at, clock_timestamp()) + $2 * interval '1 second'
         RETURNING extract(epoch FROM next_at - clock_timestamp())::float8 AS end`,
        [queue, count / perSecond],
      )) as { rows: { end: number }[] };
      const end = rows[0]?.end ?? 0;
      return Array.from({ length: count }, (_, index) => Math.max(0, (end - (count - index) / perSecond) * 1000));
    },
  };
}
