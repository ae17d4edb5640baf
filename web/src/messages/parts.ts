/**
 * The parts of the catalogue beside `shell`, which every reader loads: `pages` for every page but the home, `members` for
 * those that only who is signed in opens, `settings` for settings and notifications, and `staff` for administration, so that nobody's
 * first page waits for the words of others.
 */
export type Part = 'pages' | 'members' | 'settings' | 'staff';

const forMembers = /^(?:edit-project|messages|new-project|onboarding|work)-/;
const forSettings = /^(?:notifications|settings|unsubscribe)-/;
const forStaff = /^(?:admin|gallery)-/;

/** @param page its name, which is that of its file */
export function partsOf(page: string): Part[] {
  if (page === 'home-page') return [];
  const parts: Part[] = ['pages'];
  if (forMembers.test(page)) parts.push('members');
  if (forSettings.test(page)) parts.push('settings');
  if (forStaff.test(page)) parts.push('staff');
  return parts;
}
