import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors.ts';

export const meKey = ['me'] as const;

/** One cache per page load. A lost session shows itself as `me` turning null, whichever call noticed it. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== meKey[0]) {
          client.setQueryData(meKey, null);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) =>
          !import.meta.env.SSR && count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
        // On the server a failure is final and is shown; in the browser coming back to it tries again.
        retryOnMount: !import.meta.env.SSR,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
  return client;
}
