/** Every event that concerns somebody, as the table in `told.ts` says. */
import type { EventName, Subscriber, Subscribers } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { createNotificationStore } from './store.ts';
import { createPushStore } from './store-push.ts';
import { tellRecipients } from './tell.ts';
import { tell, tellingEvents } from './told.ts';

export function notificationSubscribers(platform: Platform): Subscribers {
  const subscriberOf =
    <N extends EventName>(name: N): Subscriber<N> =>
    async (tx, payload, meta) => {
      const telling = tell(name, payload);
      if (telling) await tellRecipients(platform, tx, telling, meta);
    };
  return {
    ...Object.fromEntries(tellingEvents.map((name) => [name, subscriberOf(name)])),

    'session.ended': (tx, { user_id, session_ids, is_all, kept_session_id }) =>
      is_all
        ? createPushStore(tx).removeOthers(user_id, kept_session_id)
        : createPushStore(tx).removeOfSessions(user_id, session_ids),

    // Mail goes to confirmed addresses only, so the one that says welcome waits for that.
    'member.changed': async (tx, { user_id, is_active, is_verified, is_demo }) => {
      if (!is_active || !is_verified || is_demo) return;
      const welcome = await createNotificationStore(tx).findUnmailedWelcome(user_id);
      if (welcome !== null) await platform.jobs.send(tx, 'notifications.send_mail', { notification_id: welcome });
    },
  };
}
