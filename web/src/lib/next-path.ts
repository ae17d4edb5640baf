/** Any origin does: what leaves it would leave ours as well. */
const anywhere = 'https://own.invalid';

/**
 * Where to go after signing in: a path of this site, or nothing. It is judged after parsing, because a browser drops
 * tabs and line breaks, reads a backslash as a slash, and takes a second leading slash for another host.
 */
export function safeNextPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined;
  if (!URL.canParse(value, anywhere)) return undefined;
  const { origin, pathname, search, hash } = new URL(value, anywhere);
  return origin === anywhere && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : undefined;
}
