/** What every sharing image is put together from: the ground, the mark, runs of text, the table with its seats. */
import { cutTo, directionOf, drawable, measure, type Typeface, typefaceFor } from './typeset.ts';

/** What sites that show links ask for. */
export const WIDTH = 1200;
export const HEIGHT = 630;
export const MARGIN = 72;

/** The tokens of the light theme, in sRGB: SVG renderers know no OKLCH. */
export const colors = {
  paper: '#f9f5ee',
  sheet: '#fefdfa',
  ink: '#1e2536',
  soft: '#495060',
  faint: '#5f6473',
  rule: '#ded9cd',
  accent: '#c83816',
  accentWash: '#fee5db',
  fit: '#00634e',
  mark: '#fbd064',
} as const;
export const tones = ['#fcae93', '#f5cb70', '#bfda91', '#90d9c1', '#8fd0e1', '#a4beef', '#dcb4e5', '#f5b2c0'] as const;
export const TONE_INK = '#1a2133';

export type Direction = 'ltr' | 'rtl';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escapeXml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

interface TextPlace {
  x: number;
  y: number;
  size: number;
  typeface: Typeface;
  fill?: string;
  width?: number;
  /** `x` is where the line ends, not where it starts. */
  ends?: boolean;
  after?: string;
  /** With the marker's stroke under it. */
  isMarked?: boolean;
}

/** Leaves a stroke below the baseline as long as the text that it is put on, which only the renderer knows exactly. */
const marker = (y: number, size: number) =>
  `<filter id="marker" x="-1.5%" y="-100%" width="103%" height="300%" primitiveUnits="userSpaceOnUse">` +
  `<feFlood y="${y - 0.16 * size}" height="${0.3 * size}" flood-color="${colors.mark}"/></filter>`;

/** A drawing surface on which `x` counts from where reading starts: from the right where that is the way to read. */
export function createSheet(direction: Direction) {
  const parts: string[] = [];
  const mirror = (x: number) => (direction === 'rtl' ? WIDTH - x : x);

  const sheet = {
    direction,
    add: (svg: string) => parts.push(svg),
    mirror,

    /**
     * One line of drawable text on the baseline `y`, cut to `width`, with `after` in a fainter ink if there is room for
     * it. @returns pixels that the text is wide at most
     */
    text(content: string, place: TextPlace): number {
      const { x, y, size, fill = colors.ink, width = WIDTH, ends = false, after = '', isMarked = false } = place;
      const typeface = typefaceFor(content + after, place.typeface);
      const line = cutTo(content, typeface, size, width);
      const lineWidth = measure(line, typeface, size);
      const rest = width - lineWidth - size;
      const own = directionOf(line);
      // SVG anchors a line where its own reading starts, which may be the other side than the sheet's.
      const anchor = (own === direction) === ends ? 'end' : 'start';
      const style =
        `xml:space="preserve" x="${mirror(x)}" y="${y}" direction="${own}" text-anchor="${anchor}" font-size="${size}"` +
        ` font-family="${typeface.family}" font-weight="${typeface.weight}"`;
      const tail =
        after !== '' && rest > 4 * size
          ? `<tspan fill="${colors.faint}"> · ${escapeXml(cutTo(after, typeface, size, rest))}</tspan>`
          : '';
      if (isMarked) parts.push(`${marker(y, size)}<text ${style} filter="url(#marker)">${escapeXml(line)}</text>`);
      parts.push(`<text ${style} fill="${fill}">${escapeXml(line)}${tail}</text>`);
      return lineWidth;
    },

    rule(y: number, { from = MARGIN, to = WIDTH - MARGIN, fill = colors.ink as string, height = 3 } = {}) {
      parts.push(
        `<rect x="${Math.min(mirror(from), mirror(to))}" y="${y}" width="${to - from}" height="${height}" fill="${fill}"/>`,
      );
    },

    /** The product's mark and name, at the top. */
    brand(typeface: Typeface) {
      const side = 46;
      const left = direction === 'rtl' ? WIDTH - MARGIN - side : MARGIN;
      parts.push(
        `<g transform="translate(${left} 56) scale(${side / 32})"><path d="M23.6 8.4a11 11 0 1 0 0 15.2" fill="none" stroke="${colors.ink}"` +
          ` stroke-width="5.4" stroke-linecap="round"/><circle cx="26" cy="16" r="4.2" fill="${colors.accent}"/></g>`,
      );
      sheet.text('Collabthon', { x: MARGIN + side + 14, y: 91, size: 34, typeface });
    },

    /** The finished picture. */
    toSvg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
      `<rect width="${WIDTH}" height="${HEIGHT}" fill="${colors.paper}"/>${parts.join('')}</svg>`,
  };
  return sheet;
}

export type Sheet = ReturnType<typeof createSheet>;

