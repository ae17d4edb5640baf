/** Discovery: search, trends and matches, on documents of its own that follow projects and people. */
import { defineModule } from '../../platform/module.ts';
import { eraseMember } from './erase.ts';
import { createIndexing } from './indexing.ts';
import { createRecommendations } from './recommend.ts';
import { routesOf } from './routes.ts';
import { createSearch } from './search.ts';
import { createCandidateStore } from './store-candidates.ts';
import { createIndexStore } from './store-index.ts';
import { listPublic } from './store-public.ts';
import { createSearchStore } from './store-search.ts';
import { createTrendingStore } from './store-trending.ts';
import { subscribersOf } from './subscribers.ts';
import { createVocabulary } from './vocabulary.ts';

export { rebuildIndex } from './rebuild.ts';

export const discovery = defineModule({
  name: 'discovery',
  migrations: new URL('./migrations/', import.meta.url),
  mount: ({ db, reader, cache, calls, jobs }) => {
    const indexing = createIndexing({ jobs, calls }, createIndexStore(db, cache));
    const recommendations = createRecommendations({ store: createCandidateStore(reader), calls });
    const vocabulary = createVocabulary(reader, calls);
    return {
      routes: routesOf({
        search: createSearch({ store: createSearchStore(reader), vocabulary, calls, recommendations }),
        recommendations,
        trending: createTrendingStore(reader),
      }),
      calls: {
        'discovery.eraseMember': async ({ user_id }) => {
          await eraseMember(db, indexing, user_id);
          return {};
        },
        'discovery.listPublicProjects': ({ after_id, limit }) => listPublic(db, 'project', after_id, limit),
        'discovery.listPublicPeople': ({ after_id, limit }) => listPublic(db, 'profile', after_id, limit),
      },
      subscribers: subscribersOf(jobs, cache),
      jobs: {
        'discovery.index_project': ({ project_id }) => indexing.indexProject(project_id),
        'discovery.index_profile': ({ user_id }) => indexing.indexProfile(user_id),
      },
    };
  },
});
