/** What admins do with reports. Asking and deleting are in the audit log, with the action or not at all. */
import { REPORT_YEARS, type Report, type ReportDetail } from '@collabthon/contracts/analytics';
import type { PersonCard } from '@collabthon/contracts/shapes';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, notFound, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { presentReport, presentResult, toCsvOf } from './present.ts';
import { createReportStore, type ReportRow } from './store.ts';

interface Wanted {
  kind: 'activity';
  from: string;
  to: string;
}

/** @throws 422 for a range that ends before it begins, after today (UTC), or after more than two years */
export async function askForReport(platform: Platform, askerId: number, wanted: Wanted, keep: Keep): Promise<Report> {
  refuseBadRange(wanted);
  // Before the transaction: a call is no part of it.
  const askers = await findAskers(platform, [askerId]);
  return platform.db.transaction(async (tx) => {
    const row = await createReportStore(tx).insert(askerId, wanted);
    await platform.jobs.send(tx, 'analytics.generate_report', { report_id: row.id });
    await record(platform, tx, askerId, 'report.asked', row);
    return keep(tx, presentReport(row, askers));
  });
}

/** @throws 404 */
export async function getReport(platform: Platform, id: number): Promise<ReportDetail> {
  const store = createReportStore(platform.db);
  const row = await store.find(id);
  if (!row) throw notFound('report');
  const askers = await findAskers(platform, [row.asked_by]);
  const result = row.state === 'done' ? presentResult(await store.listDays(row.id), await store.countedSince()) : null;
  return { ...presentReport(row, askers), result };
}

/** @throws 404, 409 `report_not_done` */
export async function downloadReport(platform: Platform, id: number, format: 'csv' | 'json') {
  const report = await getReport(platform, id);
  if (!report.result) {
    throw conflict(
      'report_not_done',
      'This report has no result to download. Wait until it is done, or ask for another.',
    );
  }
  const { kind, from, to, result } = report;
  return {
    name: `${kind}-${from}-${to}.${format}`,
    type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
    content: Buffer.from(format === 'csv' ? toCsvOf(result) : JSON.stringify({ kind, from, to, ...result })),
  };
}

/** A job that is at it finds nothing to go on with. @throws 404 */
export function deleteReport(platform: Platform, actorId: number, id: number): Promise<void> {
  return platform.db.transaction(async (tx) => {
    const store = createReportStore(tx);
    const row = await store.find(id);
    if (!row || !(await store.delete(id))) throw notFound('report');
    await record(platform, tx, actorId, 'report.deleted', row);
  });
}

/** The cards of those who asked; whoever is gone has none. */
export async function findAskers(
  { calls }: Platform,
  ids: readonly (number | null)[],
): Promise<Map<number, PersonCard>> {
  const user_ids = [...new Set(ids.filter((id) => id !== null))];
  if (user_ids.length === 0) return new Map();
  return new Map((await calls('profiles.getCards', { user_ids })).map((card) => [card.user_id, card]));
}

function refuseBadRange({ from, to }: Wanted): void {
  if (to < from) {
    throw unprocessable([{ path: '/to', code: 'range_order', message: 'The last day is before the first one.' }]);
  }
  if (to > new Date().toISOString().slice(0, 10)) {
    throw unprocessable([{ path: '/to', code: 'in_the_future', message: 'That day has not come yet.' }]);
  }
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + REPORT_YEARS);
  if (to >= end.toISOString().slice(0, 10)) {
    throw unprocessable([
      {
        path: '/to',
        code: 'range_too_long',
        message: `A report covers ${REPORT_YEARS} years at the most.`,
        params: { years: REPORT_YEARS },
      },
    ]);
  }
}

const record = ({ events }: Platform, tx: Db, actor_id: number, action: string, { id, kind, from, to }: ReportRow) =>
  events.publish(tx, 'admin.acted', { actor_id, action, target: `report/${id}`, detail: { kind, from, to } });
