/** Every address of the web. A page's code is a chunk of its own; its data is asked for while the code loads. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NotFoundPage } from '../components/not-found-page.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';
import { meQuery, providersQuery, sessionsQuery } from '../features/accounts/api.ts';
import { receivedQuery, requestStatsQuery, sentQuery, teamQuery } from '../features/collaborations/api.ts';
import { prefetchWork } from '../features/collaborations/work-views.ts';
import {
  matchQuery,
  peopleSearchQuery,
  projectSearchQuery,
  recommendedProjectsQuery,
  trendingSkillsQuery,
} from '../features/discovery/api.ts';
import { myProfileQuery, profileQuery } from '../features/profiles/api.ts';
import { liveProjectsQuery, projectQuery, projectStatsQuery } from '../features/projects/api.ts';
import { wantPageMessages } from '../lib/i18n.tsx';
import { expectFocus } from '../lib/route-focus.ts';
import { ErrorPage } from './error-page.tsx';
import { idParams, requireAdmin, requireId, requireMember, requireVisitor } from './guards.ts';
import { Layout } from './layout.tsx';
import { keptQuery } from './my-data.ts';
import {
  newProjectSearch,
  nextSearch,
  parseSearch,
  peopleFilters,
  projectFilters,
  projectSearch,
  signInSearch,
  stringifySearch,
  tokenSearch,
  welcomeSearch,
  workSearch,
} from './search-params.ts';

/** A page whose code is a chunk of its own. `name` is that of its file, by which the server finds what to preload. */
function page<M extends Record<K, () => ReactNode>, K extends keyof M & string>(
  name: string,
  load: () => Promise<M>,
  component: K,
) {
  // The home makes do with the words of the shell.
  const loadAll = async () => (await Promise.all([load(), name === 'home-page' ? null : wantPageMessages()]))[0];
  return { component: lazyRouteComponent(loadAll, component), staticData: { page: name } };
}

/** On the server a page waits for its data, which then stands in the markup; in the browser the page comes first. */
function together(...wanted: Promise<unknown>[]): Promise<unknown> | undefined {
  const all = Promise.allSettled(wanted);
  return import.meta.env.SSR ? all : undefined;
}

async function ifMember(queryClient: QueryClient, want: () => Promise<unknown>[]): Promise<void> {
  if (await queryClient.ensureQueryData(meQuery)) await Promise.allSettled(want());
}

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Layout,
  loader: ({ context: { queryClient } }) =>
    together(ifMember(queryClient, () => [queryClient.prefetchQuery(requestStatsQuery)])),
  staleTime: Number.POSITIVE_INFINITY,
});

const getParentRoute = () => rootRoute;

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

const signUpRoute = createRoute({
  getParentRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  beforeLoad: requireVisitor,
  loader: ({ context }) => together(context.queryClient.prefetchQuery(providersQuery)),
  ...page('sign-up-page', () => import('../features/accounts/sign-up-page.tsx'), 'SignUpPage'),
});

