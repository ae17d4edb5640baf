/**
 * Text for pictures: what our faces can draw of it, how wide it will be, and where its lines break. Nothing here draws;
 * widths are sums of single letters, which what is joined or ligated later does not exceed.
 */
import { readFileSync } from 'node:fs';
import { type Advances, readAdvances } from './font-file.ts';

export const fontsFolder = new URL('./fonts/', import.meta.url);

const face = (family: string, file: string) => ({
  family,
  advances: readAdvances(readFileSync(new URL(file, fontsFolder))),
});
const bricolage = face('Bricolage Grotesque', 'bricolage-grotesque-700.ttf');
const figtree = face('Figtree', 'figtree-500.ttf');
const others = [
  face('Readex Pro', 'readex-pro-arabic-600.ttf'),
  face('Noto Sans Devanagari', 'noto-sans-devanagari-600.ttf'),
];

/** A face and those that stand in for the letters that it lacks. */
export interface Typeface {
  /** As SVG wants it. */
  family: string;
  weight: number;
  advances: Advances[];
}

const typeface = (weight: number, faces: (typeof bricolage)[]): Typeface => ({
  family: faces.map(({ family }) => `'${family}'`).join(', '),
  weight,
  advances: faces.map(({ advances }) => advances),
});
export const display = typeface(700, [bricolage, figtree, ...others]);
export const plain = typeface(500, [figtree, bricolage, ...others]);

/**
 * The typeface itself, or the one for titles where the text has Latin letters that only that has: letters of two faces in
 * one word look like a mistake, and the renderer makes boxes of some.
 */
export function typefaceFor(text: string, typeface: Typeface): Typeface {
  const lacks = (character: string) => !typeface.advances[0]?.has(character.codePointAt(0) ?? 0);
  return [...text].some((character) => /\p{Script=Latin}/u.test(character) && lacks(character)) ? display : typeface;
}

/** Without its marks and its styling; empty when the faces have not even that. */
const plainForm = (character: string): string =>
  [...character.normalize('NFKD')].filter((part) => isCovered(part) && !/\p{M}/u.test(part)).join('');

const isCovered = (character: string): boolean => widthOf(character, plain) !== undefined;

function widthOf(character: string, { advances }: Typeface): number | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  for (const known of advances) {
    const advance = known.get(codePoint);
    if (advance !== undefined) return advance;
  }
  return undefined;
}

/** Longer texts never fit; the rest is not even looked at. */
const LONGEST = 300;
/** Marks on one letter beyond which nobody writes; more would paint over the lines around. */
const MARKS = 3;

/**
 * What people wrote as one line that our faces can draw: without emoji, control characters and piled-up marks, and with
 * `ả` as `a` where the faces lack the mark. Empty when a letter would have to go: a word is drawn whole or not at all.
 */
export function drawable(text: string): string {
  const line = text.slice(0, LONGEST).toWellFormed().normalize('NFC').replaceAll(/\s+/gu, ' ');
  let drawn = '';
  let marks = 0;
  for (const character of line) {
    const isMark = /\p{M}/u.test(character);
    marks = isMark ? marks + 1 : 0;
    if (marks > MARKS) continue;
    const nearest = isCovered(character) ? character : plainForm(character);
    if (nearest === '' && /\p{L}|\p{N}/u.test(character)) return '';
    drawn += nearest;
  }
  // What joins letters has no place where letters do not join: between the parts of an emoji that are gone.
  const joined = drawn.replaceAll(/(?<![\p{Script=Arabic}\p{Script=Devanagari}])[\u200c\u200d]/gu, '');
  return joined.replaceAll(/ +/g, ' ').trim();
}

/** The direction of the first letter that has one, as `dir="auto"` finds it. */
export const directionOf = (text: string): 'ltr' | 'rtl' =>
  /\p{Script=Arabic}/u.test(/\p{L}/u.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';

/** Pixels that a drawable text is wide at most. */
export function measure(text: string, typeface: Typeface, size: number): number {
  let width = 0;
  for (const character of text) width += widthOf(character, typeface) ?? 0;
  return width * size;
}

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text itself, or as much of it as fits with an ellipsis; whole words where that leaves enough of it. */
export function cutTo(text: string, typeface: Typeface, size: number, width: number): string {
  if (measure(text, typeface, size) <= width) return text;
  let fitting = '';
  for (const { segment } of graphemes.segment(text)) {
    if (measure(fitting + segment + ELLIPSIS, typeface, size) > width) break;
    fitting += segment;
  }
  const words = fitting.slice(0, fitting.lastIndexOf(' ') + 1);
  return (words.length > fitting.length / 2 ? words : fitting).trimEnd() + ELLIPSIS;
}

/** Breaks at spaces, and inside a word only where it is wider than a line. */
export function wrap(text: string, typeface: Typeface, size: number, width: number): string[] {
  const fits = (line: string) => measure(line, typeface, size) <= width;
  const lines: string[] = [];
  let line = '';
  const put = (part: string, glue: string) => {
    if (line === '' || fits(line + glue + part)) line += line === '' ? part : glue + part;
    else {
      lines.push(line);
      line = part;
    }
  };
  for (const word of text.split(' ')) {
    if (fits(word)) put(word, ' ');
    else for (const [at, { segment }] of [...graphemes.segment(word)].entries()) put(segment, at === 0 ? ' ' : '');
  }
  return line === '' ? lines : [...lines, line];
}

/** The largest of `sizes` at which the text takes at most `most` lines; at the smallest, what is too much is cut. */
export function setTitle(
  text: string,
  { typeface, sizes, width, most }: { typeface: Typeface; sizes: readonly number[]; width: number; most: number },
): { size: number; lines: string[] } {
  for (const size of sizes) {
    const lines = wrap(text, typeface, size, width);
    if (lines.length <= most && lines.every((line) => measure(line, typeface, size) <= width)) return { size, lines };
  }
  const size = sizes.at(-1) ?? 0;
  const lines = wrap(text, typeface, size, width);
  const rest = lines.slice(most - 1).join(' ');
  return { size, lines: [...lines.slice(0, most - 1), cutTo(rest, typeface, size, width)] };
}
