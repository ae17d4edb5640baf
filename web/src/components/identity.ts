/** Numbers that a text always gets, the same on the server and in every browser: what faces and covers are drawn from. */

/** FNV-1a, 32 bits, so that neighbours in the alphabet differ. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** One of the eight tones, 0 to 7. */
export const toneOf = (text: string): number => (hashOf(text) >>> 8) % 8;

/** Throws whole numbers from 0 to `sides - 1`; the throws that follow are the text's own. */
export type Dice = (sides: number) => number;

/** Mulberry32 by Tommy Ettinger, seeded by the text. */
export function diceOf(text: string): Dice {
  let state = hashOf(text);
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
