/** Cursors of lists that are ordered by id alone. */
import { unprocessable } from '../../platform/http/problems.ts';

export const cursorOf = (id: number) => Buffer.from(`id:${id}`).toString('base64url');

/** @throws 422 for what `cursorOf` never made */
export function idOfCursor(cursor: string): number {
  const id = Number(/^id:([1-9][0-9]{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]);
  if (!Number.isSafeInteger(id)) {
    throw unprocessable([
      { path: '/query/cursor', code: 'unknown_cursor', message: 'This cursor does not come from this list.' },
    ]);
  }
  return id;
}
