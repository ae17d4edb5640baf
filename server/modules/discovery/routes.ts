/** HTTP of discovery. */
import { routes } from '@collabthon/contracts/discovery';
import { handleRoutes } from '../../platform/module.ts';
import type { Recommendations } from './recommend.ts';
import type { Search } from './search.ts';
import type { TrendingStore } from './store-trending.ts';

const TRENDING_DAYS = 7;
const TRENDING_LIMIT = 10;
const SKILL_DAYS = 30;
const SKILL_LIMIT = 20;

interface Parts {
  search: Search;
  recommendations: Recommendations;
  trending: TrendingStore;
}

export const routesOf = ({ search, recommendations, trending }: Parts) =>
  handleRoutes(routes, {
    'GET /search-advanced/projects': ({ query, principal }) => search.searchProjects(query, principal),
    'GET /search-advanced/search/projects': ({ query, principal }) => search.searchProjects(query, principal),
    'GET /search-advanced/profiles': ({ query, principal }) => search.searchProfiles(query, principal),
    'GET /search-advanced/search/profiles': ({ query, principal }) => search.searchProfiles(query, principal),
    'GET /search-advanced/trending-skills': ({ query }) =>
      trending.listSkills(query.days ?? SKILL_DAYS, query.limit ?? SKILL_LIMIT),
    'GET /search-advanced/recommendations/projects': ({ query, principal }) =>
      recommendations.projectsFor(principal, query.limit),
    'GET /search-advanced/recommendations/profiles': ({ query, principal }) =>
      query.project_id === undefined
        ? recommendations.profilesFor(principal, query.limit)
        : recommendations.profilesForProject(principal, query.project_id, query.limit),
    'POST /search-advanced/recommendations/preview': ({ body: { limit, ...sketch }, principal }) =>
      recommendations.profilesForSketch(principal, sketch, limit),
    'GET /projects/trending': async ({ query, principal }) => ({
      items: await trending.listProjects(principal, query.days ?? TRENDING_DAYS, query.limit ?? TRENDING_LIMIT),
    }),
    'GET /projects/{id}/match': ({ params, principal }) => recommendations.matchOf(params.id, principal),
    'GET /users/{id}/match': ({ params, query, principal }) =>
      recommendations.matchWith(params.id, principal, query.project_id),
    'GET /projects/{id}/fits': ({ params, query, principal }) =>
      recommendations.fitsOf(params.id, query.user_ids.split(',').map(Number), principal),
  });
