/** What changes on the page when the server tells of notifications. */
import type { QueryClient } from '@tanstack/react-query';
import { unreadQuery } from './unread.ts';

/**
 * The count follows at once, and so does the look for new ones; the list itself only when it is next opened or asked
 * for them, so that nothing is moved under the reader's eyes.
 */
export function refreshNotifications(client: QueryClient): void {
  refreshUnread(client);
  void client.invalidateQueries({ queryKey: ['notifications', 'latest'] });
  void client.invalidateQueries({ queryKey: ['notifications', 'list'], refetchType: 'none' });
}

const refreshUnread = (client: QueryClient) => void client.invalidateQueries(unreadQuery);
