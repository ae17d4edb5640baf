/** Every address of the web. A page's code is a chunk of its own; its data is asked for while the code loads. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { NotFoundPage } from '../components/not-found-page.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';
import { meQuery } from '../features/accounts/api.ts';
import { receivedQuery, sentQuery, teamQuery, teamsQuery } from '../features/collaborations/api.ts';
import { matchQuery, peopleSearchQuery, projectSearchQuery } from '../features/discovery/api.ts';
import { myProfileQuery, profileQuery } from '../features/profiles/api.ts';
import { liveProjectsQuery, myProjectsQuery, projectQuery, projectStatsQuery } from '../features/projects/api.ts';
import { expectFocus } from '../lib/route-focus.ts';
import { ErrorPage } from './error-page.tsx';
import { idParams, requireAdmin, requireId, requireMember } from './guards.ts';
import { Layout } from './layout.tsx';
import {
  nextSearch,
  parseSearch,
  peopleFilters,
  projectFilters,
  signInSearch,
  stringifySearch,
  tokenSearch,
  welcomeSearch,
} from './search-params.ts';

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Layout,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(meQuery);
  },
  staleTime: Number.POSITIVE_INFINITY,
});

const getParentRoute = () => rootRoute;

const homeRoute = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(liveProjectsQuery);
    void queryClient.prefetchQuery(projectStatsQuery);
  },
});

const signUpRoute = createRoute({
  getParentRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import('../features/accounts/sign-up-page.tsx'), 'SignUpPage'),
});

const signInRoute = createRoute({
  getParentRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../features/accounts/sign-in-page.tsx'), 'SignInPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../features/accounts/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

const resetPasswordRoute = createRoute({
  getParentRoute,
  path: '/reset-password',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../features/accounts/reset-password-page.tsx'), 'ResetPasswordPage'),
});

const verifyEmailRoute = createRoute({
  getParentRoute,
  path: '/verify-email',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../features/accounts/verify-email-page.tsx'), 'VerifyEmailPage'),
});

const welcomeRoute = createRoute({
  getParentRoute,
  path: '/welcome',
  validateSearch: welcomeSearch,
  beforeLoad: requireMember,
  loader: ({ context }) => context.queryClient.ensureQueryData(myProfileQuery),
  component: lazyRouteComponent(() => import('../features/profiles/onboarding-page.tsx'), 'OnboardingPage'),
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
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(projectSearchQuery(deps));
  },
  component: lazyRouteComponent(() => import('../features/discovery/explore-projects-page.tsx'), 'ExploreProjectsPage'),
});

const explorePeopleRoute = createRoute({
  getParentRoute,
  path: '/explore/people',
  validateSearch: peopleFilters,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(peopleSearchQuery(deps));
  },
  component: lazyRouteComponent(() => import('../features/discovery/explore-people-page.tsx'), 'ExplorePeoplePage'),
});

const newProjectRoute = createRoute({
  getParentRoute,
  path: '/projects/new',
  beforeLoad: requireMember,
  component: lazyRouteComponent(() => import('../features/projects/new-project-page.tsx'), 'NewProjectPage'),
});

const projectRoute = createRoute({
  getParentRoute,
  path: '/projects/$id',
  params: idParams,
  beforeLoad: requireId,
  loader: ({ context: { queryClient }, params }) => {
    void queryClient.prefetchQuery(projectQuery(params.id));
    void queryClient.prefetchQuery(teamQuery(params.id));
    void queryClient.ensureQueryData(meQuery).then(
      (me) => {
        if (me) return queryClient.prefetchQuery(matchQuery(params.id));
      },
      () => undefined,
    );
  },
  component: lazyRouteComponent(() => import('../features/projects/project-page.tsx'), 'ProjectPage'),
});

const editProjectRoute = createRoute({
  getParentRoute,
  path: '/projects/$id/edit',
  params: idParams,
  beforeLoad: async (guarded) => {
    requireId(guarded);
    await requireMember(guarded);
  },
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(projectQuery(params.id));
  },
  component: lazyRouteComponent(() => import('../features/projects/edit-project-page.tsx'), 'EditProjectPage'),
});

const personRoute = createRoute({
  getParentRoute,
  path: '/people/$id',
  params: idParams,
  beforeLoad: requireId,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(profileQuery(params.id));
  },
  component: lazyRouteComponent(() => import('../features/profiles/person-page.tsx'), 'PersonPage'),
});

const workRoute = createRoute({
  getParentRoute,
  path: '/work',
  beforeLoad: requireMember,
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(receivedQuery({ status: 'pending' }));
    void queryClient.prefetchQuery(sentQuery());
    void queryClient.prefetchQuery(teamsQuery);
    void queryClient.prefetchQuery(myProjectsQuery);
  },
  component: lazyRouteComponent(() => import('../features/collaborations/work-page.tsx'), 'WorkPage'),
});

const settingsRoute = createRoute({
  getParentRoute,
  path: '/settings',
  beforeLoad: requireMember,
  component: lazyRouteComponent(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});

const settingsParent = () => settingsRoute;

const settingsRoutes = [
  createRoute({
    getParentRoute: settingsParent,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/settings/profile' });
    },
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/profile',
    loader: ({ context }) => context.queryClient.ensureQueryData(myProfileQuery),
    component: lazyRouteComponent(
      () => import('../features/profiles/settings-profile-page.tsx'),
      'SettingsProfilePage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/account',
    component: lazyRouteComponent(
      () => import('../features/accounts/settings-account-page.tsx'),
      'SettingsAccountPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/security',
    component: lazyRouteComponent(
      () => import('../features/accounts/settings-security-page.tsx'),
      'SettingsSecurityPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/college',
    component: lazyRouteComponent(
      () => import('../features/accounts/settings-college-page.tsx'),
      'SettingsCollegePage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/appearance',
    component: lazyRouteComponent(() => import('./settings-appearance-page.tsx'), 'SettingsAppearancePage'),
  }),
] as const;

const adminRoute = createRoute({
  getParentRoute,
  path: '/admin',
  beforeLoad: requireAdmin,
  component: lazyRouteComponent(() => import('./admin-page.tsx'), 'AdminPage'),
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
]);

export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
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
    router: ReturnType<typeof createAppRouter>;
  }
}
