/**
 * A session may end while its page is open: it expired, or was ended elsewhere. Nothing on the page is taken away then;
 * the shell offers to sign in again. When somebody else has signed in, the page begins anew as theirs.
 */
import { useSyncExternalStore } from 'react';
import type { ApiError } from './errors.ts';

let hasEnded = false;
const listeners = new Set<() => void>();

export function setSessionEnded(ended: boolean): void {
  if (ended === hasEnded) return;
  hasEnded = ended;
  for (const listener of listeners) listener();
}

/** Whose page this is; null for a visitor's, and while it is not known. */
let shown: number | null = null;
/** Between the tabs of this browser: the account that was signed in, null when it was signed out. */
const tabs = import.meta.env.SSR || typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('session');

export const shownAccount = (): number | null => shown;

/** Called with the account that the page shows from now on; other tabs hear of it. */
export function showAccount(id: number | null): void {
  if (id === shown) return;
  if (shown !== null && id !== null) {
    beginAnew();
    return;
  }
  shown = id;
  setSessionEnded(false);
  tabs?.postMessage(id);
}

/** Nothing of the account that was shown may reach the one that is signed in now. */
export const beginAnew = (): void => location.reload();

tabs?.addEventListener('message', ({ data }: MessageEvent<number | null>) => {
  if (shown === null) return;
  if (data === null) setSessionEnded(true);
  else if (data !== shown) beginAnew();
  else if (hasEnded) renewSession();
});

const renewals = new Set<() => void>();

/** The reader has signed in again, as the same person and on the same page. */
export function renewSession(): void {
  setSessionEnded(false);
  tabs?.postMessage(shown);
  for (const run of renewals) run();
}

/** Runs when what could not be sent can be sent again, until the returned function is called. */
export function onSessionRenewed(run: () => void): () => void {
  renewals.add(run);
  return () => renewals.delete(run);
}

const signedOut = new Set<string>(['not_signed_in', 'invalid_token', 'malformed_authorization']);

/** The call was refused because nobody is signed in; a wrong password is another matter. */
export const isSignedOut = (error: ApiError): boolean => error.status === 401 && signedOut.has(error.code);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSessionEnded = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => hasEnded,
    () => false,
  );
