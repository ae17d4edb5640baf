/** What the renderer makes of our text: measured in its pixels, since a box for a missing letter is a picture as well. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDrawingDesk, drawPng } from './drawing-desk.ts';
import { colors, createSheet, MARGIN, TONE_INK, tones, WIDTH } from './sharing-drawing.ts';
import { display, measure, plain, type Typeface } from './typeset.ts';

const SIZE = 60;

/** Where the ink of one line is. */
async function inkOf(text: string, typeface: Typeface = plain) {
  const sheet = createSheet(/\p{Script=Arabic}/u.test(text) ? 'rtl' : 'ltr');
  sheet.text(text, { x: MARGIN, y: 300, size: SIZE, typeface });
  const { info } = await sharp(await drawPng(sheet.toSvg()))
    .trim({ threshold: 40 })
    .toBuffer({ resolveWithObject: true });
  return { left: -(info.trimOffsetLeft ?? 0), width: info.width };
}

describe('text is drawn in our faces, whatever fonts the machine has', () => {
  // Letters that stand alone are as wide as their face says; a box or another face is not.
  it.each([
    ['Hamburgefonts', plain],
    ['Hamburgefonts', display],
    ['Nguyễn Văn Ả', display],
    ['Łukasz Šimková', plain],
    ['دار دور', plain],
    ['कमल नगर', plain],
  ])('%s', async (text, typeface) => {
    const expected = measure(text, typeface, SIZE);
    expect(Math.abs((await inkOf(text, typeface)).width - expected) / expected).toBeLessThan(0.06);
  });

  it('Arabic letters are joined, from right to left', async () => {
    const [joined, apart] = [await inkOf('سلام'), await inkOf('س\u200cل\u200cا\u200cم')];
    expect(joined.width).toBeLessThan(0.9 * apart.width);
    expect(joined.left + joined.width).toBeGreaterThan(WIDTH - MARGIN - 10);
  });

  it('Devanagari consonants make conjuncts', async () => {
    expect((await inkOf('क्षत्र')).width).toBeLessThan(0.9 * (await inkOf('क्\u200cषत्\u200cर')).width);
  });
});

it('colours are those of the light theme, also in the manifest and for the window around the page', async () => {
  const root = new URL('../../../web/', import.meta.url);
  const tokens = await readFile(new URL('src/styles/tokens.css', root), 'utf8');
  const token = (name: string, theme: 'light' | 'dark') => {
    const [light = '', dark = ''] =
      tokens.match(new RegExp(`--color-${name}:\\s*light-dark\\(([^;]+)\\);`))?.[1]?.match(/oklch\([^)]+\)/g) ?? [];
    return hexOf(theme === 'light' ? light : dark);
  };
  const names = {
    paper: 'paper',
    sheet: 'sheet',
    ink: 'ink',
    soft: 'soft',
    faint: 'faint',
    rule: 'rule',
    accent: 'accent',
    accentWash: 'accent-wash',
    fit: 'fit',
    mark: 'mark',
  };
  expect(colors).toEqual(Object.fromEntries(Object.entries(names).map(([key, name]) => [key, token(name, 'light')])));

  const [ink, ...faces] = ['ink', 0, 1, 2, 3, 4, 5, 6, 7].map((name) =>
    hexOf(tokens.match(new RegExp(`--tone-${name}:\\s*([^;]+);`))?.[1] ?? ''),
  );
  expect([TONE_INK, ...tones]).toEqual([ink, ...faces]);

  const mailbox = await readFile(new URL('../server/platform/mail/mailbox-page.ts', root), 'utf8');
  const own = [...mailbox.matchAll(/--(\w+): light-dark\((#\w+), (#\w+)\)/g)];
  expect(own).toHaveLength(5);
  for (const [, name = '', ...pair] of own) expect(pair).toEqual([token(name, 'light'), token(name, 'dark')]);

  const page = await readFile(new URL('index.html', root), 'utf8');
  expect(page).toContain(`media="(prefers-color-scheme: light)" content="${token('paper', 'light')}"`);
  expect(page).toContain(`media="(prefers-color-scheme: dark)" content="${token('paper', 'dark')}"`);
  const manifest = JSON.parse(await readFile(new URL('public/manifest.webmanifest', root), 'utf8'));
  expect(manifest).toMatchObject({ background_color: colors.paper, theme_color: colors.paper });
});

it('more drawings than can wait are refused, and those that wait all come', async () => {
  const desk = createDrawingDesk();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => desk.draw(svg)));
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused).toHaveLength(8);
  for (const { reason } of refused) expect(reason).toMatchObject({ status: 503, code: 'overloaded' });
  await expect(desk.draw('no picture')).rejects.toThrow();
  await expect(desk.draw(svg)).resolves.toBeInstanceOf(Buffer);
});

/** `oklch(L C h)` in sRGB, as CSS Color 4 converts it. */
function hexOf(oklch: string): string {
  const [lightness = 0, chroma = 0, hue = 0] = (oklch.match(/[\d.]+/g) ?? []).map(Number);
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const channel = (value: number) => {
    const within = Math.min(1, Math.max(0, value));
    const encoded = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${linear.map(channel).join('')}`;
}
