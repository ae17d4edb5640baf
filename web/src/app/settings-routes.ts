/** The settings, one page for each of their parts. */
import { createRoute } from '@tanstack/react-router';
import { sessionsQuery } from '../features/accounts/api.ts';
import { collegesQuery, majorsQuery, myProfileQuery, seenAsQuery, skillIdeasQuery } from '../features/profiles/api.ts';
import { requireMember } from './guards.ts';
import { keptQuery } from './my-data.ts';
import { getParentRoute, page, together } from './routing.tsx';

export const settingsRoute = createRoute({
  getParentRoute,
  path: '/settings',
  beforeLoad: requireMember,
  ...page('settings-layout', () => import('./settings-layout.tsx'), 'SettingsLayout'),
});

const settingsParent = () => settingsRoute;

export const settingsRoutes = [
  createRoute({
    getParentRoute: settingsParent,
    path: '/',
    ...page('settings-page', () => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/profile',
    loader: ({ context: { queryClient } }) =>
      Promise.all([
        queryClient.ensureQueryData(myProfileQuery),
        together(
          queryClient.prefetchQuery(collegesQuery),
          queryClient.prefetchQuery(majorsQuery),
          queryClient
            .ensureQueryData(myProfileQuery)
            .then((profile) => queryClient.prefetchQuery(skillIdeasQuery(profile?.major ?? ''))),
        ),
      ]),
    ...page(
      'settings-profile-page',
      () => import('../features/profiles/settings-profile-page.tsx'),
      'SettingsProfilePage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/availability',
    loader: ({ context }) => context.queryClient.ensureQueryData(myProfileQuery),
    ...page(
      'settings-availability-page',
      () => import('../features/profiles/settings-availability-page.tsx'),
      'SettingsAvailabilityPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/visibility',
    loader: ({ context: { queryClient } }) =>
      Promise.all([
        queryClient.ensureQueryData(myProfileQuery),
        together(queryClient.prefetchQuery(seenAsQuery('visitor'))),
      ]),
    ...page(
      'settings-visibility-page',
      () => import('../features/profiles/settings-visibility-page.tsx'),
      'SettingsVisibilityPage',
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
    path: '/notifications',
    loader: ({ context: { queryClient } }) =>
      together(
        import('../features/notifications/prefetch.ts').then(({ prefetchSettings }) => prefetchSettings(queryClient)),
      ),
    ...page(
      'settings-notifications-page',
      () => import('../features/notifications/settings-notifications-page.tsx'),
      'SettingsNotificationsPage',
    ),
  }),
  createRoute({
    getParentRoute: settingsParent,
    path: '/data',
    loader: ({ context }) => together(context.queryClient.prefetchQuery(keptQuery)),
    ...page('settings-data-page', () => import('./settings-data-page.tsx'), 'SettingsDataPage'),
  }),
] as const;
