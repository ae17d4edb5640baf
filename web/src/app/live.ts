/**
 * Live updates: what the server tells the open pages of a member. One stream serves all tabs of a browser, since a
 * browser opens few connections to one address: the tab that holds the lock reads it and passes on what it says.
 */
import type { AppStreams } from '@collabthon/contracts/index';
import type { QueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import { refreshCounts, refreshRequests, refreshTeam } from '../features/collaborations/live.ts';
import { hearChange, hearMessage, hearRead, hearWriting, refreshUnread } from '../features/conversations/live.ts';
import { outboxOf } from '../features/conversations/use-outbox.ts';
import { refreshNotifications, refreshUnread as refreshUnreadNotifications } from '../features/notifications/live.ts';
import { refreshSeats } from '../features/projects/live.ts';

type Handlers = { [T in keyof AppStreams]: (client: QueryClient, data: Static<AppStreams[T]>) => void };

const handlers: Handlers = {
  ready: (client) => {
    refreshCounts(client);
    refreshUnread(client);
    refreshUnreadNotifications(client);
  },
  reset: (client) => void client.invalidateQueries(),
  'collaboration.changed': refreshRequests,
  'team.changed': refreshTeam,
  'project.seats_changed': refreshSeats,
  'message.changed': hearMessage,
  'conversation.read': hearRead,
  'conversation.changed': hearChange,
  'conversation.typing': hearWriting,
  'notifications.changed': refreshNotifications,
  'report.changed': (client) => void client.invalidateQueries({ queryKey: ['reports'] }),
};

interface Entry {
  type: keyof AppStreams;
  data: never;
  /** Where to go on after it; empty for what is said to those alone who listen. */
  id: string;
}

/** Milliseconds until a stream that the server refused is asked for again; the browser itself mends those that broke. */
const pauses = [5_000, 15_000, 60_000, 300_000];

/** @returns a function that stops listening */
export function startLive(client: QueryClient, accountId: number): () => void {
  const name = `live ${accountId}`;
  const tabs = new BroadcastChannel(name);
  const stopped = new AbortController();
  const { signal } = stopped;
  // Messages that wait go out from whichever page is open.
  const outbox = outboxOf(client, accountId);
  outbox.wake();
  addEventListener('online', outbox.wake, { signal });
  addEventListener('beforeunload', (event) => outbox.getItems().length > 0 && event.preventDefault(), { signal });
  /** The last entry that this tab knows of: where it would go on if it had to read. */
  let last = '';

  const take = ({ type, data, id }: Entry) => {
    // Only where it begins may the page have missed something; a stream that resumes brings it.
    // A tab of another version may pass on what this one does not know.
    if (type !== 'ready' || last === '') handlers[type]?.(client, data);
    if (id) last = id;
  };
  tabs.onmessage = ({ data }: MessageEvent<Entry>) => take(data);

  const listen = (): Promise<void> =>
    new Promise((done) => {
      let source: EventSource;
      let retry: ReturnType<typeof setTimeout> | undefined;
      let refusals = 0;
      const connect = () => {
        source = new EventSource(`/api/v1/stream${last && `?after=${last}`}`);
        source.onopen = () => {
          refusals = 0;
        };
        source.onerror = () => {
          if (source.readyState !== EventSource.CLOSED) return;
          retry = setTimeout(connect, pauses[Math.min(refusals, pauses.length - 1)]);
          refusals += 1;
        };
        for (const type of Object.keys(handlers) as Entry['type'][]) {
          source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
            const entry = { type, data: JSON.parse(data) as never, id: lastEventId };
            take(entry);
            tabs.postMessage(entry);
          });
        }
      };
      connect();
      signal.addEventListener('abort', () => {
        clearTimeout(retry);
        source.close();
        done();
      });
    });

  // Pages that are not served over HTTPS have no locks: each reads for itself.
  if (navigator.locks) navigator.locks.request(name, { signal }, listen).catch(() => {});
  else void listen();
  return () => {
    stopped.abort();
    tabs.close();
  };
}
