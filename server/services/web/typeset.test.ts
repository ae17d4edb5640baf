import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTo, directionOf, display, drawable, measure, plain, setTitle, typefaceFor, wrap } from './typeset.ts';

describe('drawable text', () => {
  it.each([
    ['  two\n\tlines ', 'two lines'],
    ['Rocket 🚀 club 👩‍👩‍👧‍👦!', 'Rocket club !'],
    ['\u202Eevil\u202C \u0000\u0007', 'evil'],
    [`Za${'\u0310'.repeat(40)}lgo`, 'Zalgo'],
    ['ﬁne ①', 'fine 1'],
    ['Nguyễn Văn Ả', 'Nguyễn Văn Ả'],
    ['نور\u200cالدين', 'نور\u200cالدين'],
    ['श्रेया त्रिपाठी', 'श्रेया त्रिपाठी'],
    ['broken \ud800 pair', 'broken pair'],
  ])('of %j is %j', (given, drawn) => {
    expect(drawable(given)).toBe(drawn);
  });

  it.each(['日本語', 'Проект', 'کتاب', 'kite 凧'])('leaves %j out whole: no face has its letters', (given) => {
    expect(drawable(given)).toBe('');
  });
});

it('a line takes the direction of its first letter', () => {
  expect(['12 كتاب book', '12 book كتاب', '…'].map(directionOf)).toEqual(['rtl', 'ltr', 'ltr']);
});

it('a line with letters that only the face for titles has is set in that one', () => {
  expect(typefaceFor('Ngọc', plain)).toBe(display);
  expect([typefaceFor('Zoë', plain), typefaceFor('علي', plain)]).toEqual([plain, plain]);
});

it('whatever is written, lines are as wide as they may be at most, and nothing is lost but what an ellipsis stands for', () => {
  const words = fc.array(
    fc.string({ unit: fc.constantFrom(...'abWMئهكमीक्ष', '\u093f'), minLength: 1, maxLength: 30 }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(words, fc.integer({ min: 200, max: 700 }), (parts, width) => {
      const text = parts.join(' ');
      expect(measure(cutTo(text, plain, 30, width), plain, 30)).toBeLessThanOrEqual(width);
      expect(wrap(text, plain, 30, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      const set = setTitle(text, { typeface: display, sizes: [80, 60, 40], width, most: 3 });
      expect(set.lines.length).toBeLessThanOrEqual(3);
      for (const line of set.lines) expect(measure(line, display, set.size)).toBeLessThanOrEqual(width);
    }),
  );
});

it('a title is as large as its lines allow', () => {
  const size = (text: string) => setTitle(text, { typeface: display, sizes: [80, 60, 40], width: 600, most: 2 }).size;
  expect(['Kite', 'Kites that map the wind', 'Kites that map the wind over every roof of town'].map(size)).toEqual([
    80, 80, 40,
  ]);
});
