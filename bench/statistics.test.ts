import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSeries, median, percentile, rounded } from './statistics.ts';

const someNumbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });

describe('the median', () => {
  it('is the middle value, or between the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('leaves as many values below as above', () => {
    fc.assert(
      fc.property(someNumbers, (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('a percentile', () => {
  it('is a value of the series that covers that share, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([5], 0)).toBe(5);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('never falls when the share grows', () => {
    fc.assert(
      fc.property(
        someNumbers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          expect(percentile(values, Math.min(a, b))).toBeLessThanOrEqual(percentile(values, Math.max(a, b)));
        },
      ),
    );
  });
});

describe('a comparison', () => {
  it('is of medians, with ranges, rounded to what counts', () => {
    expect(compareSeries([90, 110, 100], [210, 200, 190])).toEqual({
      ours: 100,
      reference: 200,
      ratio: 0.5,
      ours_min: 90,
      ours_max: 110,
      reference_min: 190,
      reference_max: 210,
    });
    expect(rounded(1234.567)).toBe(1235);
    expect(rounded(0.000123456, 2)).toBe(0.00012);
  });
});
