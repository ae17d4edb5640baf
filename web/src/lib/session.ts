/**
 * A session may end while its page is open: it expired, or was ended elsewhere. Nothing on the page is taken away then;
 * the shell offers to sign in again.
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

const renewals = new Set<() => void>();

/** The reader has signed in again, as the same person and on the same page. */
export function renewSession(): void {
  setSessionEnded(false);
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
