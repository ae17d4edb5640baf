/** SQL of reports and their results. */
import type { Measure, ReportError, ReportState } from '@collabthon/contracts/analytics';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { COUNT_LIMIT, decodeCursor, type Paging } from '../../platform/database/paging.ts';

export interface ReportRow {
  id: number;
  kind: 'activity';
  from: string;
  to: string;
  state: ReportState;
  days: number;
  days_done: number;
  tries: number;
  error: ReportError | null;
  asked_by: number | null;
  asked_at: string;
  ended_at: string | null;
}

export interface DayRow {
  day: string;
  counts: Partial<Record<Measure, number>> | null;
}

const fields = sql`
  r.id, r.kind, r.from_day::text AS "from", r.to_day::text AS "to", r.state, r.to_day - r.from_day + 1 AS days,
  r.days_done, r.tries, r.error, r.asked_by, r.asked_at, r.ended_at`;

export function createReportStore(db: Db) {
  const one = async (query: SQL): Promise<ReportRow | null> => {
    const { rows } = await db.execute(query);
    return (rows as unknown as ReportRow[])[0] ?? null;
  };

  return {
    async insert(askedBy: number, { kind, from, to }: Pick<ReportRow, 'kind' | 'from' | 'to'>): Promise<ReportRow> {
      const inserted = await one(sql`
        INSERT INTO analytics.reports AS r (kind, from_day, to_day, asked_by)
        VALUES (${kind}, ${from}::date, ${to}::date, ${askedBy}) RETURNING ${fields}`);
      return inserted as ReportRow;
    },

    find: (id: number) => one(sql`SELECT ${fields} FROM analytics.reports r WHERE id = ${id}`),

    /** The latest first; one more than asked for if there is one. */
    async list({ cursor, size, offset }: Paging): Promise<{ rows: ReportRow[]; total: number }> {
      const [before] = decodeCursor(cursor, ['integer']) ?? [];
      const { rows } = await db.execute(sql`
        SELECT ${fields} FROM analytics.reports r ${before === undefined ? sql`` : sql`WHERE id < ${before}`}
        ORDER BY id DESC LIMIT ${size + 1} OFFSET ${offset}`);
      const { rows: counted } = await db.execute<{ total: number }>(sql`
        SELECT count(*) AS total FROM (SELECT FROM analytics.reports LIMIT ${COUNT_LIMIT}) counted`);
      return { rows: rows as unknown as ReportRow[], total: counted[0]?.total ?? 0 };
    },

    /** @returns whether there was one */
    async delete(id: number): Promise<boolean> {
      const { rowCount } = await db.execute(sql`DELETE FROM analytics.reports WHERE id = ${id}`);
      return rowCount === 1;
    },

    /** @returns how many, `limit` at the most */
    async deleteOutlived(days: number, limit: number): Promise<number> {
      const { rowCount } = await db.execute(sql`
        DELETE FROM analytics.reports WHERE id IN (
          SELECT id FROM analytics.reports
          WHERE ended_at < now() - make_interval(days => ${days}) ORDER BY ended_at LIMIT ${limit})`);
      return rowCount ?? 0;
    },

    async forgetAsker(userId: number): Promise<void> {
      await db.execute(sql`UPDATE analytics.reports SET asked_by = NULL WHERE asked_by = ${userId}`);
    },

    /** Notes that a run begins. @returns null for one that has ended, or is gone */
    begin: (id: number) =>
      one(sql`
        UPDATE analytics.reports r SET state = 'running', tries = tries + 1
        WHERE id = ${id} AND state IN ('queued', 'running') RETURNING ${fields}`),

    /** The same as it is now, locked until the transaction ends; null unless it is being made. */
    lockRunning: (id: number) =>
      one(sql`SELECT ${fields} FROM analytics.reports r WHERE id = ${id} AND state = 'running' FOR UPDATE`),

    /** Adds the results of the next days, `most` at the most, and ends the report with its last day. */
    async addDays({ id, from, days, days_done }: ReportRow, most: number): Promise<ReportRow> {
      const count = Math.min(most, days - days_done);
      await db.execute(sql`
        WITH days AS MATERIALIZED (
          SELECT ${from}::date + ${days_done}::integer + n AS day FROM generate_series(0, ${count - 1}::integer) n),
        sums AS (
          SELECT day, measure, sum(count) AS count FROM analytics.daily
          WHERE day BETWEEN (SELECT min(day) FROM days) AND (SELECT max(day) FROM days) GROUP BY day, measure),
        counted AS (SELECT day, jsonb_object_agg(measure, count) AS counts FROM sums GROUP BY day)
        INSERT INTO analytics.report_days (report_id, day, counts)
        SELECT ${id}::bigint, day, CASE WHEN day >= c.since THEN coalesce(counts, '{}') END
        FROM days LEFT JOIN counted USING (day), analytics.counting c`);
      const added = await one(sql`
        UPDATE analytics.reports r
        SET days_done = days_done + ${count}, tries = 0,
          state = CASE WHEN days_done + ${count} = to_day - from_day + 1 THEN 'done' ELSE 'running' END,
          ended_at = CASE WHEN days_done + ${count} = to_day - from_day + 1 THEN now() END
        WHERE id = ${id} RETURNING ${fields}`);
      return added as ReportRow;
    },

    /** @returns null for one that has ended */
    fail: (id: number, error: ReportError) =>
      one(sql`
        UPDATE analytics.reports r SET state = 'failed', error = ${error}, ended_at = now()
        WHERE id = ${id} AND state IN ('queued', 'running') RETURNING ${fields}`),

    /** Every day that a report has come to, in order. */
    async listDays(id: number): Promise<DayRow[]> {
      const { rows } = await db.execute(sql`
        SELECT day::text, counts FROM analytics.report_days WHERE report_id = ${id} ORDER BY day`);
      return rows as unknown as DayRow[];
    },

    async countedSince(): Promise<string> {
      const { rows } = await db.execute<{ since: string }>(sql`SELECT since::text FROM analytics.counting`);
      return rows[0]?.since ?? '';
    },
  };
}
