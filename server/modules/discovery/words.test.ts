import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textQuery } from './text-query.ts';
import { windowDays } from './windows.ts';
import { documentWords, editDistance, nearestWord, plainText, queryWords } from './words.ts';

describe('words', () => {
  it.each([
    ['C, C++ and C#', ['c', 'c++', 'and', 'c#']],
    ['.NET and ASP.NET', ['.net', 'and', 'aspnet', 'asp', '.net']],
    ['Node.js full-stack', ['nodejs', 'node', 'full', 'fullstack', 'stack']],
    ['Café Señor', ['cafe', 'senor']],
    ["Student's app", ['student', 'app']],
    ['मशीन लर्निंग', ['मशीन', 'लर्निंग']],
    ['🎉 & | ! ( ) :* <->', []],
    ['a.b', ['a', 'b']],
  ])('reads %j', (text, words) => {
    expect(documentWords(text)).toEqual(words);
  });

  it('are the same in a query and in a document', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const inDocument = new Set(documentWords(text));
        for (const word of plainText(text).split(' ').filter(Boolean)) expect(inDocument).toContain(word);
        expect(queryWords(text).length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('of a query leave out those that say nothing, unless there are no others', () => {
    expect(queryWords('an app for the campus')).toEqual(['app', 'campus']);
    expect(queryWords('the who')).toEqual(['the', 'who']);
  });
});

describe('edit distance', () => {
  it.each([
    ['pyhton', 'python', 1],
    ['reactt', 'react', 1],
    ['kubernets', 'kubernetes', 1],
    ['same', 'same', 0],
    ['abc', 'xyz', 3],
  ])('from %s to %s is %i', (from, to, edits) => expect(editDistance(from, to, 3)).toBe(edits));

  it('is symmetric, and says only that there are more beyond its limit', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 8 }),
        fc.string({ maxLength: 8 }),
        fc.integer({ min: 0, max: 4 }),
        (one, other, limit) => {
          const exact = editDistance(one, other, 20);
          expect(editDistance(other, one, 20)).toBe(exact);
          expect(editDistance(one, other, limit)).toBe(Math.min(exact, limit + 1));
        },
      ),
    );
  });

  it('finds the word that was meant, and none for short words', () => {
    const known = [
      { word: 'react', documents: 5 },
      { word: 'reach', documents: 900 },
      { word: 'java', documents: 3 },
    ];
    expect(nearestWord('reactt', known)?.word).toBe('react');
    expect(nearestWord('jaav', known)?.word).toBe('java');
    expect(nearestWord('rct', known)).toBeNull();
  });
});

describe('a text query', () => {
  it('keeps operators inside quotes', () => {
    const term = {
      word: "o'neil\\",
      exact: [["o'neil\\"]],
      stems: [],
      prefixes: [],
      anyPrefix: true,
      fuzzy: [],
      documents: 0,
    };
    expect(textQuery('x', [term], 'all').matches).toBe("('o''neil\\\\' | 'o''neil\\\\':*)");
  });
});

describe('windows', () => {
  const ages = { days: Array.from({ length: 1000 }, (_, index) => 1000 - index), documents: 1_000_000 };

  it('begin just large enough and get older', () => {
    expect(windowDays(ages, 400_000, 10_000, 4)).toEqual([968, 870, 480]);
  });

  it('begin with what is wanted when it is not known how many match', () => {
    expect(windowDays(ages, Number.POSITIVE_INFINITY, 10_000, 4)).toEqual([987, 948, 792, 168]);
  });

  it('are not made for few matches or few documents', () => {
    expect(windowDays(ages, 15_000, 10_000, 4)).toEqual([]);
    expect(windowDays({ days: [], documents: 0 }, 400_000, 10_000, 4)).toEqual([]);
  });
});
