import type { Availability } from '@collabthon/contracts/profiles';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { availabilityErrors, mergeSlots, type Slot } from './availability.ts';
import { weeklyOverlap } from './overlap.ts';

const free = (zone: string | null, ...slots: Slot[]): Availability => ({ hours_per_week: null, zone, slots });
const at = (day: number, from: number, to: number): Slot => ({ day, from, to });

/** A Wednesday; the week that counts begins on Monday 18 May, when no clock changes. */
const may = new Date('2026-05-13T12:00:00Z');
const day = 86_400_000;

const anySlots = fc
  .array(
    fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
      .filter(([, from, to]) => from < to)
      .map(([weekday, from, to]) => at(weekday, from, to)),
    { maxLength: 12 },
  )
  .map(mergeSlots);
const anyZone = fc.constantFrom(
  'UTC',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/New_York',
  'America/St_Johns',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Santiago',
  'Africa/Cairo',
);
const anyone = fc.tuple(anyZone, anySlots).map(([zone, slots]) => free(zone, ...slots));
const anyMoment = fc.integer({ min: 0, max: 366 * 3 }).map((days) => new Date(Date.UTC(2026, 0, 1) + days * day));
/** Whole hours of the week, 0 to 167. */
const hoursOf = (slots: readonly Slot[]) =>
  new Set(
    slots.flatMap((slot) => Array.from({ length: slot.to - slot.from }, (_, hour) => slot.day * 24 + slot.from + hour)),
  );

describe('slots', () => {
  test('merging keeps every free hour, in order, and nothing is left to merge', () => {
    fc.assert(
      fc.property(anySlots, anySlots, (left, right) => {
        const merged = mergeSlots([...left, ...right]);
        expect(hoursOf(merged)).toEqual(new Set([...hoursOf(left), ...hoursOf(right)].sort((a, b) => a - b)));
        expect(mergeSlots(merged)).toEqual(merged);
        for (const [index, slot] of merged.entries()) {
          const next = merged[index + 1];
          if (next && next.day === slot.day) expect(next.from).toBeGreaterThan(slot.to);
        }
      }),
    );
  });

  test('an end before the beginning and an unknown zone are named', () => {
    const paths = (availability: Availability) => availabilityErrors(availability).map((error) => error.path);
    expect(paths(free('Asia/Kolkata', at(1, 9, 10)))).toEqual([]);
    expect(paths(free('Asia/Kolkata', at(1, 9, 10), at(1, 9, 9), at(2, 12, 3)))).toEqual([
      '/availability/slots/1/to',
      '/availability/slots/2/to',
    ]);
    for (const zone of ['Mars/Olympus', '+05:30', 'Asia', '../etc', '🕰'])
      expect(paths(free(zone))).toEqual(['/availability/zone']);
    expect(paths(free(null, at(1, 9, 10)))).toEqual(['/availability/zone']);
  });
});

