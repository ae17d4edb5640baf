/** The audit log: what anybody with power did, in whichever module. */
import type { Subscribers } from '../../platform/events/events.ts';
import { createAuditStore } from './store-audit.ts';

export const subscribers: Subscribers = {
  'admin.acted': async (tx, entry, { event_id, published_at }) => {
    await createAuditStore(tx).append({ ...entry, event_id, created_at: published_at });
  },
};
