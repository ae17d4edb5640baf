/**
 * Where to go after signing in: a path of this site, or nothing. It is judged after parsing, because a browser drops
 * tabs and line breaks, reads a backslash as a slash, and takes a second leading slash for another host.
 */
export function safeNextPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined;
  const url = URL.parse(value, location.origin);
  if (url?.origin !== location.origin || url.pathname.startsWith('//')) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}
