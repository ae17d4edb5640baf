import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { useMe } from '../accounts/api.ts';

/** How much is unread in all conversations together. Every page of a member asks for it. */
export const unreadQuery = queryOptions({
  queryKey: ['conversations', 'unread'],
  queryFn: ({ signal }) => api('GET /conversations/unread', { signal }),
});

/** In how many conversations something is unread; 0 for visitors. */
export function useUnreadConversations(): number {
  const isMember = Boolean(useMe());
  const unread = useQuery({ ...unreadQuery, enabled: isMember }).data;
  return (isMember && unread?.conversations) || 0;
}
