import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../../lib/api.ts';
import { inTab } from '../../lib/draft-places.ts';
import { keepMessage, refreshRow } from './api.ts';
import { createOutbox, type Outbox, type Unsent } from './outbox.ts';

/** One for each account that this page was of. */
const outboxes = new Map<number, Outbox>();
const none: readonly Unsent[] = [];

/** Wakes by itself only to try again; `live.ts` wakes it when a page, the network or the session is back. */
export function outboxOf(client: QueryClient, accountId: number): Outbox {
  const known = outboxes.get(accountId);
  if (known) return known;
  const outbox = createOutbox({
    send: ({ conversation_id, client_id, text }) =>
      api('POST /conversations/{id}/messages', {
        params: { id: conversation_id },
        body: { client_id, text },
        idempotencyKey: client_id,
      }),
    onSent(message) {
      keepMessage(client, message);
      void refreshRow(client, message.conversation_id);
    },
    store: inTab<Unsent[]>(`outbox ${accountId}`),
  });
  // The server renders pages of many; nothing of theirs stays behind.
  if (!import.meta.env.SSR) outboxes.set(accountId, outbox);
  return outbox;
}

/** Messages of mine that are on their way to a conversation. */
export function useOutbox(accountId: number, conversationId: number) {
  const outbox = outboxOf(useQueryClient(), accountId);
  const items = useSyncExternalStore(outbox.subscribe, outbox.getItems, () => none);
  return { outbox, unsent: items.filter(({ conversation_id }) => conversation_id === conversationId) };
}
