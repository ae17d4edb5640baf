/** Who is writing at this moment, by conversation; nobody longer than a few seconds after they last said so. */
import { useSyncExternalStore } from 'react';

const SHOWN_FOR = 6_000;
const nobody: readonly number[] = [];

let writers: ReadonlyMap<number, readonly number[]> = new Map();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function change(conversationId: number, next: readonly number[]): void {
  writers = new Map(writers).set(conversationId, next);
  for (const listener of listeners) listener();
}

export function hearTyping(conversationId: number, userId: number): void {
  const key = `${conversationId} ${userId}`;
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => endTyping(conversationId, userId), SHOWN_FOR),
  );
  const now = writers.get(conversationId) ?? nobody;
  if (!now.includes(userId)) change(conversationId, [...now, userId]);
}

/** What they wrote is there, or their time is over. */
export function endTyping(conversationId: number, userId: number): void {
  clearTimeout(timers.get(`${conversationId} ${userId}`));
  const now = writers.get(conversationId) ?? nobody;
  if (now.includes(userId))
    change(
      conversationId,
      now.filter((id) => id !== userId),
    );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTyping = (conversationId: number): readonly number[] =>
  useSyncExternalStore(
    subscribe,
    () => writers.get(conversationId) ?? nobody,
    () => nobody,
  );
