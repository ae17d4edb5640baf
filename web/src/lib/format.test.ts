import { expect, it } from 'vitest';
import { amountsIn } from './format.ts';

it('keeps the sign of a currency behind its letters where a line runs from right to left', () => {
  expect(amountsIn('ar', 'USD').range(350, 500)).toMatch(/US\$\u200e$/);
  expect(amountsIn('ar', 'GBP').one(350)).toMatch(/UK£\u200e$/);
});

it('writes amounts as Intl does elsewhere', () => {
  expect(amountsIn('en', 'GBP').one(350)).toBe('£350');
  expect(amountsIn('en', 'USD', 2).one(3.5)).toBe('$3.50');
});
