/** What the words of a query may stand for: other forms, beginnings, synonyms, and what a misspelt one was meant to be. */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Calls } from '../../platform/calls/calls.ts';
import type { Reader } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';
import type { Term } from './text-query.ts';
import { type KnownWord, nearestWord, plainText, queryWords } from './words.ts';

export interface Reading {
  /** Everything that was typed, or was meant, as plain words. */
  phrase: string;
  terms: Term[];
  /** The spelling that was read instead; null when every word is known or none is near. */
  correctedTo: string | null;
}

/** Beginnings that fewer documents than this have are looked up in the index as such, which reads them all. */
const RARE_PREFIX = 2000;
/** A word in at most this many documents may itself be a misspelling of one that is so many times as common. */
const RARE_WORD = 2;
const MUCH_MORE_COMMON = 20;

interface WordRow extends Record<string, unknown> {
  position: number;
  how: 'exact' | 'stem' | 'prefix';
  word: string;
  documents: number;
}

/**
 * One statement reads the words of a query, one more each word that is not known, and one call asks for synonyms, whose
 * answers are kept for some minutes.
 */
export function createVocabulary(db: Reader, calls: Calls) {
  const synonyms = new LRUCache<string, string[][]>({ max: 10_000, ttl: 5 * 60_000 });

  /** Skills that go by these names, each as the words of its proper name, where that is another. */
  async function findSynonyms(names: string[]): Promise<Map<string, string[][]>> {
    const unknown = names.filter((name) => !synonyms.has(name));
    const found = unknown.length === 0 ? [] : await calls('profiles.findSkills', { names: unknown });
    for (const [at, name] of unknown.entries()) {
      const proper = plainText(found[at]?.name ?? '');
      synonyms.set(name, proper && proper !== name ? [proper.split(' ')] : []);
    }
    return new Map(names.map((name) => [name, synonyms.get(name) ?? []]));
  }

  async function lookUp(kind: Kind, words: string[]): Promise<WordRow[]> {
    const { rows } = await db.execute<WordRow>(sql`
      SELECT typed.position::int AS position, found.*
      FROM unnest(${sql.param(words)}::text[]) WITH ORDINALITY AS typed (word, position),
      LATERAL (
        (SELECT 'exact' AS how, w.word, w.documents FROM discovery.words w
          WHERE w.kind = ${kind} AND w.word = typed.word AND w.documents > 0)
        UNION ALL
        (SELECT 'stem', w.word, w.documents FROM discovery.words w
          WHERE w.kind = ${kind} AND w.stem = (ts_lexize('english_stem', typed.word))[1] AND w.word <> typed.word AND w.documents > 0
          ORDER BY w.documents DESC LIMIT 8)
        UNION ALL
        (SELECT 'prefix', w.word, w.documents FROM discovery.words w
          WHERE w.kind = ${kind} AND length(typed.word) > 1
            AND w.word > typed.word COLLATE "C" AND w.word < (typed.word || chr(1114111)) COLLATE "C" AND w.documents > 0
          ORDER BY w.documents DESC LIMIT 12)
      ) AS found`);
    return rows;
  }

  async function similarWords(kind: Kind, word: string): Promise<KnownWord[]> {
    const { rows } = await db.execute<KnownWord & Record<string, unknown>>(
      sql`SELECT word, documents FROM discovery.similar_words(${kind}, ${word})`,
    );
    return rows;
  }

  async function readTerm(
    kind: Kind,
    word: string,
    known: WordRow[],
    synonymsOfWord: string[][],
  ): Promise<{ term: Term; meant: string | null }> {
    const by = (how: WordRow['how']) => known.filter((row) => row.how === how);
    const total = known.reduce((sum, row) => sum + row.documents, 0);
    const term: Term = {
      word,
      exact: [[word], ...synonymsOfWord],
      stems: by('stem').map((row) => row.word),
      prefixes: by('prefix').map((row) => row.word),
      anyPrefix: word.length > 2 && total < RARE_PREFIX,
      fuzzy: [],
      // How many documents say it by another name is not looked up; the search then reads in windows, to be safe.
      documents: synonymsOfWord.length > 0 ? Number.POSITIVE_INFINITY : total,
    };
    if (synonymsOfWord.length > 0 || total > RARE_WORD) return { term, meant: null };
    const nearest = nearestWord(word, await similarWords(kind, word), total === 0 ? 2 : 1);
    if (!nearest || nearest.documents < total * MUCH_MORE_COMMON) return { term, meant: null };
    term.fuzzy = [nearest.word];
    term.documents += nearest.documents;
    return { term, meant: total === 0 ? nearest.word : null };
  }

  return {
    /** Null when there is no word in the text at all. */
    async read(kind: Kind, text: string): Promise<Reading | null> {
      const words = queryWords(text);
      if (words.length === 0) return null;
      const [known, synonymsOf] = await Promise.all([lookUp(kind, words), findSynonyms(words)]);
      const read = await Promise.all(
        words.map((word, index) =>
          readTerm(
            kind,
            word,
            known.filter((row) => row.position === index + 1),
            synonymsOf.get(word) ?? [],
          ),
        ),
      );
      const phrase = plainText(text);
      if (read.every(({ meant }) => meant === null)) {
        return { phrase, terms: read.map(({ term }) => term), correctedTo: null };
      }
      const meantBy = new Map(read.map(({ term, meant }) => [term.word, meant ?? term.word]));
      const correctedTo = phrase
        .split(' ')
        .map((word) => meantBy.get(word) ?? word)
        .join(' ');
      return {
        phrase: correctedTo,
        // What was typed stays as the faintest way to match: a document that the vocabulary must not count may say it.
        terms: read.map(({ term, meant }) =>
          meant ? { ...term, word: meant, exact: [[meant]], fuzzy: [term.word], anyPrefix: false } : term,
        ),
        correctedTo,
      };
    },
  };
}

export type Vocabulary = ReturnType<typeof createVocabulary>;