const signInRoute = createRoute({
  getParentRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: requireVisitor,
  loader: ({ context }) => together(context.queryClient.prefetchQuery(providersQuery)),
  ...page('sign-in-page', () => import('../features/accounts/sign-in-page.tsx'), 'SignInPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute,
  path: '/forgot-password',
  ...page('forgot-password-page', () => import('../features/accounts/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

const resetPasswordRoute = createRoute({
  getParentRoute,
  path: '/reset-password',
  validateSearch: tokenSearch,
  ...page('reset-password-page', () => import('../features/accounts/reset-password-page.tsx'), 'ResetPasswordPage'),
});

const verifyEmailRoute = createRoute({
  getParentRoute,
  path: '/verify-email',
  validateSearch: tokenSearch,
  ...page('verify-email-page', () => import('../features/accounts/verify-email-page.tsx'), 'VerifyEmailPage'),
});

const welcomeRoute = createRoute({
  getParentRoute,
  path: '/welcome',
  validateSearch: welcomeSearch,
  beforeLoad: requireMember,
  loader: ({ context }) => context.queryClient.ensureQueryData(myProfileQuery),
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
  ...page('new-project-page', () => import('../features/projects/new-project-page.tsx'), 'NewProjectPage'),
});

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
        queryClient.prefetchQuery(receivedQuery({ project_id: params.id, status: 'pending' })),
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
  loader: ({ context, params }) => together(context.queryClient.prefetchQuery(projectQuery(params.id))),
  ...page('edit-project-page', () => import('../features/projects/edit-project-page.tsx'), 'EditProjectPage'),
});

const personRoute = createRoute({
  getParentRoute,
  path: '/people/$id',
  params: idParams,
  beforeLoad: requireId,
  loader: ({ context, params }) => together(context.queryClient.prefetchQuery(profileQuery(params.id))),
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

const settingsRoute = createRoute({
  getParentRoute,
  path: '/settings',
  beforeLoad: requireMember,
  ...page('settings-layout', () => import('./settings-layout.tsx'), 'SettingsLayout'),
});

const settingsParent = () => settingsRoute;

const settingsRoutes = [
  createRoute({
    getParentRoute: settingsParent,
    path: '/',
    ...page('settings-page', () => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/profile',
    loader: ({ context }) => context.queryClient.ensureQueryData(myProfileQuery),
    ...page(
      'settings-profile-page',
      () => import('../features/profiles/settings-profile-page.tsx'),
      'SettingsProfilePage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/account',
    ...page(
      'settings-account-page',
      () => import('../features/accounts/settings-account-page.tsx'),
      'SettingsAccountPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/security',
    loader: ({ context }) => together(context.queryClient.prefetchQuery(sessionsQuery)),
    ...page(
      'settings-security-page',
      () => import('../features/accounts/settings-security-page.tsx'),
      'SettingsSecurityPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/college',
    ...page(
      'settings-college-page',
      () => import('../features/accounts/settings-college-page.tsx'),
      'SettingsCollegePage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/appearance',
    ...page('settings-appearance-page', () => import('./settings-appearance-page.tsx'), 'SettingsAppearancePage'),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/data',
    loader: ({ context }) => together(context.queryClient.prefetchQuery(keptQuery)),
    ...page('settings-data-page', () => import('./settings-data-page.tsx'), 'SettingsDataPage'),
  }),
] as const;

const adminRoute = createRoute({
  getParentRoute,
  path: '/admin',
  beforeLoad: requireAdmin,
  ...page('admin-page', () => import('./admin-page.tsx'), 'AdminPage'),
});

/** For builders; the page itself is there only where the demo is. */
const galleryRoute = createRoute({
  getParentRoute,
  path: '/dev/components',
  ...page('gallery-page', () => import('./gallery/gallery-page.tsx'), 'GalleryPage'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signUpRoute,
  signInRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  welcomeRoute,
  exploreRoute,
  exploreProjectsRoute,
  explorePeopleRoute,
  newProjectRoute,
  projectRoute,
  editProjectRoute,
  personRoute,
  workRoute,
  settingsRoute.addChildren(settingsRoutes),
  adminRoute,
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
    defaultViewTransition: { types: ({ pathChanged }) => (pathChanged ? ['page'] : false) },
    defaultPreload: 'intent',
    // The query cache decides what is fresh; the router asks it every time.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
  router.subscribe('onBeforeLoad', ({ pathChanged, fromLocation, toLocation }) => {
    if (pathChanged && fromLocation) expectFocus(toLocation.pathname);
  });
  return router;
}

function PendingPage() {
  return (
    <div className="mx-auto w-full max-w-6xl px-5 pt-8 sm:px-8 sm:pt-12">
      <PageSkeleton />
    </div>
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
  interface StaticDataRouteOption {
    page?: string;
  }
}
