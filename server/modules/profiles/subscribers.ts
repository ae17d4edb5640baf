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
    'member.registered': async (tx, registered) => {
      // Version 0 gives way to whatever accounts say next.
      const member: MemberState = { ...registered, is_active: true, badge: null, version: 0 };
      if (await createProfileStore(tx).insertEmpty(member)) await tell(tx, member.user_id);
    },

    'member.changed': async (tx, member) => {
      if (await createProfileStore(tx).updateMember(member)) await tell(tx, member.user_id);
    },
  } satisfies Subscribers;
}
