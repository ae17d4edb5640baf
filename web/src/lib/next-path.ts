/** Any origin does: what leaves it would leave ours as well. */
const anywhere = 'https://own.invalid';

/**
 * Where to go after signing in: a path of this site, or nothing. It is judged after parsing, because a browser drops
 * tabs and line breaks, reads a backslash as a slash, and takes a second leading slash for another host.
 */
export function safeNextPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined;
  const url = URL.parse(value, anywhere);
  if (url?.origin !== anywhere || url.pathname.startsWith('//')) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}
