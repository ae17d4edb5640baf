/** SQL of the counts by day. */
import type { Measure } from '@collabthon/contracts/analytics';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

/** Rows that a day's count of one measure is spread over. */
const LANES = 8;

/** Adds one to the day of `at`, in UTC; days of before counting began stay uncounted, since most of theirs is missing. */
export async function countOne(tx: Db, measure: Measure, at: string): Promise<void> {
  const lane = Math.floor(Math.random() * LANES);
  await tx.execute(sql`
    INSERT INTO analytics.daily AS d (day, measure, lane, count)
    SELECT happened.day, ${measure}, ${lane}, 1
    FROM (SELECT (${at}::timestamptz AT TIME ZONE 'UTC')::date AS day) happened, analytics.counting c
    WHERE happened.day >= c.since
    ON CONFLICT (day, measure, lane) DO UPDATE SET count = d.count + 1`);
}
