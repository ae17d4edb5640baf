/**
 * Paging of lists. A cursor names the last row of a page by its sort keys, so that going on costs the same anywhere and
 * neither repeats nor skips rows that stay; page and skip count rows, and serve only the first 10,000.
 */
import { unprocessable } from '../http/problems.ts';

/** Totals are counted up to here, and rows further on are reached by cursor. */
export const COUNT_LIMIT = 10_000;
export const DEFAULT_PAGE_SIZE = 20;

/** What the `Paging` part of a contract's query gives. */
export interface PagingQuery {
  cursor?: string | undefined;
  page?: number | undefined;
  size?: number | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
}

export interface Paging {
  /** Rows on a page. Ask for one more to learn whether there is a next page. */
  size: number;
  /** Rows to pass over; 0 with a cursor. */
  offset: number;
  /** Still encoded: only the list knows its sort keys. */
  cursor: string | null;
}

/**
 * `size` wins over `limit`; `cursor` over `page`, and `page` over `skip`.
 * @throws 422 for rows beyond the first 10,000 that are asked for without a cursor.
 */
export function readPaging({ cursor, page, size, skip, limit }: PagingQuery): Paging {
  const rows = size ?? limit ?? DEFAULT_PAGE_SIZE;
  if (cursor !== undefined) return { size: rows, offset: 0, cursor };
  const offset = page === undefined ? (skip ?? 0) : (page - 1) * rows;
  if (offset > COUNT_LIMIT) {
    const path = page === undefined ? '/query/skip' : '/query/page';
    throw unprocessable([
      {
        path,
        code: 'beyond_pages',
        message: 'Pages serve the first 10,000 rows; go on with next_cursor.',
        params: { limit: COUNT_LIMIT },
      },
    ]);
  }
  return { size: rows, offset, cursor: null };
}

/** `integer` keys are safe integers, `number` keys are finite; a time is an integer of microseconds, which PostgreSQL keeps. */
export type KeyKind = 'integer' | 'number' | 'text';
type KeyOf = { integer: number; number: number; text: string };
export type CursorKeys<K extends readonly KeyKind[]> = { -readonly [I in keyof K]: KeyOf[K[I]] };

/** An opaque, URL-safe name for the position after a row with these sort keys. */
export const encodeCursor = (keys: readonly (number | string)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/**
 * The sort keys in a cursor; null for none, which is the beginning.
 *
 *     const after = decodeCursor(paging.cursor, ['integer']);  // [number] | null
 *
 * @throws 422 at `/query/cursor` for anything that `encodeCursor` does not make of keys of these kinds.
 */
export function decodeCursor<const K extends readonly KeyKind[]>(
  cursor: string | null,
  kinds: K,
): CursorKeys<K> | null {
  if (cursor === null) return null;
  const keys = parse(cursor);
  const isOurs =
    Array.isArray(keys) && keys.length === kinds.length && kinds.every((kind, at) => isKey(kind, keys[at]));
  if (!isOurs || encodeCursor(keys) !== cursor) {
    throw unprocessable([
      {
        path: '/query/cursor',
        code: 'unknown_cursor',
        message: 'This cursor is not one of this list. Begin without it.',
      },
    ]);
  }
  return keys as CursorKeys<K>;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function isKey(kind: KeyKind, value: unknown): boolean {
  if (kind === 'integer') return Number.isSafeInteger(value);
  if (kind === 'number') return Number.isFinite(value);
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

/**
 * The answer of a list. Give what was read, up to `size + 1` rows: the surplus row only says that there is a next page,
 * whose cursor is made from the last row that is shown. `page` is 1 with a cursor, where nobody counts.
 */
export function toPage<Row, Item>(list: {
  rows: readonly Row[];
  /** Counted up to `COUNT_LIMIT`. */
  total: number;
  paging: Paging;
  keys: (row: Row) => readonly (number | string)[];
  present: (row: Row) => Item;
}) {
  const { rows, paging } = list;
  const shown = rows.slice(0, paging.size);
  const last = shown.at(-1);
  const total = Math.min(list.total, COUNT_LIMIT);
  return {
    items: shown.map((row) => list.present(row)),
    total,
    page: Math.floor(paging.offset / paging.size) + 1,
    size: paging.size,
    pages: Math.ceil(total / paging.size),
    next_cursor: last !== undefined && rows.length > paging.size ? encodeCursor(list.keys(last)) : null,
  };
}
