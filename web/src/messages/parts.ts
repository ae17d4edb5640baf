/**
 * The parts of the catalogue beside `shell`, which every reader loads: `pages` for every page but the home, `members` for
 * those that only who is signed in opens, and `staff` for administration, so that nobody's first page waits for the words
 * of others.
 */
export type Part = 'pages' | 'members' | 'staff';

const forMembers = /^(?:edit-project|messages|new-project|onboarding|settings|work)-/;
const forStaff = /^(?:admin|gallery)-/;

/** @param page its name, which is that of its file */
export function partsOf(page: string): Part[] {
  if (page === 'home-page') return [];
  if (forMembers.test(page)) return ['pages', 'members'];
  return forStaff.test(page) ? ['pages', 'staff'] : ['pages'];
}
