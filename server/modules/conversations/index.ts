/** Conversations: a team's, and that of a request while it waits. */
import { defineModule } from '../../platform/module.ts';
import { completeConversations } from './complete.ts';
import { eraseMember } from './erase.ts';
import { conversationRoutes } from './routes.ts';
import { createConversationStore } from './store.ts';
import { conversationSubscribers } from './subscribers.ts';

export { insertTeamConversationsInBulk } from './bulk.ts';
export { completeConversations } from './complete.ts';

export const conversations = defineModule({
  name: 'conversations',
  migrations: new URL('./migrations/', import.meta.url),
  mount: (platform) => ({
    routes: conversationRoutes(platform),
    calls: {
      'conversations.eraseMember': async ({ user_id }) => {
        await eraseMember(platform.db, user_id);
        return {};
      },
      'conversations.getMessage': ({ conversation_id, position, user_id }) =>
        createConversationStore(platform.db).findForReader(conversation_id, position, user_id),
    },
    subscribers: conversationSubscribers(platform),
    jobs: {
      'conversations.complete': async (_input, { signal }) => {
        await completeConversations(platform, signal);
      },
    },
    schedules: { 'conversations.complete': '37 3 * * *' },
  }),
});
