import { useSyncExternalStore } from 'react';

export interface Overlay<K, V> {
  get(key: K): V | undefined;
  /** Null takes it away: the server's own word counts again. */
  set(key: K, value: V | null): void;
  use(): ReadonlyMap<K, V>;
}

/**
 * What the reader has changed and the server has not taken yet. It lies over every list that shows the thing, on
 * whichever page, so that nothing has to be put back into a list when the change is undone or refused.
 */
export function createOverlay<K, V>(): Overlay<K, V> {
  const none: ReadonlyMap<K, V> = new Map();
  let current = none;
  const listeners = new Set<() => void>();

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    get: (key) => current.get(key),
    set(key, value) {
      const next = new Map(current);
      if (value === null) next.delete(key);
      else next.set(key, value);
      current = next;
      for (const listener of listeners) listener();
    },
    use: () =>
      useSyncExternalStore(
        subscribe,
        () => current,
        () => none,
      ),
  };
}