const RING = 138;
/** Seats that can be told apart around one table. */
const FREE_SHOWN = 12;
const SEATS_SHOWN = 20;

/**
 * A table seen from above, around `x`, `y`: people in the seats that are taken, and open ones as rings, with somebody on
 * the way to the first.
 */
export function drawTable(
  sheet: Sheet,
  { x, y, taken, free }: { x: number; y: number; taken: number; free: number },
): void {
  const open = Math.min(free, FREE_SHOWN);
  const seats = open + Math.min(taken, SEATS_SHOWN - open);
  const radius = Math.min(33, (0.42 * 2 * Math.PI * RING) / seats);
  const around = Array.from({ length: seats }, (_, at) => {
    const angle = Math.PI / 6 + (2 * Math.PI * at) / seats;
    const place = `transform="translate(${rounded(RING * Math.cos(angle))} ${rounded(RING * Math.sin(angle))}) scale(${rounded(radius / 33)})"`;
    return at < open
      ? `<circle ${place} r="33" fill="none" stroke="${colors.accent}" stroke-width="3" stroke-dasharray="7 8" stroke-linecap="round"/>`
      : `<g ${place}><circle r="33" fill="${tones[(at * 5 + 1) % tones.length]}"/><circle cy="-7" r="9" fill="${TONE_INK}"/>` +
          `<path d="M-17 19c2-13 9-17 17-17s15 4 17 17" fill="${TONE_INK}"/></g>`;
  });
  // As far out as the seat reaches.
  const nearer = `translate(${rounded((radius - 33) * Math.cos(Math.PI / 6))} ${rounded((radius - 33) / 2)})`;
  const comer =
    `<g transform="${nearer}"><circle cx="184" cy="118" r="15" fill="${colors.accent}"/><path d="M171 105c-6-6-12-11-19-17m0 11 0-11 11 1" fill="none"` +
    ` stroke="${colors.accent}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></g>`;
  const work =
    `<circle r="92" fill="${colors.sheet}" stroke="${colors.ink}" stroke-width="2.5"/>` +
    `<g stroke="${colors.ink}" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">` +
    `<path d="M-48-24h58M-48-8h40M-48 8h50M-42 38c10-14 18-14 26 0s16 14 24 0"/>` +
    `<path d="m26 36 26-34 12 9-26 34-15 6z" fill="${colors.mark}"/>` +
    `<rect x="22" y="-50" width="34" height="26" rx="3" fill="${colors.accentWash}"/><path d="m28-30 8-9 6 6 5-5 5 8"/></g>`;
  const flip = sheet.direction === 'rtl' ? ' scale(-1 1)' : '';
  sheet.add(
    `<g transform="translate(${sheet.mirror(x)} ${y})${flip}">${work}${around.join('')}${open > 0 ? comer : ''}</g>`,
  );
}

/** A disc with initials, in the tone that the name has everywhere in the product. */
export function drawDisc(
  sheet: Sheet,
  name: string,
  { x, y, radius, typeface }: { x: number; y: number; radius: number; typeface: Typeface },
): void {
  const initials = drawable(initialsOf(name));
  const size = radius * 0.8;
  sheet.add(`<circle cx="${sheet.mirror(x)}" cy="${y}" r="${radius}" fill="${tones[toneOf(name)]}"/>`);
  sheet.add(
    `<text x="${sheet.mirror(x)}" y="${rounded(y + size * 0.35)}" text-anchor="middle" font-size="${size}" fill="${TONE_INK}"` +
      ` font-family="${typeface.family}" font-weight="${typeface.weight}">${escapeXml(initials)}</text>`,
  );
}

/** Four strokes, as many filled as the level; `x` is where they start. */
export function drawLevel(sheet: Sheet, level: number, { x, y }: { x: number; y: number }): void {
  for (const step of [1, 2, 3, 4]) {
    const left = x + (step - 1) * 14;
    const height = 6 + step * 5;
    const fill = step <= level ? colors.fit : colors.rule;
    sheet.add(
      `<rect x="${Math.min(sheet.mirror(left), sheet.mirror(left + 9))}" y="${y - height}" width="9" height="${height}" rx="2" fill="${fill}"/>`,
    );
  }
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** FNV-1a, as the web's avatars take it. */
function toneOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return (hash >>> 8) % tones.length;
}

/** Of the first and the last word; letters that join would make another word of two, so there it is one. */
function initialsOf(name: string): string {
  const [first = '', ...others] = name.split(/[\s._-]+/u).map((word) => [...graphemes.segment(word)][0]?.segment ?? '');
  const joins = /[\p{Script=Arabic}\p{Script=Devanagari}]/u.test(first);
  return joins ? first : `${first}${others.at(-1) ?? ''}`.toLocaleUpperCase();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
