import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { useMe } from '../accounts/api.ts';

export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: async ({ signal }) => (await api('GET /notifications/unread-count', { signal })).count,
});

/** How many notifications the reader has not read, up to 10,000; 0 for visitors. */
export function useUnreadCount(): number {
  const isMember = Boolean(useMe());
  const count = useQuery({ ...unreadQuery, enabled: isMember }).data;
  return (isMember && count) || 0;
}
