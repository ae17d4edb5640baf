/** The administration. It does not exist for anybody but admins. */
import { createRoute } from '@tanstack/react-router';
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

type Data = typeof import('./admin-data.ts');

/** What a page is about, asked for while its code loads. */
const withData = (ask: (data: Data) => Promise<unknown>) => together(import('./admin-data.ts').then(ask));

const adminRoutes = [
  createRoute({
    getParentRoute: adminParent,
    path: '/',
    loader: ({ context }) => withData(({ overview }) => overview(context.queryClient)),
    ...page('admin-page', () => import('./admin-page.tsx'), 'AdminPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/users',
    validateSearch: adminUserFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => withData(({ users }) => users(context.queryClient, deps)),
    ...page('admin-users-page', () => import('../features/accounts/admin-users-page.tsx'), 'AdminUsersPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/users/$id',
    params: idParams,
    beforeLoad: requireId,
    loader: ({ context, params }) => withData(({ user }) => user(context.queryClient, params)),
    ...page('admin-user-page', () => import('../features/accounts/admin-user-page.tsx'), 'AdminUserPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/projects',
    validateSearch: adminProjectFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => withData(({ projects }) => projects(context.queryClient, deps)),
    ...page('admin-projects-page', () => import('../features/projects/admin-projects-page.tsx'), 'AdminProjectsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/skills',
    validateSearch: vocabularyFilters,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => withData(({ skills }) => skills(context.queryClient, deps)),
    ...page('admin-skills-page', () => import('../features/profiles/admin-skills-page.tsx'), 'AdminSkillsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/domains',
    loader: ({ context }) => withData(({ domains }) => domains(context.queryClient)),
    ...page('admin-domains-page', () => import('../features/accounts/admin-domains-page.tsx'), 'AdminDomainsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/jobs',
    validateSearch: jobsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => withData(({ jobs }) => jobs(context.queryClient, deps)),
    ...page('admin-jobs-page', () => import('../features/operations/admin-jobs-page.tsx'), 'AdminJobsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/sagas',
    validateSearch: sagasSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => withData(({ sagas }) => sagas(context.queryClient, deps)),
    ...page('admin-sagas-page', () => import('../features/operations/admin-sagas-page.tsx'), 'AdminSagasPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/reports',
    loader: ({ context }) => withData(({ reports }) => reports(context.queryClient)),
    ...page('admin-reports-page', () => import('../features/analytics/admin-reports-page.tsx'), 'AdminReportsPage'),
  }),
  createRoute({
    getParentRoute: adminParent,
    path: '/log',
    loader: ({ context }) => withData(({ log }) => log(context.queryClient)),
    ...page('admin-log-page', () => import('../features/accounts/admin-log-page.tsx'), 'AdminLogPage'),
  }),
] as const;

export const adminTree = adminRoute.addChildren(adminRoutes);
