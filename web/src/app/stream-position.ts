import { queryOptions } from '@tanstack/react-query';
import { api } from '../lib/api.ts';

/**
 * How far the member's entries had come before anything of the page was read: asked for by the server that renders it,
 * used once by the page's stream.
 */
export const streamPositionQuery = queryOptions({
  queryKey: ['stream', 'position'],
  queryFn: ({ signal }) => api('GET /stream/position', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
