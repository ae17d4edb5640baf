/** What the pages of conversations ask for, and how what they know is brought up to date. */
import type { Conversation, Message } from '@collabthon/contracts/conversations';
import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Answer, api } from '../../lib/api.ts';
import { unreadQuery } from './unread.ts';

export const conversationsQuery = infiniteQueryOptions({
  queryKey: ['conversations', 'list'],
  queryFn: ({ pageParam, signal }) => api('GET /conversations', { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
});

export const conversationQuery = (id: number) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => api('GET /conversations/{id}', { params: { id }, signal }),
  });

/** The messages of a conversation that are here, in their order, without gaps. */
export interface Thread {
  items: Message[];
  /** Where older ones begin; null at the beginning of the conversation. */
  older: number | null;
}

export const threadQuery = (id: number) =>
  queryOptions({
    queryKey: ['thread', id],
    queryFn: async ({ client, signal }): Promise<Thread> => {
      const latest = await api('GET /conversations/{id}/messages', { params: { id }, signal });
      return merge(client.getQueryData(threadQuery(id).queryKey), latest);
    },
    staleTime: 5_000,
  });

/** What is known together with a page; where both have nothing in between unknown, else the page alone. */
export function merge(
  known: Thread | undefined,
  page: Pick<Answer<'GET /conversations/{id}/messages'>, 'items' | 'older'>,
): Thread {
  const [first] = known?.items ?? [];
  const last = known?.items.at(-1);
  const [next] = page.items;
  if (!known || !first || !last) return { items: page.items, older: page.older };
  if (!next) return known;
  if (next.position > last.position + 1) return { items: page.items, older: page.older };
  const byPosition = new Map([...known.items, ...page.items].map((message) => [message.position, message]));
  return {
    items: [...byPosition.values()].sort((one, other) => one.position - other.position),
    older: first.position <= next.position ? known.older : page.older,
  };
}

export function keepMessage(client: QueryClient, message: Message): void {
  client.setQueryData(threadQuery(message.conversation_id).queryKey, (known) => {
    const last = known?.items.at(-1)?.position ?? 0;
    // One that others come before is read with them.
    return known && message.position <= last + 1 ? merge(known, { items: [message], older: null }) : known;
  });
}

export async function readOlder(client: QueryClient, id: number, before: number): Promise<void> {
  const page = await api('GET /conversations/{id}/messages', { params: { id }, query: { before } });
  client.setQueryData(threadQuery(id).queryKey, (known) => {
    if (!known) return known;
    return { items: [...page.items, ...known.items.filter(({ position }) => position >= before)], older: page.older };
  });
}

/** Reads on from the last message that is here; those that come meanwhile too. */
export async function readNewer(client: QueryClient, id: number): Promise<void> {
  const { queryKey } = threadQuery(id);
  for (;;) {
    const known = client.getQueryData(queryKey);
    if (!known) return;
    const after = known.items.at(-1)?.position ?? 0;
    const page = await api('GET /conversations/{id}/messages', { params: { id }, query: { after } });
    client.setQueryData(queryKey, (now) => merge(now, { items: page.items, older: null }));
    if (page.newer === null) return;
  }
}

/** Asks for one message again: it was edited or deleted. */
export async function readAgain(client: QueryClient, id: number, position: number): Promise<void> {
  const query = { after: position - 1, limit: 1 };
  const { items } = await api('GET /conversations/{id}/messages', { params: { id }, query });
  for (const message of items) keepMessage(client, message);
}

/** A conversation as it is now, in its place of the list: rows do not change places while somebody looks at them. */
export async function refreshRow(client: QueryClient, id: number): Promise<void> {
  void client.invalidateQueries(unreadQuery);
  const { queryKey } = conversationsQuery;
  if (!client.getQueryData(queryKey)) return;
  const now = await api('GET /conversations/{id}', { params: { id } });
  client.setQueryData(conversationQuery(id).queryKey, now);
  putRow(client, now);
}

function putRow(client: QueryClient, now: Conversation): void {
  const { queryKey } = conversationsQuery;
  const isListed = client.getQueryData(queryKey)?.pages.some(({ items }) => items.some(({ id }) => id === now.id));
  if (!isListed) return void client.invalidateQueries({ queryKey });
  client.setQueryData(queryKey, (list) => list && mapRows(list, (row) => (row.id === now.id ? now : row)));
}

type List = InfiniteData<Answer<'GET /conversations'>>;

const mapRows = (list: List, change: (row: Conversation) => Conversation): List => ({
  ...list,
  pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })),
});

/** What I have read, here or in another place: at once on this page. */
export function applyRead(client: QueryClient, id: number, position: number): void {
  const forward = (row: Conversation): Conversation =>
    row.id === id && row.read_position < position
      ? { ...row, read_position: position, unread_count: position >= row.last_position ? 0 : row.unread_count }
      : row;
  client.setQueryData(conversationQuery(id).queryKey, (now) => now && forward(now));
  client.setQueryData(conversationsQuery.queryKey, (list) => list && mapRows(list, forward));
}

/** Moves my mark forward: at once here, and on the server. */
export async function markRead(client: QueryClient, id: number, position: number): Promise<void> {
  applyRead(client, id, position);
  await api('PUT /conversations/{id}/read', { params: { id }, body: { position }, keepalive: true });
  void client.invalidateQueries(unreadQuery);
}
