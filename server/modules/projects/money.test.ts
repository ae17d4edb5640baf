import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyDigits, isCurrency, toMajor, toMinor } from './money.ts';

describe('money', () => {
  test('every amount with the decimals of its currency goes there and back exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e11 }), fc.integer({ min: 0, max: 4 }), (minor, digits) => {
        const asWritten = Number(`${minor}e-${digits}`);
        expect(toMinor(asWritten, digits)).toBe(minor);
        expect(toMajor(minor, digits)).toBe(asWritten);
      }),
    );
  });

  test('an amount with more decimals is refused, never rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        (minor, digits, further) => {
          expect(toMinor(Number(`${minor * 10 + further}e-${digits + 1}`), digits)).toBeNull();
        },
      ),
    );
  });

  test('digits follow ISO 4217', () => {
    expect(['USD', 'INR', 'JPY', 'KWD'].map(currencyDigits)).toEqual([2, 2, 0, 3]);
    expect(['EUR', 'ZZZ', 'usd'].map(isCurrency)).toEqual([true, false, false]);
  });
});
