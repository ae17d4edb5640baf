/**
 * The parts of the catalogue beside `shell`, which every reader loads: `pages` for every page but the home, and `members`
 * for those that only who is signed in opens, so that a visitor's first page does without their words.
 */
export type Part = 'pages' | 'members';

const forMembers = /^(?:admin|edit-project|gallery|new-project|onboarding|settings|work)-/;

/** @param page its name, which is that of its file */
export function partsOf(page: string): Part[] {
  if (page === 'home-page') return [];
  return forMembers.test(page) ? ['pages', 'members'] : ['pages'];
}
