/** What routes are made of. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../features/accounts/api.ts';
import { requestStatsQuery } from '../features/collaborations/api.ts';
import { unreadQuery as unreadMessagesQuery } from '../features/conversations/unread.ts';
import { unreadQuery } from '../features/notifications/unread.ts';
import { isServerThere, reportNoAnswer } from '../lib/connection.ts';
import { ApiError } from '../lib/errors.ts';
import { wantMessages } from '../lib/i18n.tsx';
import { partsOf } from '../messages/parts.ts';
import { Layout } from './layout.tsx';

/** A page whose code is a chunk of its own. `name` is that of its file, by which the server finds what to preload. */
export function page<M extends Record<K, () => ReactNode>, K extends keyof M & string>(
  name: string,
  load: () => Promise<M>,
  component: K,
) {
  const loadAll = () =>
    Promise.all([load(), wantMessages(partsOf(name))]).then(
      ([module]) => module,
      async (cause: unknown) => {
        // A chunk is gone when a newer version replaced it: the router then loads the page anew, once.
        if (import.meta.env.SSR || (await isServerThere())) throw cause;
        reportNoAnswer();
        throw new ApiError({ status: 0, code: 'network', params: {}, errors: [], requestId: null, retryAfter: null });
      },
    );
  return { component: lazyRouteComponent(loadAll, component), staticData: { page: name } };
}

/** On the server a page waits for its data, which then stands in the markup; in the browser the page comes first. */
export function together(...wanted: Promise<unknown>[]): Promise<unknown> | undefined {
  const all = Promise.allSettled(wanted);
  return import.meta.env.SSR ? all : undefined;
}

/** What only members can ask for. */
export async function ifMember(queryClient: QueryClient, want: () => Promise<unknown>[]): Promise<void> {
  if (await queryClient.ensureQueryData(meQuery)) await Promise.allSettled(want());
}

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Layout,
  loader: ({ context: { queryClient } }) =>
    together(
      ifMember(queryClient, () => [
        queryClient.prefetchQuery(requestStatsQuery),
        queryClient.prefetchQuery(unreadQuery),
        queryClient.prefetchQuery(unreadMessagesQuery),
      ]),
    ),
  staleTime: Number.POSITIVE_INFINITY,
});

export const getParentRoute = () => rootRoute;
