/** Reports and their results as clients and spreadsheets see them. */
import { type ActivityResult, type Measure, measures, type Report } from '@collabthon/contracts/analytics';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { isoTime } from '../../platform/database/columns.ts';
import { toCsv } from './csv.ts';
import type { DayRow, ReportRow } from './store.ts';

/** In whole percent, and 100 with the last day only. */
export const progressOf = ({ days_done, days }: ReportRow): number => Math.floor((days_done / days) * 100);

export const presentReport = (row: ReportRow, askers: Map<number, PersonCard>): Report => ({
  id: row.id,
  kind: row.kind,
  from: row.from,
  to: row.to,
  state: row.state,
  progress: progressOf(row),
  error: row.error,
  asked_by: (row.asked_by !== null && askers.get(row.asked_by)) || null,
  asked_at: isoTime(row.asked_at),
  ended_at: isoTime(row.ended_at),
});

type Counts = Record<Measure, number | null>;

const ofEach = (count: (measure: Measure) => number | null) =>
  Object.fromEntries(measures.map((measure) => [measure, count(measure)])) as Counts;

export function presentResult(rows: readonly DayRow[], countedSince: string): ActivityResult {
  const counted = rows.flatMap(({ counts }) => (counts ? [counts] : []));
  const total = (measure: Measure) =>
    counted.length === 0 ? null : counted.reduce((sum, counts) => sum + (counts[measure] ?? 0), 0);
  return {
    counted_since: countedSince,
    totals: ofEach(total),
    days: rows.map(({ day, counts }) => ({ day, ...ofEach((measure) => counts && (counts[measure] ?? 0)) })),
  };
}

export const toCsvOf = ({ days }: ActivityResult): string =>
  toCsv([['day', ...measures], ...days.map((one) => [one.day, ...measures.map((measure) => one[measure])])]);
