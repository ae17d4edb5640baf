import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors.ts';

export const meKey = ['me'] as const;

/** One cache per page load. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What cannot be reached fails at once and says so, instead of waiting in silence and going out much later.
        networkMode: 'always',
        staleTime: 30_000,
        retry: (count, error) =>
          !import.meta.env.SSR && count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
        // The server may say when it can be asked again.
        retryDelay: (count, error) =>
          Math.max(1000 * 2 ** count, 1000 * ((error instanceof ApiError && error.retryAfter) || 0)),
        // On the server a failure is final and is shown; in the browser coming back to it tries again.
        retryOnMount: !import.meta.env.SSR,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
