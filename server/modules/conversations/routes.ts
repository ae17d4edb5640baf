/** HTTP of conversations: the contract's routes, one handler each. */
import { routes } from '@collabthon/contracts/conversations';
import { notFound } from '../../platform/http/problems.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { assertOpen, deleteMessage, editMessage, sendMessage } from './messages.ts';
import { getConversation, listConversations, listMessages, markRead } from './reading.ts';
import { createConversationStore } from './store.ts';
import { createConversationReads } from './store-read.ts';
import { createWriteLimit, noWriteLimit } from './write-limit.ts';

export function conversationRoutes(platform: Platform) {
  const writing = platform.config.http.rateLimits ? createWriteLimit(platform.db) : noWriteLimit;

  return handleRoutes(routes, {
    'GET /conversations': ({ principal, query }) => listConversations(platform, principal, query),

    'GET /conversations/unread': ({ principal }) => createConversationReads(platform.db).unreadOf(principal.user_id),

    'GET /conversations/{id}': ({ principal, params }) => getConversation(platform, principal, params.id),

    'GET /conversations/{id}/messages': ({ principal, params, query }) =>
      listMessages(platform, principal, params.id, query),

    'POST /conversations/{id}/messages': async ({ principal, params, body, keep }) => {
      await writing.take(principal.user_id);
      return sendMessage(platform, principal, { conversation_id: params.id, ...body }, keep);
    },

    'PUT /conversations/{id}/messages/{message_id}': async ({ principal, params, body }) => {
      await writing.take(principal.user_id);
      return editMessage(platform, principal, { conversation_id: params.id, message_id: params.message_id }, body.text);
    },

    'DELETE /conversations/{id}/messages/{message_id}': async ({ principal, params }) => {
      await writing.take(principal.user_id);
      await deleteMessage(platform, principal, { conversation_id: params.id, message_id: params.message_id });
    },

    'PUT /conversations/{id}/read': async ({ principal, params, body }) => {
      await markRead(platform, principal, params.id, body.position);
    },

    'POST /conversations/{id}/typing': async ({ principal, params }) => {
      const store = createConversationStore(platform.db);
      const conversation = await store.getFor(principal.user_id, params.id);
      if (!conversation) throw notFound('conversation');
      assertOpen(conversation);
      const others = (await store.memberIds(conversation.id)).filter((id) => id !== principal.user_id);
      platform.realtime.whisper(others, 'conversation.typing', {
        conversation_id: conversation.id,
        user_id: principal.user_id,
      });
    },
  });
}
