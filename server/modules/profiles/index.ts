/** Profiles: what a student can do, when they have time, and who may see it. */
import { defineModule } from '../../platform/module.ts';
import { profileCalls } from './calls.ts';
import { profileJobs } from './jobs.ts';
import { profileRoutes } from './routes.ts';
import { profileSubscribers } from './subscribers.ts';
import { createProfileUseCases } from './use-cases.ts';
import { createVocabularyUseCases } from './vocabulary.ts';

export { type DemoProfile, insertDemoProfiles } from './demo.ts';

export const profiles = defineModule({
  name: 'profiles',
  migrations: new URL('./migrations/', import.meta.url),
  mount(platform) {
    const useCases = createProfileUseCases(platform);
    const vocabulary = createVocabularyUseCases(platform, useCases);
    return {
      routes: profileRoutes(platform, useCases, vocabulary),
      calls: profileCalls(platform, useCases),
      subscribers: profileSubscribers(useCases),
      outdates: { 'profile.changed': ({ user_id }) => ['profiles', `profile/${user_id}`] },
      jobs: profileJobs(platform, useCases, vocabulary),
      schedules: { 'profiles.lapse_open_to': '17 * * * *' },
    };
  },
});
