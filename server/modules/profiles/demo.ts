/** Profiles in bulk, for the demo campus. */
import type { ProfileCreate } from '@collabthon/contracts/profiles';
import type { Platform } from '../../platform/module.ts';
import { createProfileUseCases } from './use-cases.ts';

export interface DemoProfile extends ProfileCreate {
  user_id: number;
}

/**
 * Fills the profiles of accounts that exist. Each person is written as if they had done it themselves, events included,
 * several at a time; 300 people take a few seconds. Doing it again changes nothing but versions.
 */
export async function insertDemoProfiles(platform: Platform, rows: readonly DemoProfile[]): Promise<void> {
  const useCases = createProfileUseCases(platform);
  const waiting = rows.values();
  const worker = async () => {
    for (const { user_id, ...profile } of waiting) await useCases.update(user_id, profile);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
