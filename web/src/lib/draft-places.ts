/** Where a draft of mine lies: on the server under its key, and what it has not got yet in this tab under a name. */
import type { QueryClient } from '@tanstack/react-query';
import { api } from './api.ts';
import { meKey } from './query.ts';

/** Under what a tab holds what it has not sent of a draft of mine; null for a visitor. */
export function draftName(client: QueryClient, key: string): string | null {
  const me = client.getQueryData<{ id: number } | null>(meKey);
  return me ? `draft ${me.id} ${key}` : null;
}

/** Makes the server forget a draft, and this tab what it had not sent of it. */
export async function removeDraft(client: QueryClient, key: string): Promise<void> {
  await api('DELETE /drafts/{key}', { params: { key }, keepalive: true });
  inTab(draftName(client, key)).write(null);
}

/** A reload keeps it, another tab does not see it. Where storage is refused, nothing is kept. */
export function inTab<T>(name: string | null): { read(): T | null; write(value: T | null): void } {
  return {
    read() {
      try {
        return name === null ? null : (JSON.parse(sessionStorage.getItem(name) ?? 'null') as T | null);
      } catch {
        return null;
      }
    },
    write(value) {
      if (name === null) return;
      try {
        if (value === null) sessionStorage.removeItem(name);
        else sessionStorage.setItem(name, JSON.stringify(value));
      } catch {}
    },
  };
}
