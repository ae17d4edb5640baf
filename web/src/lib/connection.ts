/**
 * Whether Collabthon can be reached. The browser knows of its own network only; that the server is gone shows in calls
 * without an answer. Then we knock until it opens.
 */
import { useSyncExternalStore } from 'react';

export type Connection = 'there' | 'offline' | 'unreachable';

/** Milliseconds between two knocks: soon at first, and never so often that a server coming back is overrun. */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000];

let state: Connection = 'there';
let isKnocking = false;
const listeners = new Set<() => void>();

function turn(next: Connection): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Called when a call got no answer. */
export function reportNoAnswer(): void {
  if (import.meta.env.SSR) return;
  turn(navigator.onLine ? 'unreachable' : 'offline');
  void knock();
}

/** True when the server answers, in whatever mood. */
export async function isServerThere(): Promise<boolean> {
  try {
    const { status } = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    return status < 500;
  } catch {
    return false;
  }
}

async function knock(): Promise<void> {
  if (isKnocking) return;
  isKnocking = true;
  for (let turns = 0; state !== 'there'; turns++) {
    const pause = pauses[Math.min(turns, pauses.length - 1)] ?? 0;
    // Phones share cells and campuses share walls: not all of them knock in the same moment.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
    if (!navigator.onLine) turn('offline');
    else turn((await isServerThere()) ? 'there' : 'unreachable');
  }
  isKnocking = false;
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('offline', reportNoAnswer);
    addEventListener('online', checkConnection);
    if (!navigator.onLine) reportNoAnswer();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener('offline', reportNoAnswer);
    removeEventListener('online', checkConnection);
  };
}

/** Looks at once instead of after the next pause. */
export async function checkConnection(): Promise<void> {
  turn((await isServerThere()) ? 'there' : 'unreachable');
}

export const useConnection = (): Connection =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => 'there',
  );
