/** HTTP of notifications: the contract's routes, one handler each. */
import { type Notification, routes } from '@collabthon/contracts/notifications';
import { encodeCursor, readPaging, toPage } from '../../platform/database/paging.ts';
import { acceptedLocale } from '../../platform/http/language.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { changePreferences, muteThread, readPreferences } from './preferences.ts';
import type { Push } from './push.ts';
import { createNotificationStore, latestKeys } from './store.ts';
import { createMemberStore } from './store-members.ts';
import type { NotificationRow } from './tables.ts';
import { readToken, unsubscribe } from './unsubscribe.ts';
import { deleteOne, markAllRead, markRead } from './use-cases.ts';
import { wordsOf } from './words.ts';

export function notificationRoutes(platform: Platform, push: Push) {
  const store = createNotificationStore(platform.db);
  const members = createMemberStore(platform.db);

  const read = async (userId: number, id: number, headers: Headers) =>
    present(await markRead(platform, userId, id), headers);

  return handleRoutes(routes, {
    'GET /notifications': async ({ principal, query, headers }) => {
      const paging = readPaging(query);
      const { rows, total } = await store.list(principal.user_id, query.unread_only ?? false, paging);
      return toPage({ rows, total, paging, keys: latestKeys, present: (row) => present(row, headers) });
    },

    'GET /notifications/unread-count': async ({ principal }) => {
      const count = await store.countUnread(principal.user_id);
      return { unread_count: count, count };
    },

    'PUT /notifications/{id}/read': ({ principal, params, headers }) => read(principal.user_id, params.id, headers),

    'PUT /notifications/{id}/mark-read': ({ principal, params, headers }) =>
      read(principal.user_id, params.id, headers),

    'PUT /notifications/mark-all-read': async ({ principal }) => ({
      updated: await markAllRead(platform, principal.user_id),
    }),

    'DELETE /notifications/{id}': ({ principal, params }) => deleteOne(platform, principal.user_id, params.id),

    'GET /notifications/mutes': async ({ principal, query }) => {
      const paging = readPaging(query);
      const found = await members.listMutes(principal.user_id, paging);
      const items = found.slice(0, paging.size);
      const last = items.at(-1);
      const isMore = last !== undefined && found.length > paging.size;
      return { items, next_cursor: isMore ? encodeCursor([Date.parse(last.muted_at), last.thread]) : null };
    },

    'PUT /notifications/mutes/{thread}': ({ principal, params }) =>
      muteThread(platform, principal.user_id, params.thread),

    'DELETE /notifications/mutes/{thread}': ({ principal, params }) => members.unmute(principal.user_id, params.thread),

    'GET /notifications/preferences': ({ principal }) => readPreferences(platform, principal.user_id),

    'PUT /notifications/preferences': ({ principal, body }) => changePreferences(platform, principal.user_id, body),

    'GET /notifications/push/key': async () => ({ public_key: (await push.vapid()).publicKey }),

    'PUT /notifications/push/subscription': ({ principal, body }) =>
      push.subscribe({ userId: principal.user_id, sessionId: principal.session_id }, body),

    'POST /notifications/push/unsubscribe': ({ principal, body }) => push.unsubscribe(principal.user_id, body.endpoint),

    'GET /notifications/unsubscribe/{token}': async ({ params }) => {
      readToken(platform.config, params.token);
      return { location: `${platform.config.http.publicUrl}/unsubscribe?token=${params.token}` };
    },

    'POST /notifications/unsubscribe/{token}': ({ params }) => unsubscribe(platform, params.token),
  });
}

type Headers = { 'accept-language'?: string | undefined };

function present(row: NotificationRow, headers: Headers): Notification {
  const { id, recipient_id, kind, topic, params, threads, created_at, read_at } = row;
  return {
    id,
    recipient_id,
    type: kind,
    topic,
    ...wordsOf(row, acceptedLocale(headers['accept-language'])),
    params,
    data: JSON.stringify(params),
    threads,
    is_read: read_at !== null,
    created_at,
    read_at,
  };
}
