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
  const { endpoint = '', expirationTime = null, keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  try {
    await api('PUT /notifications/push/subscription', { body: { endpoint, expirationTime, keys: { p256dh, auth } } });
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
  localStorage.setItem(owner, String(accountId));
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
