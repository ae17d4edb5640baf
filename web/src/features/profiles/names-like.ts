/** Names that others have written, found by a part of them; case, accents and blanks do not count. */

const most = 8;
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Names with a word that begins so; those that begin so themselves first. None when the text is one of them. */
export function namesLike(names: readonly string[], text: string): string[] {
  const wanted = folded(text);
  if (!wanted || names.includes(text)) return [];
  const found = names.filter((name) => ` ${folded(name)}`.includes(` ${wanted}`));
  return [
    ...found.filter((name) => folded(name).startsWith(wanted)),
    ...found.filter((name) => !folded(name).startsWith(wanted)),
  ].slice(0, most);
}

/** The one name that a text is a piece, or another spelling, of; null when it is a name itself, or could be several. */
export function meantName(names: readonly string[], text: string): string | null {
  const found = namesLike(names, text);
  const same = found.find((name) => folded(name) === folded(text));
  return same ?? (found.length === 1 && folded(text).length >= 3 ? (found[0] ?? null) : null);
}
