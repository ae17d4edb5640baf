/** What the shell can lay over any page: one at a time, its code loaded when it is first wanted. */
import { useSyncExternalStore } from 'react';

export type Overlay = 'palette' | 'shortcuts';

let open: Overlay | null = null;
const listeners = new Set<() => void>();

export function showOverlay(next: Overlay): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Closes one, unless another has taken its place: dialogs tell of their end a moment later. */
export function hideOverlay(which: Overlay): void {
  if (open !== which) return;
  open = null;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOverlay = (): Overlay | null =>
  useSyncExternalStore(
    subscribe,
    () => open,
    () => null,
  );
