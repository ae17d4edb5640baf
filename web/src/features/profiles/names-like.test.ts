import { describe, expect, it } from 'vitest';
import { meantName, namesLike } from './names-like.ts';

const names = ['Northfield College', 'Universidad de León', 'College of the North', 'جامعة المرفأ'];

describe('names like a text', () => {
  it('begin so, or have a word that does', () => {
    expect(namesLike(names, 'north')).toEqual(['Northfield College', 'College of the North']);
    expect(namesLike(names, 'leon')).toEqual(['Universidad de León']);
    expect(namesLike(names, 'المر')).toEqual(['جامعة المرفأ']);
    expect(namesLike(names, 'جامعة  الم')).toEqual(['جامعة المرفأ']);
    expect(namesLike(names, 'orth')).toEqual([]);
  });

  it('are none while nothing is written, and when it is one of them', () => {
    expect(namesLike(names, ' ')).toEqual([]);
    expect(namesLike(names, 'Northfield College')).toEqual([]);
  });
});

describe('the name that is meant', () => {
  it('is the only one that a piece fits', () => {
    expect(meantName(names, 'Northf')).toBe('Northfield College');
    expect(meantName(names, 'North')).toBeNull();
    expect(meantName(names, 'Un')).toBeNull();
    expect(meantName(names, 'Somewhere else')).toBeNull();
  });

  it('is the one that is spelled otherwise', () => {
    expect(meantName([...names, 'North'], 'NORTH')).toBe('North');
    expect(meantName(names, 'Universidad de Leon')).toBe('Universidad de León');
    expect(meantName(names, 'Universidad de León')).toBeNull();
  });
});
