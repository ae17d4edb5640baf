import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

/** How much is unread in all conversations together. Every page of a member asks for it. */
export const unreadQuery = queryOptions({
  queryKey: ['conversations', 'unread'],
  queryFn: ({ signal }) => api('GET /conversations/unread', { signal }),
});
