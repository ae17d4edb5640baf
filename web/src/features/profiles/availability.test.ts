import { describe, expect, it } from 'vitest';
import { freeIn, hoursOf, shareOf, shownBlocks, slotsOf, withBlock } from './availability.ts';

const slots = [
  { day: 1, from: 9, to: 12 },
  { day: 7, from: 22, to: 24 },
];

describe('the week as hours', () => {
  it('gives back the slots that it was made of', () => {
    expect(slotsOf(hoursOf(slots))).toEqual(slots);
  });

  it('joins neighbouring hours and keeps what lies outside the block that changes', () => {
    const week = withBlock(hoursOf(slots), 0, 12, true);
    expect(slotsOf(week)[0]).toEqual({ day: 1, from: 9, to: 14 });
    expect(slotsOf(withBlock(week, 0, 10, false))).toContainEqual({ day: 1, from: 9, to: 10 });
  });

  it('says how much of a block is free', () => {
    expect(shareOf(hoursOf(slots), 0, 8)).toBe(0.5);
    expect(shareOf(hoursOf(slots), 0, 10)).toBe(1);
  });

  it('counts stretches that begin at a quarter of an hour', () => {
    expect(freeIn([{ day: 2, from: 9.75, to: 11.25 }], 1, 8)).toBe(0.25);
    expect(freeIn([{ day: 2, from: 9.75, to: 11.25 }], 1, 10)).toBe(1.25);
  });

  it('shows the night only to those who use it', () => {
    expect(shownBlocks(slots)).not.toContain(2);
    expect(shownBlocks(slots, [{ day: 3, from: 2, to: 4 }])).toContain(2);
  });
});
