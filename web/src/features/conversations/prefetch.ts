import type { QueryClient } from '@tanstack/react-query';
import { conversationQuery, conversationsQuery, threadQuery } from './api.ts';

/** On the server a page waits for what it shows; in the browser it begins with what is there. */
export function prefetchConversations(client: QueryClient, open: number | null): Promise<unknown> | undefined {
  const all = Promise.allSettled([
    client.prefetchInfiniteQuery(conversationsQuery),
    ...(open === null ? [] : [client.prefetchQuery(conversationQuery(open)), client.prefetchQuery(threadQuery(open))]),
  ]);
  return import.meta.env.SSR ? all : undefined;
}
