import { describe, expect, it } from 'vitest';
import {
  firstHour,
  hasPreset,
  hoursOf,
  presets,
  shareOf,
  shownBlocks,
  slotsOf,
  sumOf,
  withBlocks,
} from './availability.ts';

const slots = [
  { day: 1, from: 9, to: 12 },
  { day: 7, from: 22, to: 24 },
];

describe('the week as hours', () => {
  it('gives back the slots that it was made of', () => {
    expect(slotsOf(hoursOf(slots))).toEqual(slots);
  });

  it('joins neighbouring hours and keeps what lies outside the blocks that change', () => {
    const block = { day: 0, from: 12 };
    const week = withBlocks(hoursOf(slots), block, block, true);
    expect(slotsOf(week)[0]).toEqual({ day: 1, from: 9, to: 14 });
    const lunch = { day: 0, from: 10 };
    expect(slotsOf(withBlocks(week, lunch, block, false))).toContainEqual({ day: 1, from: 9, to: 10 });
  });

  it('fills a rectangle from any of its corners', () => {
    const fromTop = withBlocks(new Set(), { day: 1, from: 18 }, { day: 3, from: 20 }, true);
    const fromBottom = withBlocks(new Set(), { day: 3, from: 20 }, { day: 1, from: 18 }, true);
    expect(slotsOf(fromTop)).toEqual([2, 3, 4].map((day) => ({ day, from: 18, to: 22 })));
    expect(slotsOf(fromBottom)).toEqual(slotsOf(fromTop));
  });

  it('knows whether a preset is in it', () => {
    const evenings = withBlocks(new Set(), ...presets.evenings, true);
    expect(slotsOf(evenings)).toEqual([1, 2, 3, 4, 5].map((day) => ({ day, from: 18, to: 22 })));
    expect(hasPreset(evenings, 'evenings')).toBe(true);
    expect(hasPreset(evenings, 'weekend')).toBe(false);
    expect(hasPreset(withBlocks(evenings, { day: 2, from: 18 }, { day: 2, from: 18 }, false), 'evenings')).toBe(false);
  });

  it('says how much of a block is free', () => {
    expect(shareOf(hoursOf(slots), 0, 8)).toBe(0.5);
    expect(shareOf(hoursOf(slots), 0, 10)).toBe(1);
  });

  it('counts stretches that begin at a quarter of an hour', () => {
    expect(sumOf([{ day: 2, from: 9.75, to: 11.25 }])).toBe(1.5);
  });

  it('shows the night only to those who use it', () => {
    expect(shownBlocks(firstHour(slots))).toEqual([6, 8, 10, 12, 14, 16, 18, 20, 22]);
    expect(shownBlocks(firstHour(slots, [{ day: 3, from: 2, to: 4 }]))[0]).toBe(0);
  });
});
