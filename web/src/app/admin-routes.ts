/** The administration. It does not exist for anybody but admins. */
import { createRoute } from '@tanstack/react-router';
import {
  adminStatsQuery,
  adminUserQuery,
  adminUsersQuery,
  auditQuery,
  collegeDomainsQuery,
} from '../features/accounts/api.ts';
import { vocabularyQuery } from '../features/profiles/admin-skills-api.ts';
import { adminProjectsQuery } from '../features/projects/api.ts';
import { idParams, requireAdmin, requireId } from './guards.ts';
import { getParentRoute, page, together } from './routing.tsx';
import { adminProjectFilters, adminUserFilters, jobsSearch, sagasSearch, vocabularyFilters } from './search-params.ts';

const adminRoute = createRoute({
  getParentRoute,
  path: '/admin',
  beforeLoad: requireAdmin,
  ...page('admin-layout', () => import('./admin-layout.tsx'), 'AdminLayout'),
});

const adminParent = () => adminRoute;

/** Not imported by name: it would weigh on every first page. */
const withOperations = () => import('../features/operations/api.ts');

const adminRoutes = [
  createRoute({
    getParentRoute: adminParent,
    path: '/',
    loader: ({ context: { queryClient } }) =>
      together(queryClient.prefetchQuery(adminStatsQuery), queryClient.prefetchInfiniteQuery(auditQuery())),
    ...page('admin-page', () => import('./admin-page.tsx'), 'AdminPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/users',
    validateSearch: adminUserFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => together(context.queryClient.prefetchInfiniteQuery(adminUsersQuery(deps))),
    ...page('admin-users-page', () => import('../features/accounts/admin-users-page.tsx'), 'AdminUsersPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/users/$id',
    params: idParams,
    beforeLoad: requireId,
    loader: ({ context: { queryClient }, params: { id } }) =>
      together(
        queryClient.prefetchQuery(adminUserQuery(id)),
        queryClient.prefetchInfiniteQuery(auditQuery(`user/${id}`)),
      ),
    ...page('admin-user-page', () => import('../features/accounts/admin-user-page.tsx'), 'AdminUserPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/projects',
    validateSearch: adminProjectFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => together(context.queryClient.prefetchInfiniteQuery(adminProjectsQuery(deps))),
    ...page('admin-projects-page', () => import('../features/projects/admin-projects-page.tsx'), 'AdminProjectsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/skills',
    validateSearch: vocabularyFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => together(context.queryClient.prefetchInfiniteQuery(vocabularyQuery(deps))),
    ...page('admin-skills-page', () => import('../features/profiles/admin-skills-page.tsx'), 'AdminSkillsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/domains',
    loader: ({ context }) => together(context.queryClient.prefetchQuery(collegeDomainsQuery)),
    ...page('admin-domains-page', () => import('../features/accounts/admin-domains-page.tsx'), 'AdminDomainsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/jobs',
    validateSearch: jobsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) =>
      together(withOperations().then(({ prefetchJobs }) => prefetchJobs(context.queryClient, deps.queue))),
    ...page('admin-jobs-page', () => import('../features/operations/admin-jobs-page.tsx'), 'AdminJobsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/sagas',
    validateSearch: sagasSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) =>
      together(withOperations().then(({ prefetchSagas }) => prefetchSagas(context.queryClient, deps.state))),
    ...page('admin-sagas-page', () => import('../features/operations/admin-sagas-page.tsx'), 'AdminSagasPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/log',
    loader: ({ context }) => together(context.queryClient.prefetchInfiniteQuery(auditQuery())),
    ...page('admin-log-page', () => import('../features/accounts/admin-log-page.tsx'), 'AdminLogPage'),
  }),
] as const;

export const adminTree = adminRoute.addChildren(adminRoutes);
