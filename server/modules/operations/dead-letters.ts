/** What is done about jobs that were given up. Every action is in the audit log, with the action or not at all. */
import type { Db } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';

/** Rows of one transaction. */
const BATCH = 1000;

/** @param actorId null for the operator of the machine @throws 404 */
export function redriveDeadLetter(platform: Platform, actorId: number | null, id: string): Promise<void> {
  return platform.db.transaction(async (tx) => {
    const letter = await platform.jobs.deadLetters.find(tx, id);
    if (!letter || (await platform.jobs.deadLetters.redrive(tx, { id })) === 0) throw notFound('dead_letter');
    await record(platform, tx, actorId, 'dead_letter.redriven', letter.queue, { id, count: 1 });
  });
}

/** @returns how many went back into the queue */
export async function redriveQueue(platform: Platform, actorId: number | null, queue: string): Promise<number> {
  let redriven = 0;
  for (;;) {
    const some = await platform.db.transaction(async (tx) => {
      const count = await platform.jobs.deadLetters.redrive(tx, { queue });
      if (count > 0) await record(platform, tx, actorId, 'dead_letter.redriven', queue, { count });
      return count;
    });
    redriven += some;
    if (some < BATCH) return redriven;
  }
}

/** @throws 404 */
export function discardDeadLetter(platform: Platform, actorId: number | null, id: string): Promise<void> {
  return platform.db.transaction(async (tx) => {
    const letter = await platform.jobs.deadLetters.find(tx, id);
    if (!letter || !(await platform.jobs.deadLetters.discard(tx, id))) throw notFound('dead_letter');
    const { queue, error, tries } = letter;
    await record(platform, tx, actorId, 'dead_letter.discarded', queue, { id, error, tries, count: 1 });
  });
}

const record = (
  { events }: Platform,
  tx: Db,
  actor_id: number | null,
  action: string,
  queue: string,
  detail: Record<string, unknown>,
) => events.publish(tx, 'admin.acted', { actor_id, action, target: `queue/${queue}`, detail: { queue, ...detail } });
