/** Accounts: who somebody is, how they sign in, and the proof that they study. */
import { defineModule } from '../../platform/module.ts';
import { closeAccount, sealMember } from './closing.ts';
import { createContext, presentContact, presentMember } from './context.ts';
import { jobHandlers, schedules } from './jobs.ts';
import { createProviders } from './providers.ts';
import { mountRoutes } from './routes.ts';
import { createUserStore } from './store.ts';
import { createSessionStore } from './store-sessions.ts';
import { subscribers } from './subscribers.ts';

export { createAdmin } from './admin.ts';
export { type DemoAccount, insertDemoAccounts } from './demo.ts';

export const accounts = defineModule({
  name: 'accounts',
  migrations: new URL('./migrations/', import.meta.url),
  mount(platform) {
    const context = createContext(platform);
    return {
      routes: mountRoutes(context, createProviders()),
      calls: {
        'accounts.getMember': async ({ user_id }) => {
          const account = await createUserStore(platform.db).find(user_id);
          return account ? presentMember(account) : null;
        },
        'accounts.sealMember': async ({ user_id }) => {
          await sealMember(context, user_id);
          return {};
        },
        'accounts.getContact': async ({ user_id }) => {
          const account = await createUserStore(platform.db).find(user_id);
          return account ? presentContact(account) : null;
        },
        'accounts.resolveSession': ({ token_hash }) => createSessionStore(platform.db).resolve(token_hash),
      },
      subscribers,
      jobs: jobHandlers(context),
      schedules,
      sagas: [closeAccount],
    };
  },
});
