/** What was kept as JSON: whether it says the same, and what a form makes of it whoever wrote it. */

/** Null in an example stands for a text or a number that may be missing. */
function isLike(example: unknown, found: unknown): boolean {
  if (example === null) return found === null || typeof found === 'string' || typeof found === 'number';
  return typeof found === typeof example && found !== null && Array.isArray(found) === Array.isArray(example);
}

/** What is missing or of another kind is as in the example; what the example does not have stays. */
export function like<V extends object>(example: V, found: unknown): V {
  const read = { ...example, ...(isLike({}, found) ? (found as object) : {}) };
  for (const key in example) if (!isLike(example[key], read[key])) read[key] = example[key];
  return read;
}

/** Those of a list that are like the example; objects among them are completed by it. */
export const listLike = <V>(example: V, found: readonly unknown[]): V[] =>
  found
    .filter((one): one is V => isLike(example, one))
    .map((one) => (typeof example === 'object' && example ? (like(example, one) as V) : one));

/** Whatever the order of the keys, which the server does not keep. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
