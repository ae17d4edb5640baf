/** Every page and every view of its own, by whom it is for. The names are those of the pictures. */

/** What the pages are shown with: the ids of what the demo campus holds. */
export interface Known {
  project: number;
  person: number;
  own: number;
  /** A conversation of the member's team. */
  conversation: number;
}

export const forVisitors = ({ project, person }: Known) => ({
  home: '/',
  'explore-projects': '/explore/projects',
  'explore-typo': '/explore/projects?q=climat',
  'explore-nothing': '/explore/projects?q=zzzzqqqq',
  'explore-people': '/explore/people',
  project: `/projects/${project}`,
  person: `/people/${person}`,
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  'forgot-password': '/forgot-password',
  'reset-password': '/reset-password?token=x',
  'verify-email': '/verify-email?token=x',
  unsubscribe: `/unsubscribe?token=1.digest.${'x'.repeat(43)}`,
  'unsubscribe-bad': '/unsubscribe?token=x',
  'not-found': '/nowhere',
  components: '/dev/components',
  mailbox: '/dev/mail',
});

export const forMembers = ({ project, person, own, conversation }: Known) => ({
  'home-member': '/',
  welcome: '/welcome',
  'welcome-about': '/welcome?step=about',
  'welcome-skills': '/welcome?step=skills',
  'welcome-time': '/welcome?step=time',
  'welcome-goals': '/welcome?step=goals',
  'explore-member': '/explore/projects',
  'new-project': '/projects/new',
  'project-member': `/projects/${project}`,
  'project-owner': `/projects/${own}`,
  'project-as-visitor': `/projects/${own}?as=visitor`,
  'edit-project': `/projects/${own}/edit`,
  'person-member': `/people/${person}`,
  work: '/work',
  'work-todo': '/work?show=todo',
  'work-projects': '/work?show=projects',
  'work-teams': '/work?show=teams',
  'work-sent': '/work?show=sent',
  'work-history': '/work?show=history',
  messages: '/messages',
  conversation: `/messages/${conversation}`,
  notifications: '/notifications',
  'notifications-unread': '/notifications?show=unread',
  settings: '/settings',
  'settings-profile': '/settings/profile',
  'settings-availability': '/settings/availability',
  'settings-visibility': '/settings/visibility',
  'settings-account': '/settings/account',
  'settings-security': '/settings/security',
  'settings-college': '/settings/college',
  'settings-notifications': '/settings/notifications',
  'settings-appearance': '/settings/appearance',
  'settings-data': '/settings/data',
});

export const forAdmins = ({ person }: Known) => ({
  admin: '/admin',
  'admin-users': '/admin/users',
  'admin-user': `/admin/users/${person}`,
  'admin-projects': '/admin/projects',
  'admin-skills': '/admin/skills',
  'admin-domains': '/admin/domains',
  'admin-jobs': '/admin/jobs',
  'admin-jobs-queue': '/admin/jobs?queue=discovery.index_profile',
  'admin-sagas': '/admin/sagas',
  'admin-sagas-completed': '/admin/sagas?state=completed',
  'admin-reports': '/admin/reports',
  'admin-log': '/admin/log',
});