describe('overlap', () => {
  test('within one zone it is what both marked', () => {
    const overlap = weeklyOverlap(
      free('Asia/Kolkata', at(1, 9, 12), at(3, 18, 20)),
      free('Asia/Kolkata', at(1, 11, 14)),
      may,
    );
    expect(overlap).toMatchObject({ hours: 1, shared: [at(1, 11, 12)] });
  });

  test('half and quarter hours between zones are counted', () => {
    // Kathmandu is 5:45 ahead of UTC, Kolkata 5:30.
    const overlap = weeklyOverlap(free('Asia/Kolkata', at(2, 10, 12)), free('Asia/Kathmandu', at(2, 10, 12)), may);
    expect(overlap).toEqual({
      hours: 1.75,
      zone: 'Asia/Kolkata',
      mine: [at(2, 10, 12)],
      theirs: [at(2, 9.75, 11.75)],
      shared: [at(2, 10, 11.75)],
    });
  });

  test('Sunday night in one zone is Monday in another', () => {
    // 20:00 on Sunday in New York is 9:00 on Monday in Tokyo.
    const inTokyo = free('Asia/Tokyo', at(1, 8, 11));
    const overlap = weeklyOverlap(free('America/New_York', at(7, 20, 24)), inTokyo, may);
    expect(overlap).toMatchObject({ hours: 2, theirs: [at(7, 19, 22)], shared: [at(7, 20, 22)] });
    expect(weeklyOverlap(inTokyo, free('America/New_York', at(7, 20, 24)), may)).toMatchObject({
      hours: 2,
      shared: [at(1, 9, 11)],
    });
  });

  test('a stretch over midnight is shown on both days', () => {
    const overlap = weeklyOverlap(free('UTC', at(1, 0, 24), at(2, 0, 24)), free('Asia/Tokyo', at(2, 6, 12)), may);
    expect(overlap.theirs).toEqual([at(1, 21, 24), at(2, 0, 3)]);
    expect(overlap.hours).toBe(6);
  });

  test('summer time moves the other side by an hour', () => {
    const berlin = free('Europe/Berlin', at(3, 18, 20));
    const delhi = free('Asia/Kolkata', at(3, 0, 24));
    const theirs = (now: string) => weeklyOverlap(delhi, berlin, new Date(now)).theirs;
    expect(theirs('2026-03-10T00:00:00Z')).toEqual([at(3, 22.5, 24), at(4, 0, 0.5)]);
    expect(theirs('2026-03-24T00:00:00Z')).toEqual([at(3, 21.5, 23.5)]);
  });

  test('within a week, days before and after the change differ', () => {
    // Clocks in Berlin go forward on Sunday 29 March 2026.
    const berlin = free('Europe/Berlin', at(6, 18, 19), at(7, 18, 19));
    const { theirs } = weeklyOverlap(free('UTC', at(1, 0, 1)), berlin, new Date('2026-03-18T00:00:00Z'));
    expect(theirs).toEqual([at(6, 17, 18), at(7, 16, 17)]);
  });

  test('an hour that the clock skips is nobody’s, one that it repeats counts twice', () => {
    const night = free('Europe/Berlin', at(7, 2, 3));
    const always = free('UTC', at(6, 0, 24), at(7, 0, 24));
    expect(weeklyOverlap(night, always, new Date('2026-03-18T00:00:00Z')).hours).toBe(0);
    expect(weeklyOverlap(night, always, new Date('2026-10-14T00:00:00Z')).hours).toBe(2);
  });

  test('nobody knows without a grid on both sides', () => {
    const known = free('UTC', at(1, 9, 17));
    for (const unknown of [free(null), free('UTC')]) {
      expect(weeklyOverlap(known, unknown, may)).toMatchObject({ hours: null, shared: [] });
      expect(weeklyOverlap(unknown, known, may)).toMatchObject({ hours: null, shared: [] });
    }
  });

  test('both sides read the same number of hours, in every week and pair of zones', () => {
    fc.assert(
      fc.property(anyone, anyone, anyMoment, (one, other, now) => {
        expect(weeklyOverlap(one, other, now).hours).toBe(weeklyOverlap(other, one, now).hours);
      }),
    );
  });

  test('with oneself it is the whole grid, where no clock changes', () => {
    fc.assert(
      fc.property(anyone, (one) => {
        const overlap = weeklyOverlap(one, one, may);
        // Midnight ends one day and begins the next: cut in the answer as in the grid.
        expect(overlap.shared).toEqual(one.slots);
        expect(overlap.hours ?? 0).toBe(hoursOf(one.slots).size);
      }),
    );
  });

  test('what is shared lies within both, and sums to the hours, where no clock changes', () => {
    const lies = (
      inner: { day: number; from: number; to: number },
      outer: { day: number; from: number; to: number }[],
    ) => outer.some((slot) => slot.day === inner.day && slot.from <= inner.from && inner.to <= slot.to);
    fc.assert(
      fc.property(anyone, anyone, (one, other) => {
        const { hours, mine, theirs, shared } = weeklyOverlap(one, other, may);
        expect(shared.every((slot) => lies(slot, mine) && lies(slot, theirs))).toBe(true);
        expect(shared.reduce((sum, slot) => sum + slot.to - slot.from, 0)).toBe(hours ?? 0);
      }),
    );
  });
});
