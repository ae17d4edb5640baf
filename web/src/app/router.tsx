/** Every address of the web. A page's code is a chunk of its own; its data is asked for while the code loads. */
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, type RouterHistory, redirect } from '@tanstack/react-router';
import { NotFoundPage } from '../components/not-found-page.tsx';
import { meQuery } from '../features/accounts/api.ts';
import { receivedQuery, sentQuery, teamQuery } from '../features/collaborations/api.ts';
import { prefetchWork } from '../features/collaborations/work-views.ts';
import {
  fitsQuery,
  matchQuery,
  peopleSearchQuery,
  projectSearchQuery,
  recommendedProjectsQuery,
  trendingSkillsQuery,
} from '../features/discovery/api.ts';
import {
  myProfileQuery,
  overlapQuery,
  personMatchQuery,
  personProjectsQuery,
  personTeamsQuery,
  profileQuery,
} from '../features/profiles/api.ts';
import { prefetchStep, reachedStep } from '../features/profiles/onboarding-progress.ts';
import { liveProjectsQuery, myProjectsQuery, projectQuery, projectStatsQuery } from '../features/projects/api.ts';
import { draftQuery, draftsQuery } from '../lib/draft-queries.ts';
import { expectFocus } from '../lib/route-focus.ts';
import { accountRoutes } from './account-routes.ts';
import { adminTree } from './admin-routes.ts';
import { ErrorPage } from './error-page.tsx';
import { idParams, requireId, requireMember } from './guards.ts';
import { getParentRoute, ifMember, page, rootRoute, together } from './routing.tsx';
import {
  newProjectSearch,
  parseSearch,
  peopleFilters,
  projectFilters,
  projectSearch,
  stringifySearch,
  welcomeSearch,
  workSearch,
} from './search-params.ts';
import { settingsRoute, settingsRoutes } from './settings-routes.ts';
import { toldRoutes } from './told-routes.ts';

const homeRoute = createRoute({
  getParentRoute,
  path: '/',
  ...page('home-page', () => import('./home-page.tsx'), 'HomePage'),
  loader: ({ context: { queryClient } }) =>
    together(
      queryClient.prefetchQuery(liveProjectsQuery),
      queryClient.prefetchQuery(projectStatsQuery),
      queryClient.prefetchQuery(trendingSkillsQuery),
      ifMember(queryClient, () => [queryClient.prefetchQuery(recommendedProjectsQuery)]),
    ),
});

const welcomeRoute = createRoute({
  getParentRoute,
  path: '/welcome',
  validateSearch: welcomeSearch,
  beforeLoad: async (guarded) => {
    await requireMember(guarded);
    const { context, search } = guarded;
    // Every step has an address, so that the browser's way back finds it when its reader has moved on.
    if (!search.step)
      throw redirect({
        to: '/welcome',
        search: { ...search, step: await reachedStep(context.queryClient) },
        replace: true,
      });
  },
  loaderDeps: ({ search: { step } }) => ({ step }),
  loader: ({ context: { queryClient }, deps }) => together(prefetchStep(queryClient, deps.step)),
  ...page('onboarding-page', () => import('../features/profiles/onboarding-page.tsx'), 'OnboardingPage'),
});

const exploreRoute = createRoute({
  getParentRoute,
  path: '/explore',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/explore/projects', search });
  },
});

const exploreProjectsRoute = createRoute({
  getParentRoute,
  path: '/explore/projects',
  validateSearch: projectFilters,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => together(context.queryClient.prefetchInfiniteQuery(projectSearchQuery(deps))),
  ...page(
    'explore-projects-page',
    () => import('../features/discovery/explore-projects-page.tsx'),
    'ExploreProjectsPage',
  ),
});

const explorePeopleRoute = createRoute({
  getParentRoute,
  path: '/explore/people',
  validateSearch: peopleFilters,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => together(context.queryClient.prefetchInfiniteQuery(peopleSearchQuery(deps))),
  ...page('explore-people-page', () => import('../features/discovery/explore-people-page.tsx'), 'ExplorePeoplePage'),
});

const newProjectRoute = createRoute({
  getParentRoute,
  path: '/projects/new',
  validateSearch: newProjectSearch,
  beforeLoad: async (guarded) => {
    await requireMember(guarded);
    // A draft has its name in the address, so that a reload, a bookmark or another device finds it again.
    if (!guarded.search.draft) {
      const draft = Math.random().toString(36).slice(2, 10);
      throw redirect({ to: '/projects/new', search: { draft }, replace: true });
    }
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) =>
    Promise.all([
      queryClient.prefetchQuery(draftQuery(`project:new:${deps.draft}`)),
      together(queryClient.prefetchQuery(draftsQuery('project:new:')), queryClient.prefetchQuery(myProfileQuery)),
    ]),
  ...page('new-project-page', () => import('../features/projects/new-project-page.tsx'), 'NewProjectPage'),
});

/** Who asks for a seat, and how they fit: the list is in this order. */
async function prefetchAskers(queryClient: QueryClient, projectId: number): Promise<void> {
  const asking = await queryClient.fetchQuery(receivedQuery({ project_id: projectId, status: 'pending' }));
  const people = asking.map(({ sender_id }) => sender_id);
  if (people.length > 0) await queryClient.prefetchQuery(fitsQuery(projectId, people));
}

