/** Reminds of requests that wait for three days, and ends those that nobody answered for fourteen. */
import type { JobHandlers } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { createRequestStore } from './store.ts';
import { publishClosed, toParty } from './team.ts';

const BATCH = 200;

export function collaborationJobs(platform: Platform): JobHandlers {
  /** Each batch commits with its events, so every request is reminded of and ended once. */
  const inBatches = async (signal: AbortSignal, work: (tx: Platform['db']) => Promise<number>) => {
    while (!signal.aborted) if ((await platform.db.transaction(work)) < BATCH) return;
  };

  return {
    'collaborations.remind_and_expire': async (_input, { signal }) => {
      await inBatches(signal, async (tx) => {
        const ended = await createRequestStore(tx).expireDue(BATCH);
        for (const request of ended) await publishClosed(platform, tx, request, 'expired');
        return ended.length;
      });
      await inBatches(signal, async (tx) => {
        const due = await createRequestStore(tx).remindDue(BATCH);
        for (const request of due) {
          await platform.events.publish(tx, 'collaboration.reminder_due', {
            ...toParty(request),
            requested_at: request.created_at,
            expires_at: request.expires_at,
          });
        }
        return due.length;
      });
    },
  };
}
