import type { Notification } from '@collabthon/contracts/notifications';
import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Answer, api } from '../../lib/api.ts';
import { unreadQuery } from './unread.ts';

type Page = Answer<'GET /notifications'>;
type List = InfiniteData<Page, string>;

const pageSize = 20;

/** What concerns me, the latest first, page after page. It is read when it is opened, and not again under my eyes. */
export const notificationsQuery = (isUnreadOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', isUnreadOnly],
    queryFn: ({ pageParam, signal }) =>
      api('GET /notifications', {
        query: { cursor: pageParam || undefined, limit: pageSize, unread_only: isUnreadOnly || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    staleTime: 5_000,
    refetchOnWindowFocus: false,
  });

/** The newest, to tell of those that the list does not have. Asked for when the server says that something changed. */
export const latestQuery = queryOptions({
  queryKey: ['notifications', 'latest'],
  queryFn: async ({ signal }) => (await api('GET /notifications', { query: { limit: 50 }, signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Threads that I muted, the latest first. The first page is as far as menus look. */
export const mutesQuery = infiniteQueryOptions({
  queryKey: ['notifications', 'mutes'],
  queryFn: ({ pageParam, signal }) =>
    api('GET /notifications/mutes', { query: { cursor: pageParam || undefined, limit: 100 }, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

const listKey = ['notifications', 'list'];

/** Everything of all lists that is held here. */
export const heldNotifications = (client: QueryClient): Notification[] =>
  client
    .getQueriesData<List>({ queryKey: listKey })
    .flatMap(([, list]) => list?.pages.flatMap(({ items }) => items) ?? []);

/** Changes notifications wherever they are listed; null takes one out. */
export function patchNotifications(
  client: QueryClient,
  change: (notification: Notification) => Notification | null,
): void {
  const changed = (items: Notification[]) => items.map(change).filter((item) => item !== null);
  client.setQueryData(latestQuery.queryKey, (items) => items && changed(items));
  client.setQueriesData<List>(
    { queryKey: listKey },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: changed(page.items) })) },
  );
}

/** Puts new ones at the top of a list. What follows its pages stays the same: a cursor names a place, not a number. */
export function prependNotifications(client: QueryClient, isUnreadOnly: boolean, items: Notification[]): void {
  client.setQueryData(notificationsQuery(isUnreadOnly).queryKey, (list) => {
    const [first, ...rest] = list?.pages ?? [];
    return list && first && { ...list, pages: [{ ...first, items: [...items, ...first.items] }, ...rest] };
  });
}

export const markedRead = (notification: Notification, isRead = true): Notification => ({
  ...notification,
  is_read: isRead,
});

export const countUnread = (client: QueryClient, change: (count: number) => number): void =>
  void client.setQueryData(unreadQuery.queryKey, (count) => (count === undefined ? count : Math.max(0, change(count))));
