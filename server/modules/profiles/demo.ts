/** Profiles in bulk, for the demo campus. */
import type { ProfileCreate } from '@collabthon/contracts/profiles';
import type { Platform } from '../../platform/module.ts';
import { createProfileStore } from './store.ts';
import { type BulkProfile, overwriteProfiles } from './store-bulk.ts';
import { createProfileUseCases, toFields } from './use-cases.ts';

export interface DemoProfile extends ProfileCreate {
  user_id: number;
}

/**
 * Fills the profiles of accounts that exist, whether or not their registration has arrived here, in one transaction. What
 * was in them before is overwritten, so that doing it again ends the same.
 *
 * With `publish` (the default), `profile.changed` is published for each, as if they had come one by one; without, the
 * caller has to fill what other modules derive from it.
 *
 * @throws 422 for what the route would refuse beyond the shape; 404 for a user without an account
 */
export async function insertDemoProfiles(
  platform: Platform,
  profiles: readonly DemoProfile[],
  { publish = true }: { publish?: boolean } = {},
): Promise<void> {
  const useCases = createProfileUseCases(platform);
  const userIds = profiles.map((profile) => profile.user_id);
  await useCases.ensureAll(userIds);
  const rows: BulkProfile[] = [];
  for (const { user_id, skills = [], ...rest } of profiles) {
    const { mentions, names } = await useCases.resolveMentions(skills);
    const skill_ids = mentions.map((mention) => mention.skill_id);
    const skill_names = skill_ids.map((id) => names.get(id)).join(', ');
    rows.push({ user_id, fields: { ...toFields(rest), skill_ids, skill_names }, skills: mentions });
  }
  await platform.db.transaction(async (tx) => {
    await overwriteProfiles(tx, rows);
    if (!publish) return;
    for (const row of await createProfileStore(tx).list(userIds)) await useCases.announce(tx, row);
  });
}
