import { expect, it } from 'vitest';
import { motifs } from './cover-motifs.ts';
import { diceOf, toneOf } from './identity.ts';

const seeds = Array.from({ length: 300 }, (_, index) => `project ${index}`);

it('draws the same for the same project, in few bytes', () => {
  for (const draw of motifs) {
    for (const seed of seeds) {
      const motif = draw(diceOf(seed));
      expect(draw(diceOf(seed))).toEqual(motif);
      expect(Object.values(motif).join('').length).toBeLessThan(1100);
      expect(Object.values(motif).join('')).not.toMatch(/NaN|undefined|e-\d/);
      // One vermilion thing, never two.
      expect([motif.mark, motif.trace].filter(Boolean)).toHaveLength(1);
    }
  }
});

it('spreads projects over all motifs and tones', () => {
  expect(new Set(seeds.map((seed) => diceOf(seed)(motifs.length))).size).toBe(motifs.length);
  expect(new Set(seeds.map(toneOf)).size).toBe(8);
});
