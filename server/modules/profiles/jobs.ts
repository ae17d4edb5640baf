import type { JobHandlers } from '../../platform/jobs/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { createProfileStore } from './store.ts';
import type { ProfileUseCases } from './use-cases.ts';
import type { VocabularyUseCases } from './vocabulary.ts';

const BATCH = 200;

export function profileJobs({ db }: Platform, { announce }: ProfileUseCases, vocabulary: VocabularyUseCases) {
  return {
    'profiles.lapse_open_to': async (_input, { signal }) => {
      for (let ended = BATCH; ended === BATCH && !signal.aborted; ) {
        ended = await db.transaction(async (tx) => {
          const rows = await createProfileStore(tx).lapseOpenTo(BATCH);
          for (const row of rows) await announce(tx, row);
          return rows.length;
        });
      }
    },
    'profiles.follow_skill': (input) => vocabulary.follow(input),
  } satisfies JobHandlers;
}
