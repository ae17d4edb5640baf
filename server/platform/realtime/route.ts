/** The live stream as a route: it answers as long as its reader likes. */
import { routes } from '@collabthon/contracts/stream';
import { handleRoutes } from '../module.ts';
import { EVENT_STREAM } from '../telemetry/requests.ts';
import type { Realtime } from './realtime.ts';

export const streamRoutes = (realtime: Realtime) =>
  handleRoutes(routes, {
    'GET /stream': async ({ principal, query, headers, reply }) => {
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.setHeader('content-type', EVENT_STREAM);
      raw.setHeader('cache-control', 'no-store');
      // Proxies that gather answers would hold back what is said.
      raw.setHeader('x-accel-buffering', 'no');
      raw.flushHeaders();
      reply.hijack();
      const after = readPosition(headers['last-event-id']) ?? query.after ?? null;
      realtime.open({ userId: principal.user_id, sessionId: principal.session_id }, after, raw);
    },

    'GET /stream/position': async ({ principal }) => ({ after: await realtime.findPosition(principal.user_id) }),
  });

/** What this platform never wrote counts as too far back, so that its reader asks for everything again. */
function readPosition(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || header === '') return undefined;
  return /^\d{1,15}$/.test(header) ? Number(header) : Number.MAX_SAFE_INTEGER;
}
