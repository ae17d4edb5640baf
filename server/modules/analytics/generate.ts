/** Making a report: some days in each transaction, so that whoever takes over goes on where the last one ended. */
import type { ReportError } from '@collabthon/contracts/analytics';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { progressOf } from './present.ts';
import { createReportStore, type ReportRow } from './store.ts';

/** Days of one transaction. */
const BATCH = 31;
/** Runs that come no further until a report is given up, be it that they fail or that their processes die. */
const MOST_TRIES = 3;

/** Brings a report to its end. One that has ended, or is gone, stays as it is. @throws Error to be tried again */
export async function generateReport(platform: Platform, id: number, signal: AbortSignal): Promise<void> {
  const begun = await createReportStore(platform.db).begin(id);
  if (!begun) return;
  if (begun.tries > MOST_TRIES) return giveUp(platform, id, 'interrupted');
  whisper(platform, begun);
  try {
    while (!signal.aborted && (await advance(platform, id)));
  } catch (error) {
    if (signal.aborted || begun.tries < MOST_TRIES) throw error;
    await giveUp(platform, id, 'fault', error);
  }
}

/** @returns whether there is more to do */
async function advance(platform: Platform, id: number): Promise<boolean> {
  const report = await platform.db.transaction(async (tx) => {
    const store = createReportStore(tx);
    const running = await store.lockRunning(id);
    if (!running) return null;
    const added = await store.addDays(running, BATCH);
    if (added.state === 'done') await tellAsker(platform, tx, added);
    return added;
  });
  if (report?.state !== 'running') return false;
  whisper(platform, report);
  return true;
}

/** @param cause for the log, where an operator finds it by the report's number */
async function giveUp(platform: Platform, id: number, error: ReportError, cause?: unknown): Promise<void> {
  platform.log.error({ err: cause, report_id: id, reason: error }, 'a report was given up');
  await platform.db.transaction(async (tx) => {
    const failed = await createReportStore(tx).fail(id, error);
    if (failed) await tellAsker(platform, tx, failed);
  });
}

/** The end is kept for an asker who is away; on the way there, only who looks is told. */
async function tellAsker({ realtime }: Platform, tx: Db, report: ReportRow): Promise<void> {
  if (report.asked_by !== null) await realtime.send(tx, [report.asked_by], 'report.changed', toNews(report));
}
function whisper({ realtime }: Platform, report: ReportRow): void {
  if (report.asked_by !== null) realtime.whisper([report.asked_by], 'report.changed', toNews(report));
}
const toNews = (report: ReportRow) => ({
  report_id: report.id,
  state: report.state,
  progress: progressOf(report),
});
