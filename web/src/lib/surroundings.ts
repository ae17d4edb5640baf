/**
 * What differs between a browser and the server that renders the same page: how the API is reached, and with which
 * cookies. On the server every request brings its own.
 */
export interface Surroundings {
  /** Takes a path of the API, `/api/v1/projects`. */
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** As in a `Cookie` header, those that scripts may read. */
  cookie: string;
}

let current = (): Surroundings => ({ fetch: (path, init) => fetch(path, init), cookie: document.cookie });

export const surroundings = (): Surroundings => current();

/** Called once, by the server's entry. */
export function provideSurroundings(provider: () => Surroundings): void {
  current = provider;
}

export const readCookie = (name: string): string | undefined =>
  surroundings()
    .cookie.split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Remembers a choice that the server needs for the first paint: theme, language, time zone. */
export function writeCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : 31_536_000;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: half of the browsers that we support have no Cookie Store
  document.cookie = `${name}=${value ?? ''}; path=/; max-age=${age}; samesite=lax${secure}`;
}
