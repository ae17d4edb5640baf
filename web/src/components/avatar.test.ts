import { expect, it } from 'vitest';
import { initialsOf } from './avatar.tsx';

it.each([
  ['Maya Lindqvist', 'ML'],
  ['leo', 'L'],
  ['test_user', 'TU'],
  ['Ana María de la Fuente', 'AF'],
  ['O’Neil-Šárka', 'OŠ'],
  ['अनन्या शर्मा', 'अश'],
  ['क्षितिज', 'क'],
  ['نور الهاشمي', 'ن'],
  ['王小明', '王'],
  ['🦊 fox', 'F'],
  ['🦊', '🦊'],
  ['  ', '?'],
])('initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
