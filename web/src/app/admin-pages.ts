/** The pages of the administration, in the order in which they are listed. */
export const adminPages = [
  { to: '/admin/users', name: 'users' },
  { to: '/admin/projects', name: 'projects' },
  { to: '/admin/skills', name: 'skills' },
  { to: '/admin/domains', name: 'domains' },
  { to: '/admin/jobs', name: 'jobs' },
  { to: '/admin/sagas', name: 'sagas' },
  { to: '/admin/reports', name: 'reports' },
  { to: '/admin/log', name: 'log' },
] as const;
