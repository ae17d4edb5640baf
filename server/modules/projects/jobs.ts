/** Ends projects whose time has come, warns their owners a week ahead, and follows skills that change. */
import type { JobHandlers } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { followSkill } from './skills.ts';
import { createProjectStore } from './store.ts';
import { publishChange } from './use-cases.ts';

const BATCH = 100;

export function projectJobs(platform: Platform): JobHandlers {
  /** Each batch commits with its events, so a run that is cut off leaves whole projects only. */
  const inBatches = async (signal: AbortSignal, work: (tx: Platform['db']) => Promise<number>) => {
    while (!signal.aborted) if ((await platform.db.transaction(work)) < BATCH) return;
  };

  return {
    'projects.expire': async (_input, { signal }) => {
      await inBatches(signal, async (tx) => {
        const ids = await createProjectStore(tx).expireDue(BATCH);
        for (const id of ids) await publishChange(platform, tx, id, 'open', null);
        return ids.length;
      });
      await inBatches(signal, async (tx) => {
        const warned = await createProjectStore(tx).warnDue(BATCH);
        for (const { id, owner_id, title, expires_at } of warned) {
          const at = new Date(String(expires_at)).toISOString();
          await platform.events.publish(tx, 'project.expiring', { project_id: id, owner_id, title, expires_at: at });
        }
        return warned.length;
      });
    },

    'projects.follow_skill': ({ skill_id, after_id }) => followSkill(platform, skill_id, after_id),
  };
}
