/** PostgreSQL text-search queries and vectors, written so that no word can be taken for an operator. */

/** One thing that was asked for, with everything that counts as it, nearest first. */
export interface Term {
  /** As typed, folded. */
  word: string;
  /** Ways to say exactly this; each is one or more words that must all be there. The first is the word itself. */
  exact: string[][];
  /** Other forms of the word: `develops` for `developing`. */
  stems: string[];
  /** Words that begin with it. */
  prefixes: string[];
  /** Any word that begins with it, also one that the vocabulary does not count. */
  anyPrefix: boolean;
  /** Words that it may be a misspelling of. */
  fuzzy: string[];
  /** About how many documents have it. */
  documents: number;
}

const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Marks a word of the title or of a skill, so that the index itself finds the most telling documents. */
const HEAD = '=';
/** Marks the whole title. */
const TITLE = '==';

const MAX_TITLE = 400;
const titleLexeme = (plainTitle: string) => TITLE + plainTitle.slice(0, MAX_TITLE);

const any = (parts: string[]) => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' | ')})`);
const all = (parts: string[]) => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' & ')})`);

const exactly = (term: Term, mark = '') => term.exact.map((words) => all(words.map((word) => quoted(mark + word))));
const stemmed = (term: Term) => [...exactly(term), ...term.stems.map(quoted)];
const begun = (term: Term) => [
  ...stemmed(term),
  ...(term.anyPrefix ? [`${quoted(term.word)}:*`] : term.prefixes.map(quoted)),
];
const loosely = (term: Term) => [...begun(term), ...term.fuzzy.map(quoted)];

const everyWord = (term: Term) => [...term.exact.flat(), ...term.stems, ...term.prefixes, ...term.fuzzy];

export interface TextQuery {
  /** What makes a document a match. */
  matches: string;
  /** Nearness, best first: the whole title, all in title or skills, all somewhere, other forms, prefixes. */
  tiers: [title: string, head: string, exact: string, stem: string, prefix: string];
  /** Every word that may count, for the rank within a tier. */
  words: string;
  /** About how many documents match, at most. */
  documents: number;
}

/**
 * @param phrase everything that was typed, as `plainText` leaves it, for titles that say just that
 * @param mode any: a document with one of the terms matches already
 */
export function textQuery(phrase: string, terms: Term[], mode: 'all' | 'any'): TextQuery {
  const combine = mode === 'all' ? all : any;
  const counts = terms.map(({ documents }) => documents);
  const synonyms = terms.length === 1 ? (terms[0]?.exact ?? []).slice(1).map((words) => words.join(' ')) : [];
  return {
    matches: combine(terms.map((term) => any(loosely(term)))),
    tiers: [
      any([phrase, ...synonyms].map((title) => quoted(titleLexeme(title)))),
      all(terms.map((term) => any(exactly(term, HEAD)))),
      all(terms.map((term) => any(exactly(term)))),
      all(terms.map((term) => any(stemmed(term)))),
      all(terms.map((term) => any(begun(term)))),
    ],
    words: any([...new Set(terms.flatMap(everyWord))].map(quoted)),
    documents: mode === 'all' ? Math.min(...counts) : counts.reduce((sum, count) => sum + count, 0),
  };
}

export interface Sections {
  title: string[];
  plainTitle: string;
  skills: string[];
  body: string[];
  about: string[];
}

const MAX_POSITION = 16_383;
const MAX_POSITIONS_OF_WORD = 32;

/** A tsvector literal with the weights A to D and the marks that `textQuery` looks for. */
export function searchVector({ title, plainTitle, skills, body, about }: Sections): string {
  const positions = new Map<string, string[]>();
  let position = 0;
  for (const [words, weight] of [
    [title, 'A'],
    [skills, 'B'],
    [body, 'C'],
    [about, 'D'],
  ] as const) {
    for (const word of words) {
      position = Math.min(position + 1, MAX_POSITION);
      const list = positions.get(word) ?? [];
      if (list.length < MAX_POSITIONS_OF_WORD) list.push(`${position}${weight}`);
      positions.set(word, list);
    }
  }
  const heads = new Set([...title, ...skills]);
  return [
    ...[...positions].map(([word, list]) => `${quoted(word)}:${list.join(',')}`),
    ...[...heads].map((word) => quoted(HEAD + word)),
    ...(plainTitle ? [quoted(titleLexeme(plainTitle))] : []),
  ].join(' ');
}

/** The words that a vector is made of, without the marks. */
export const vectorWords = ({ title, skills, body, about }: Sections) => [
  ...new Set([...title, ...skills, ...body, ...about]),
];
