import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const document = readFileSync(join(import.meta.dirname, '../../../docs/DESIGN-LANGUAGE.md'), 'utf8');

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** What stands on what, and how clearly by WCAG 2.2: 4.5 for text, 3 for large text and for what is not text. */
const promises: [front: string, grounds: string[], least: number][] = [
  ['ink', ['paper', 'sheet', 'well', 'mark-wash', 'accent-wash', 'fit-wash', 'danger-wash'], 7],
  ['ink', ['mark'], 4.5],
  ['soft', ['paper', 'sheet', 'well'], 4.5],
  ['faint', ['paper', 'sheet', 'well'], 4.5],
  ['accent-deep', ['paper', 'sheet', 'well', 'accent-wash'], 4.5],
  ['on-accent', ['accent', 'accent-deep'], 4.5],
  ['fit', ['paper', 'sheet', 'well', 'fit-wash'], 4.5],
  ['danger', ['paper', 'sheet', 'well', 'danger-wash'], 4.5],
  ['accent', ['paper', 'sheet', 'well'], 3],
  ['edge', ['paper', 'sheet'], 3],
  ['tone-ink', ['tone-0', 'tone-1', 'tone-2', 'tone-3', 'tone-4', 'tone-5', 'tone-6', 'tone-7'], 7],
];

/** The first definition of a token counts: the later ones are for readers who ask for more. */
function colourOf(name: string, theme: Theme): [lightness: number, chroma: number, hue: number] {
  const value = new RegExp(`--(?:color-)?${name}:\\s*([^;]+);`).exec(tokens)?.[1] ?? '';
  const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
  const [, lightness, chroma, hue] = (theme === 'dark' ? colours.at(-1) : colours[0]) ?? [];
  if (!hue) throw new Error(`${name} has no colour in the ${theme} theme.`);
  return [Number(lightness), Number(chroma), Number(hue)];
}

/** Relative luminance of an OKLCH colour, by way of linear sRGB. */
function luminanceOf(name: string, theme: Theme): number {
  const [lightness, chroma, hue] = colourOf(name, theme);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const shown = (channel: number) => Math.min(1, Math.max(0, channel));
  return (
    0.2126 * shown(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) +
    0.7152 * shown(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) +
    0.0722 * shown(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  );
}

function contrast(front: string, ground: string, theme: Theme): number {
  const [brighter = 0, darker = 0] = [luminanceOf(front, theme), luminanceOf(ground, theme)].sort((x, y) => y - x);
  return (brighter + 0.05) / (darker + 0.05);
}

const worst = (front: string, grounds: string[], theme: Theme): number =>
  Math.min(...grounds.map((ground) => contrast(front, ground, theme)));

describe.each(themes)('in the %s theme', (theme) => {
  it.each(promises)('%s is clear on %j', (front, grounds, least) => {
    expect(worst(front, grounds, theme)).toBeGreaterThanOrEqual(least);
  });
});

it('is documented as it is', () => {
  const rows = promises.map(([front, grounds, least]) => {
    const [light = 0, dark = 0] = themes.map((theme) => Math.floor(worst(front, grounds, theme) * 10) / 10);
    return `| ${front} | ${grounds.join(', ')} | ${least} | ${light.toFixed(1)} | ${dark.toFixed(1)} |`;
  });
  expect(document).toContain(rows.join('\n'));
});
