import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { requestQuery } from '../collaborations/api.ts';
import { conversationQuery, conversationsQuery, threadQuery } from './api.ts';

/** On the server a page waits for what it shows; in the browser it begins with what is there. */
export function prefetchConversations(client: QueryClient, open: number | null): Promise<unknown> | undefined {
  const all = Promise.allSettled([
    client.prefetchInfiniteQuery(conversationsQuery),
    ...(open === null ? [] : [prefetchConversation(client, open), client.prefetchQuery(threadQuery(open))]),
  ]);
  return import.meta.env.SSR ? all : undefined;
}

/** With the request that it belongs to. */
async function prefetchConversation(client: QueryClient, id: number): Promise<void> {
  const { request_id } = await client.fetchQuery(conversationQuery(id));
  if (request_id !== null) await client.prefetchQuery(requestQuery(request_id));
}

/** The conversation of a request, or of a project's team, if the reader is in it. */
export async function findConversation(
  client: QueryClient,
  { request, team }: { request?: number | undefined; team?: number | undefined },
): Promise<number | undefined> {
  const query = { request_id: request, team_of: team, limit: 1 };
  const { items } = await client.fetchQuery({
    queryKey: ['conversations', 'of', request, team],
    queryFn: ({ signal }) => api('GET /conversations', { query, signal }),
  });
  return items[0]?.id;
}
