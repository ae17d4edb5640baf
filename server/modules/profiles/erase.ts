/** What is left of somebody whose account is closed: a former member, in nobody's lists. */
import { eq } from 'drizzle-orm';
import type { Platform } from '../../platform/module.ts';
import { createProfileStore, ERASED } from './store.ts';
import { profileSkills, profiles } from './tables.ts';
import type { ProfileUseCases } from './use-cases.ts';

/** Empties a profile and tells of it. Doing it again changes nothing that anybody sees. */
export async function eraseMember({ db }: Platform, { announce }: ProfileUseCases, userId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const store = createProfileStore(tx);
    if (!(await store.lock(userId))) return;
    await tx.delete(profileSkills).where(eq(profileSkills.user_id, userId));
    await store.update(userId, {
      is_active: false,
      badge_college: null,
      badge_kind: null,
      member_version: ERASED,
      first_name: 'Former',
      last_name: 'member',
      college: '',
      major: '',
      year: 0,
      bio: null,
      experience: null,
      github_url: null,
      linkedin_url: null,
      portfolio_url: null,
      avatar_url: null,
      visibility: 'members',
      hours_per_week: null,
      zone: null,
      slots: [],
      open_to: [],
      open_to_until: null,
      skill_ids: [],
      skill_names: '',
    });
    await tx.update(profiles).set({ username: 'former-member' }).where(eq(profiles.user_id, userId));
    const row = await store.find(userId);
    if (row) await announce(tx, row);
  });
}
