/** Every account has a profile, which follows what accounts say of its member. */

import type { Db } from '../../platform/database/database.ts';
import type { Subscribers } from '../../platform/events/events.ts';
import { createProfileStore, type MemberState } from './store.ts';
import type { ProfileUseCases } from './use-cases.ts';

export function profileSubscribers({ announce }: ProfileUseCases) {
  const tell = async (tx: Db, userId: number) => {
    const row = await createProfileStore(tx).find(userId);
    if (row) await announce(tx, row);
  };

  return {
    'member.registered': async (tx, { user_id, username, is_demo }, { published_at }) => {
      const member: MemberState = { user_id, username, is_demo, is_active: true, badge: null, as_of: published_at };
      if (await createProfileStore(tx).insertEmpty(member)) await tell(tx, user_id);
    },

    'member.changed': async (tx, member, { published_at }) => {
      if (await createProfileStore(tx).updateMember({ ...member, as_of: published_at })) await tell(tx, member.user_id);
    },
  } satisfies Subscribers;
}
