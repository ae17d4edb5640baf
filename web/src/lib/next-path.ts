/**
 * Where to go after signing in. Only a path of this site is taken: one leading slash, no second one and no backslash,
 * both of which a browser reads as another host.
 */
export function safeNextPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value) || /[\\\u0000-\u001f]/.test(value)) return undefined;
  return value;
}
