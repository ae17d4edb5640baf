/** Conversations: a team's, and that of a request while it waits. */
import { defineModule } from '../../platform/module.ts';
import { eraseMember } from './erase.ts';
import { conversationRoutes } from './routes.ts';
import { createConversationStore } from './store.ts';
import { conversationSubscribers } from './subscribers.ts';

export { insertTeamConversationsInBulk } from './bulk.ts';

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
  }),
});
