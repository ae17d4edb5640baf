/** Short notices. They live outside React so that any mutation can speak. */
import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export const dismissToast = (id: number): void => publish(toasts.filter((toast) => toast.id !== id));

/** Shows a notice for some seconds; a failure stays longer, because it has to be read. */
export function showToast(text: string, tone: Toast['tone'] = 'plain'): void {
  const id = nextId++;
  publish([...toasts.slice(-2), { id, tone, text }]);
  setTimeout(() => dismissToast(id), tone === 'bad' ? 10_000 : 5_000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts);
