/** Pushes to this browser: its permission, its worker, its subscription, and whether that is this member's. */
import { api } from '../../lib/api.ts';

/** `unsupported` also where the page did not come over HTTPS: browsers have no workers there. */
export type PushState = 'unsupported' | 'blocked' | 'off' | 'on';

/** Whose pushes this browser takes, by account: the one before may have gone without a word. */
const owner = 'push';

const registered = () => navigator.serviceWorker.getRegistration('/');

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && typeof Notification === 'function';

export async function pushState(accountId: number): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  const subscription = await (await registered())?.pushManager.getSubscription();
  return subscription && localStorage.getItem(owner) === String(accountId) ? 'on' : 'off';
}

/**
 * Asks for the permission; call it from a press. What the server does not take is taken back here, too.
 *
 * @throws ApiError when the server, DOMException when the browser's push service does not take part
 */
export async function turnPushOn(accountId: number): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return;
  const { public_key } = await api('GET /notifications/push/key');
  await navigator.serviceWorker.register('/push-worker.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made with another key would be refused.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
  try {
    await give(subscription);
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
  localStorage.setItem(owner, String(accountId));
}

/**
 * Gives the server what this browser subscribed to, if it did for this member: the session in which it did may have ended,
 * and the server has forgotten it with that.
 */
export async function renewPush(accountId: number): Promise<void> {
  if (localStorage.getItem(owner) !== String(accountId) || !isSupported()) return;
  const subscription = await (await registered())?.pushManager.getSubscription();
  if (subscription) await give(subscription);
}

async function give(subscription: PushSubscription): Promise<void> {
  const { endpoint = '', expirationTime = null, keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  await api('PUT /notifications/push/subscription', { body: { endpoint, expirationTime, keys: { p256dh, auth } } });
}

/** The browser's side ends first: without it nothing arrives, whatever the server still believes. */
export async function turnPushOff(): Promise<void> {
  if (!isSupported()) return;
  const subscription = await (await registered())?.pushManager.getSubscription();
  localStorage.removeItem(owner);
  if (!subscription) return;
  const { endpoint } = subscription;
  await subscription.unsubscribe();
  await api('POST /notifications/push/unsubscribe', { body: { endpoint } });
}
