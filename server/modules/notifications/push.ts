/** Web push: encrypted for one browser (RFC 8291), signed by us (RFC 8292), carried by the service that it names. */
import { createECDH } from 'node:crypto';
import type { PushSubscription } from '@collabthon/contracts/notifications';
import webPush from 'web-push';
import { createOutgoing, RefusedAddress } from '../../platform/http/outgoing.ts';
import { type FieldError, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { waitForQuietHours } from './mail.ts';
import { createNotificationStore } from './store.ts';
import { channelsOf, recipientsOf } from './store-members.ts';
import { createPushStore, type Subscriber, type Subscription, type VapidKey } from './store-push.ts';
import { unreadMessage } from './unread-message.ts';
import { pathOf, wordsOf } from './words.ts';

/** Browsers of one member; those that subscribed the longest ago make room. */
const MOST_BROWSERS = 20;
/** Seconds that a push service keeps what it cannot deliver yet. */
const KEPT_SECONDS = 86_400;
/** What push services answer for a browser that is gone for good. */
const GONE = [404, 410];

export interface Push {
  vapid(): Promise<VapidKey>;
  /** @throws 422 for an endpoint that is not a public https address, and for keys that are none */
  subscribe(subscriber: Subscriber, subscription: PushSubscription): Promise<void>;
  /** Of a browser that is not this member's, nothing happens. */
  unsubscribe(userId: number, endpoint: string): Promise<void>;
  /**
   * Pushes a notification to every browser of its recipient that has not taken it, unless it was read by now. A browser
   * that took it while nobody could record that gets it again, under the same topic and tag, and shows it once.
   *
   * @throws Postponed in the recipient's quiet hours, Error when some browsers are to be tried again
   */
  send(notificationId: number): Promise<void>;
}

export function createPush(platform: Platform): Push {
  const { config, db, log } = platform;
  const outgoing = createOutgoing({ listener: config.push.listener });
  const store = createPushStore(db);
  let known: Promise<VapidKey> | undefined;

  const vapid = () => {
    known ??= findKey().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const findKey = async (): Promise<VapidKey> => {
    const { vapidPrivateKey: privateKey } = config.push;
    if (privateKey === null) return store.vapidKey(webPush.generateVAPIDKeys);
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(privateKey, 'base64url');
    return { privateKey, publicKey: pair.getPublicKey('base64url') };
  };

  return {
    vapid,

    async subscribe(subscriber, { endpoint, keys }) {
      const errors = wrongKeys(keys);
      await outgoing.check(endpoint).catch((error: unknown) => {
        if (!(error instanceof RefusedAddress)) throw error;
        errors.push({ path: '/endpoint', code: 'does_not_fit', message: 'This is not the address of a push service.' });
      });
      if (errors.length > 0) throw unprocessable(errors);
      await db.transaction((tx) => createPushStore(tx).save(subscriber, { endpoint, ...keys }, MOST_BROWSERS));
      // It ended while this was written, which its event may not have found.
      if (platform.auth.revocations.has(subscriber.sessionId)) {
        await store.removeOfSessions(subscriber.userId, [subscriber.sessionId]);
      }
    },

    unsubscribe: (userId, endpoint) => store.remove(userId, endpoint),

    async send(id) {
      const row = await createNotificationStore(db).find(id);
      if (!row || row.read_at !== null) return;
      const recipient = (await recipientsOf(db, [row.recipient_id], row.threads)).get(row.recipient_id);
      if (!recipient || recipient.muted.length > 0 || !channelsOf(recipient, row.topic).push) return;
      const contact = await platform.calls('accounts.getContact', { user_id: row.recipient_id });
      if (!contact?.is_active) return;
      const unread = await unreadMessage(platform, row);
      if (!unread) return;
      waitForQuietHours(recipient);

      const { title, message } = wordsOf(row, contact.locale, unread.text);
      const payload = JSON.stringify({ id, type: row.kind, title, body: message, path: pathOf(row), tag: `n${id}` });
      const failures: string[] = [];
      for (const subscription of await store.listOpen(row.recipient_id, id)) {
        const failure = await pushTo(subscription, payload, id);
        if (failure) failures.push(failure);
      }
      if (failures.length > 0) throw new Error(`Pushes failed: ${failures.join(', ')}`);
    },
  };

  /** @returns why it is to be tried again; undefined when it was taken, or never will be */
  async function pushTo(subscription: Subscription, payload: string, id: number): Promise<string | undefined> {
    const { endpoint, p256dh, auth } = subscription;
    try {
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        TTL: KEPT_SECONDS,
        topic: `n${id}`,
        vapidDetails: { subject: subjectOf(config.mail.from, config.http.publicUrl), ...(await vapid()) },
      });
      const sent = { headers: headers as Record<string, string>, body: body as Buffer };
      const status = await outgoing.post(endpoint, sent);
      if (GONE.includes(status)) await store.prune(subscription.id);
      else if (status >= 200 && status < 300) await store.record(id, subscription.id);
      else return `status ${status}`;
      return undefined;
    } catch (error) {
      if (!(error instanceof RefusedAddress)) return (error as Error).message;
      // It was public when it was given. Trying again changes nothing; it may be our resolver, so the browser stays.
      log.warn({ err: error, subscription: subscription.id }, 'a push was refused');
      return undefined;
    }
  }
}

/** Whom a push service may write to about our pushes. */
function subjectOf(from: string, publicUrl: string): string {
  const address = /[^\s<>"]+@[^\s<>"]+/.exec(from)?.[0];
  return address ? `mailto:${address}` : publicUrl;
}

/** A point of P-256, and 16 random bytes (RFC 8291, 3). */
function wrongKeys({ p256dh, auth }: PushSubscription['keys']): FieldError[] {
  const wrong = (name: string): FieldError => ({
    path: `/keys/${name}`,
    code: 'does_not_fit',
    message: 'This is not a key of a push subscription.',
  });
  return [
    ...(isPoint(Buffer.from(p256dh, 'base64url')) ? [] : [wrong('p256dh')]),
    ...(Buffer.from(auth, 'base64url').length === 16 ? [] : [wrong('auth')]),
  ];
}

function isPoint(bytes: Buffer): boolean {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  try {
    return bytes.length === 65 && pair.computeSecret(bytes).length > 0;
  } catch {
    return false;
  }
}
