/** Every event that concerns somebody, as the table in `told.ts` says. */
import type { EventName, Subscriber, Subscribers } from '../../platform/events/events.ts';
import { tellRecipients } from './tell.ts';
import { tell, tellingEvents } from './told.ts';

export function notificationSubscribers(): Subscribers {
  const subscriberOf =
    <N extends EventName>(name: N): Subscriber<N> =>
    async (tx, payload, meta) => {
      const telling = tell(name, payload);
      if (telling) await tellRecipients(tx, telling, meta);
    };
  return Object.fromEntries(tellingEvents.map((name) => [name, subscriberOf(name)]));
}
