/** Projects and people that were looked at in this tab, for going back to them by name. */

export interface RecentPage {
  path: string;
  title: string;
}

const storageKey = 'recent-pages';
const most = 6;
const isKept = (path: string): boolean => /^\/(projects|people)\/\d+$/.test(path);

/** Newest first. */
export function recentPages(): RecentPage[] {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as RecentPage[];
  } catch {
    return [];
  }
}

/** Called by every page with its title; keeps those of projects and people. */
export function rememberPage(path: string, title: string): void {
  if (!isKept(path)) return;
  store([{ path, title }, ...recentPages().filter((page) => page.path !== path)].slice(0, most));
}

/** The next person at this screen does not see where this one was. */
export const forgetPages = (): void => store([]);

function store(pages: RecentPage[]): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(pages));
  } catch {
    // Storage is refused here: then there is nothing to go back to by name.
  }
}
