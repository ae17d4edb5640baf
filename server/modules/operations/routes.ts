/** HTTP: queues, dead letters and sagas. */
import { routes } from '@collabthon/contracts/operations';
import { decodeCursor, encodeCursor } from '../../platform/database/paging.ts';
import { notFound, unprocessable } from '../../platform/http/problems.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { discardDeadLetter, redriveDeadLetter, redriveQueue } from './dead-letters.ts';
import { presentSaga, resumeSaga } from './sagas.ts';

const PAGE = 50;

export const mountRoutes = (platform: Platform) =>
  handleRoutes(routes, {
    'GET /admin/queues': async () => ({ items: await platform.jobs.status() }),
    'GET /admin/dead-letters': async ({ query: { cursor, limit: size = PAGE, queue } }) => {
      const { deadLetters } = platform.jobs;
      const before = cursor === undefined ? undefined : idOfCursor(cursor);
      const [found, total] = await Promise.all([
        deadLetters.list(platform.db, { queue, before, limit: size + 1 }),
        deadLetters.count(platform.db, queue),
      ]);
      const items = found.slice(0, size);
      const last = items.at(-1);
      return {
        items,
        total,
        page: 1,
        size,
        pages: Math.ceil(total / size),
        next_cursor: found.length > size && last ? Buffer.from(last.id).toString('base64url') : null,
      };
    },
    'POST /admin/dead-letters/redrive': async ({ principal, body }) => ({
      redriven: await redriveQueue(platform, principal.user_id, body.queue),
    }),
    'POST /admin/dead-letters/{id}/redrive': ({ principal, params }) =>
      redriveDeadLetter(platform, principal.user_id, params.id),
    'DELETE /admin/dead-letters/{id}': ({ principal, params }) =>
      discardDeadLetter(platform, principal.user_id, params.id),
    'GET /admin/sagas': async ({ query: { cursor, limit: size = PAGE, state } }) => {
      const { sagas } = platform;
      const [before] = decodeCursor(cursor ?? null, ['integer']) ?? [];
      const [found, counts] = await Promise.all([sagas.list({ state, before, limit: size + 1 }), sagas.counts()]);
      const items = found.slice(0, size);
      const last = items.at(-1);
      const total = state ? counts[state] : Object.values(counts).reduce((sum, count) => sum + count, 0);
      return {
        items: items.map(presentSaga),
        total,
        page: 1,
        size,
        pages: Math.ceil(total / size),
        next_cursor: found.length > size && last ? encodeCursor([last.id]) : null,
        counts,
      };
    },
    'GET /admin/sagas/{id}': async ({ params }) => {
      const saga = await platform.sagas.find(params.id);
      if (!saga) throw notFound('saga');
      const { input, steps } = saga;
      return { ...presentSaga(saga), input, steps };
    },
    'POST /admin/sagas/{id}/resume': ({ principal, params }) => resumeSaga(platform, principal.user_id, params.id),
  });

/** @throws 422 for what is no cursor of this list */
function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw unprocessable([
    { path: '/query/cursor', code: 'unknown_cursor', message: 'This cursor does not come from this list.' },
  ]);
}
