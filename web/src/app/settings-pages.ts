/** The pages of the settings, in the order in which they are listed. */
export const settingsPages = [
  { to: '/settings/profile', name: 'profile' },
  { to: '/settings/availability', name: 'availability' },
  { to: '/settings/visibility', name: 'visibility' },
  { to: '/settings/account', name: 'account' },
  { to: '/settings/security', name: 'security' },
  { to: '/settings/college', name: 'college' },
  { to: '/settings/notifications', name: 'notifications' },
  { to: '/settings/appearance', name: 'appearance' },
  { to: '/settings/data', name: 'data' },
] as const;

export type SettingsPageName = (typeof settingsPages)[number]['name'];