const projectRoute = createRoute({
  getParentRoute,
  path: '/projects/$id',
  params: idParams,
  validateSearch: projectSearch,
  beforeLoad: requireId,
  loader: ({ context: { queryClient }, params }) =>
    together(
      queryClient.prefetchQuery(projectQuery(params.id)),
      queryClient.prefetchQuery(teamQuery(params.id)),
      ifMember(queryClient, () => [
        queryClient.prefetchQuery(matchQuery(params.id)),
        queryClient.prefetchQuery(sentQuery({ project_id: params.id })),
        prefetchAskers(queryClient, params.id),
      ]),
    ),
  ...page('project-page', () => import('../features/projects/project-page.tsx'), 'ProjectPage'),
});

const editProjectRoute = createRoute({
  getParentRoute,
  path: '/projects/$id/edit',
  params: idParams,
  beforeLoad: async (guarded) => {
    requireId(guarded);
    await requireMember(guarded);
  },
  loader: ({ context: { queryClient }, params }) =>
    Promise.all([
      queryClient.prefetchQuery(draftQuery(`project:${params.id}`)),
      together(
        queryClient.prefetchQuery(projectQuery(params.id)),
        queryClient.prefetchQuery(sentQuery({ project_id: params.id })),
        queryClient.prefetchQuery(receivedQuery({ project_id: params.id, status: 'pending' })),
      ),
    ]),
  ...page('edit-project-page', () => import('../features/projects/edit-project-page.tsx'), 'EditProjectPage'),
});

const personRoute = createRoute({
  getParentRoute,
  path: '/people/$id',
  params: idParams,
  beforeLoad: requireId,
  loader: ({ context: { queryClient }, params: { id }, preload }) => {
    // A pointer passes over a page full of people: all that each of them is asked for would soon be too much.
    if (preload) return ifMember(queryClient, () => [queryClient.prefetchQuery(profileQuery(id))]);
    return together(
      queryClient.prefetchQuery(profileQuery(id)),
      queryClient.prefetchQuery(personProjectsQuery(id)),
      queryClient.prefetchQuery(personTeamsQuery(id)),
      queryClient.ensureQueryData(meQuery).then(async (me) => {
        if (!me || me.id === id) return;
        await Promise.all([
          queryClient.prefetchQuery(overlapQuery(id)),
          queryClient.prefetchQuery(personMatchQuery(id)),
          queryClient.prefetchQuery(myProjectsQuery),
          queryClient.prefetchQuery(sentQuery({ status: 'pending' })),
          queryClient.prefetchQuery(receivedQuery({ status: 'pending' })),
        ]);
      }),
    );
  },
  ...page('person-page', () => import('../features/profiles/person-page.tsx'), 'PersonPage'),
});

const workRoute = createRoute({
  getParentRoute,
  path: '/work',
  validateSearch: workSearch,
  beforeLoad: requireMember,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => together(...prefetchWork(queryClient, deps.show)),
  ...page('work-page', () => import('../features/collaborations/work-page.tsx'), 'WorkPage'),
});

/** For builders; the page itself is there only where the demo is. */
const galleryRoute = createRoute({
  getParentRoute,
  path: '/dev/components',
  ...page('gallery-page', () => import('./gallery/gallery-page.tsx'), 'GalleryPage'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  ...accountRoutes,
  welcomeRoute,
  exploreRoute,
  exploreProjectsRoute,
  explorePeopleRoute,
  newProjectRoute,
  projectRoute,
  editProjectRoute,
  personRoute,
  workRoute,
  ...toldRoutes,
  settingsRoute.addChildren(settingsRoutes),
  adminTree,
  galleryRoute,
]);

export type AppRouter = ReturnType<typeof createAppRouter>;

/** @param history of the browser unless another is given, as on the server */
export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    ...(history && { history }),
    isServer: import.meta.env.SSR,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    // On the server it would be an inline script, which the content security policy refuses.
    scrollRestoration: !import.meta.env.SSR,
    // Pages fade over; filters and steps within a page do not.
    defaultViewTransition: {
      types: ({ pathChanged, fromLocation }) => (pathChanged && fromLocation ? ['page'] : false),
    },
    defaultPreload: 'intent',
    // The query cache decides what is fresh; the router asks it every time.
    defaultPreloadStaleTime: 0,
    // The old page stays, under a progress line, until the new one can be shown; its parts have skeletons of their own.
    defaultPendingMs: Number.POSITIVE_INFINITY,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
  router.subscribe('onBeforeLoad', ({ pathChanged, fromLocation, toLocation }) => {
    if (pathChanged && fromLocation) expectFocus(toLocation.pathname);
  });
  router.subscribe('onBeforeRouteMount', ({ pathChanged, fromLocation }) => {
    // Nothing is being read now, so faces that were late for the first page may come: fonts.css.
    if (pathChanged && fromLocation) document.documentElement.dataset.turned = '';
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
  interface StaticDataRouteOption {
    page?: string;
  }
}
