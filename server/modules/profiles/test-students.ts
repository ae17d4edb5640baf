/** People for the tests of this module. */

import type { Role } from '@collabthon/contracts/accounts';
import type { Profile, ProfileCreate, ProfileUpdate } from '@collabthon/contracts/profiles';
import type { TestApp, TestMember } from '../../platform/testing/test-app.ts';

export const adaProfile = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  college: 'Analytical College',
  major: 'Mathematics',
  year: 3,
} satisfies ProfileCreate;

/** A signed-in member, with a profile if fields are given. */
export async function student(app: TestApp, profile?: ProfileUpdate, role?: Role): Promise<TestMember> {
  const member = await app.member(role ? { role } : {});
  if (profile) {
    const saved = await app.request('PUT /users/me/profile', { as: member, body: profile });
    if (saved.status !== 200) throw new Error(`Saving failed: ${JSON.stringify(saved.body)}`);
  }
  return member;
}

let memberVersion = 100;
/** What accounts say when a badge, a name or a suspension changes. */
export async function memberChanged(
  app: TestApp,
  { id, username }: TestMember,
  change: {
    username?: string;
    is_active?: boolean;
    badge?: { college: string; kind: 'student' | 'alumni' } | null;
    version?: number;
  },
): Promise<void> {
  await app.db.transaction((tx) =>
    app.platform.events.publish(tx, 'member.changed', {
      user_id: id,
      username,
      role: 'student',
      is_active: true,
      is_verified: true,
      is_demo: false,
      badge: null,
      version: ++memberVersion,
      ...change,
    }),
  );
  await app.settled();
}

export const namesOf = (profiles: Profile[]) => profiles.map((profile) => profile.first_name);
