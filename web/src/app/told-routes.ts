/** What others say to a member: conversations and notifications. */
import { createRoute, redirect } from '@tanstack/react-router';
import { idParams, requireId, requireMember } from './guards.ts';
import { getParentRoute, page, together } from './routing.tsx';
import { messagesSearch, notificationsSearch } from './search-params.ts';

/** Code and data of conversations come together, and with no other page. */
const withConversations = () => import('../features/conversations/prefetch.ts');

const messagesRoute = createRoute({
  getParentRoute,
  path: '/messages',
  validateSearch: messagesSearch,
  beforeLoad: async (guarded) => {
    await requireMember(guarded);
    const { request, team } = guarded.search;
    if (!request && !team) return;
    const id = await (await withConversations()).findConversation(guarded.context.queryClient, { request, team });
    if (id) throw redirect({ to: '/messages/$id', params: { id }, replace: true });
  },
  loader: async ({ context }) => (await withConversations()).prefetchConversations(context.queryClient, null),
  ...page('messages-page', () => import('../features/conversations/messages-page.tsx'), 'MessagesPage'),
});

const threadRoute = createRoute({
  getParentRoute,
  path: '/messages/$id',
  params: idParams,
  beforeLoad: async (guarded) => {
    requireId(guarded);
    await requireMember(guarded);
  },
  loader: async ({ context, params }) =>
    (await withConversations()).prefetchConversations(context.queryClient, params.id),
  ...page('messages-page', () => import('../features/conversations/messages-page.tsx'), 'ThreadPage'),
});

const notificationsRoute = createRoute({
  getParentRoute,
  path: '/notifications',
  validateSearch: notificationsSearch,
  beforeLoad: requireMember,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) =>
    together(
      // Not here by name: their code would weigh on every first page.
      import('../features/notifications/prefetch.ts').then(({ prefetchNotifications }) =>
        prefetchNotifications(queryClient, deps.show === 'unread'),
      ),
    ),
  ...page('notifications-page', () => import('../features/notifications/notifications-page.tsx'), 'NotificationsPage'),
});

export const toldRoutes = [messagesRoute, threadRoute, notificationsRoute] as const;
