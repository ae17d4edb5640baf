import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../http/problems.ts';
import { decodeCursor, encodeCursor, readPaging, toPage } from './paging.ts';

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return { status: error.status, path: error.errors?.[0]?.path };
    throw error;
  }
  return null;
};

describe('how a list is asked for', () => {
  test('20 rows from the beginning unless said', () => {
    expect(readPaging({})).toEqual({ size: 20, offset: 0, cursor: null });
  });

  test('page and size, skip and limit, and a cursor', () => {
    expect(readPaging({ page: 3, size: 10 })).toEqual({ size: 10, offset: 20, cursor: null });
    expect(readPaging({ skip: 7, limit: 5 })).toEqual({ size: 5, offset: 7, cursor: null });
    expect(readPaging({ cursor: 'abc', page: 3, limit: 5 })).toEqual({ size: 5, offset: 0, cursor: 'abc' });
  });

  test('rows beyond the first 10,000 need a cursor', () => {
    expect(readPaging({ page: 101, size: 100 }).offset).toBe(10_000);
    expect(refusal(() => readPaging({ page: 102, size: 100 }))).toEqual({ status: 422, path: '/query/page' });
    expect(refusal(() => readPaging({ skip: 10_001 }))).toEqual({ status: 422, path: '/query/skip' });
  });
});

describe('cursors', () => {
  const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
  // JSON has one zero.
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);

  test('give back the keys that went in', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), finite, storable, (integer, number, text) => {
        const cursor = encodeCursor([integer, number, text]);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, ['integer', 'number', 'text'])).toEqual([integer, number, text]);
      }),
    );
  });

  test('none is the beginning', () => expect(decodeCursor(null, ['integer'])).toBeNull());

  test('anything else is 422 at /query/cursor', () => {
    const bad = { status: 422, path: '/query/cursor' };
    const isRefused = (cursor: string): void => {
      expect(refusal(() => decodeCursor(cursor, ['integer', 'text']))).toEqual(bad);
    };
    for (const cursor of ['', '!', 'null', '[]', encodeCursor([]), encodeCursor([1]), encodeCursor([1, 'a', 2])])
      isRefused(cursor);
    for (const keys of [
      [1.5, 'a'],
      ['1', 'a'],
      [2 ** 53, 'a'],
      [1, 2],
      [1, '\0'],
      [1, 'a\ud800'],
    ])
      isRefused(encodeCursor(keys));
    isRefused(`${encodeCursor([1, 'a'])}=`);
    fc.assert(fc.property(fc.string(), isRefused));
  });

  test('a cursor of another list is refused', () => {
    expect(refusal(() => decodeCursor(encodeCursor([5]), ['text']))).toEqual({ status: 422, path: '/query/cursor' });
  });
});

describe('the answer', () => {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

  test('walking by cursor shows every row once, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 25 }), (count, size) => {
        const all = numbers(1, count);
        const seen: number[] = [];
        let cursor: string | null = null;
        do {
          const paging = readPaging({ size, ...(cursor && { cursor }) });
          const [after = 0] = decodeCursor(paging.cursor, ['integer']) ?? [];
          const rows = all.filter((row) => row > after).slice(0, size + 1);
          const page = toPage({ rows, total: count, paging, keys: (row) => [row], present: (row) => row });
          expect(page.items.length).toBeLessThanOrEqual(size);
          seen.push(...page.items);
          cursor = page.next_cursor;
        } while (cursor);
        expect(seen).toEqual(all);
      }),
    );
  });

  test('counts pages, and caps the total', () => {
    const list = { rows: numbers(1, 11), keys: (row: number) => [row], present: (row: number) => String(row) };
    const page = toPage({ ...list, total: 44, paging: readPaging({ page: 3, size: 10 }) });
    expect(page).toMatchObject({ total: 44, page: 3, size: 10, pages: 5 });
    expect(page.items).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(toPage({ ...list, total: 123_456, paging: readPaging({}) }).total).toBe(10_000);
    expect(toPage({ ...list, rows: [], total: 0, paging: readPaging({}) })).toMatchObject({
      pages: 0,
      next_cursor: null,
    });
  });
});
