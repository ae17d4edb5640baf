/** Words as search sees them: the same rule for documents and for what people type. */

const MAX_WORD = 40;
const MAX_WORDS = 4000;
const MAX_QUERY_WORDS = 12;

/**
 * `.net`, `node.js` and words with `c++` or `c#` at their end; everything else is letters and digits. Marks belong to
 * their letters in scripts such as Devanagari.
 */
const WORD =
  /(?<![\p{L}\p{N}])\.net(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:\.(?:js|ts|net)(?![\p{L}\p{N}])|(?:\+\+|#)(?![\p{L}\p{N}]))?/gu;

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['\u2019]s(?![\p{L}\p{N}])/gu, '');

/** A dotted name is one word, `node.js` = `nodejs`; a leading dot stays: `.net`. */
const join = (word: string) => (word.startsWith('.') ? word : word.replace('.', '')).slice(0, MAX_WORD);

/**
 * The words of a document, in order. Compounds count under each of their spellings: `node.js` is `nodejs` and `node`,
 * `full-stack` is `full`, `stack` and `fullstack`.
 */
export function documentWords(text: string): string[] {
  const folded = fold(text);
  const words: string[] = [];
  let previousEnd = -1;
  let previous = '';
  for (const match of folded.matchAll(WORD)) {
    const [raw] = match;
    const word = join(raw);
    if (match.index === previousEnd + 1 && folded[previousEnd] === '-')
      words.push((previous + word).slice(0, MAX_WORD));
    words.push(word);
    if (raw.includes('.', 1)) words.push(raw.slice(0, raw.indexOf('.', 1)));
    if (raw.endsWith('.net') && raw !== '.net') words.push('.net');
    previousEnd = match.index + raw.length;
    previous = word;
    if (words.length >= MAX_WORDS) break;
  }
  return words;
}

/** The text with nothing but its words, for comparing titles as a whole. */
export const plainText = (text: string) => [...fold(text).matchAll(WORD)].map(([raw]) => join(raw)).join(' ');

const STOP_WORDS = new Set(
  'a an and are as at be by for from have i in is it its me my need of on or our so that the their this to want we who with you your'.split(
    ' ',
  ),
);

/** The words of a query, at most 12, without those that say nothing unless there are no others. */
export function queryWords(text: string): string[] {
  const all = [...new Set(plainText(text).split(' ').filter(Boolean))];
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  return (telling.length > 0 ? telling : all).slice(0, MAX_QUERY_WORDS);
}

/**
 * Edits between two words: insert, delete, replace, or swap of neighbours (optimal string alignment, Damerau 1964).
 * Gives up and answers `limit + 1` when there are more than `limit`.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let edits = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      current.push(edits);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(at(last, to.length), limit + 1);
}

const at = (row: number[], column: number) => row[column] ?? Number.POSITIVE_INFINITY;

export interface KnownWord {
  word: string;
  documents: number;
}

/** How many typing errors a word of this length may have; short words are too close to each other for any. */
const allowedEdits = (word: string) => (word.length <= 3 ? 0 : word.length === 4 ? 1 : 2);

/**
 * The word that was probably meant: fewest edits, then the same first letter, then the more common. Null when none is
 * near enough. A second edit in a word of five letters or fewer needs the first letter right.
 */
export function nearestWord(misspelt: string, candidates: KnownWord[], maxEdits = 2): KnownWord | null {
  const limit = Math.min(allowedEdits(misspelt), maxEdits);
  let best: { known: KnownWord; edits: number; sameStart: boolean } | null = null;
  for (const known of candidates) {
    const edits = editDistance(misspelt, known.word, limit);
    const sameStart = misspelt[0] === known.word[0];
    if (edits === 0 || edits > limit || (edits === 2 && misspelt.length <= 5 && !sameStart)) continue;
    const isBetter =
      !best ||
      edits < best.edits ||
      (edits === best.edits && sameStart && !best.sameStart) ||
      (edits === best.edits && sameStart === best.sameStart && known.documents > best.known.documents);
    if (isBetter) best = { known, edits, sameStart };
  }
  return best?.known ?? null;
}
