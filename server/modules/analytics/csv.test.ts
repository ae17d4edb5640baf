import { expect, it } from 'vitest';
import { toCsv } from './csv.ts';

it('quotes what needs it, and defuses what a spreadsheet would run', () => {
  const text = toCsv([
    ['day', 'a "b", c'],
    ['=1+1', -1],
    ['two\r\nlines', null],
    ['@x,y', 0],
    ['+1', '\t=2'],
  ]);
  expect(text).toBe('\uFEFFday,"a ""b"", c"\r\n\'=1+1,-1\r\n"two\r\nlines",\r\n"\'@x,y",0\r\n\'+1,\'\t=2\r\n');
});
