/**
 * Live updates: what the server tells the open pages of a member. One stream serves all tabs of a browser, since a
 * browser opens few connections to one address: the tab that holds the lock reads it and passes on what it says.
 */
import type { AppStreams } from '@collabthon/contracts/index';
import type { QueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import { refreshRequests, refreshTeam } from '../features/collaborations/live.ts';
import { hearChange, hearMessage, hearRead, hearWriting } from '../features/conversations/live.ts';
import { outboxOf } from '../features/conversations/use-outbox.ts';
import { refreshNotifications } from '../features/notifications/live.ts';
import { renewPush } from '../features/notifications/push.ts';
import { refreshSeats } from '../features/projects/live.ts';
import { streamPositionQuery } from './stream-position.ts';

type Handlers = { [T in keyof AppStreams]: (client: QueryClient, data: Static<AppStreams[T]>) => void };

const handlers: Handlers = {
  ready: (client) => void client.invalidateQueries(),
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
  /** Where to go on after it. */
  id: string;
}

/** What a tab that begins asks of the one that reads: how far it is. */
const WHERE = 'where';

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
  // With the next page it is tried again.
  renewPush(accountId).catch(() => {});
  /** The last entry that this tab knows of: where it would go on if it had to read. */
  let last = String(client.getQueryData(streamPositionQuery.queryKey)?.after ?? '');
  client.removeQueries(streamPositionQuery);
  let isReading = false;

  const take = ({ type, data, id }: Entry) => {
    const ahead = last === '' ? 1 : Number(id) - Number(last);
    // What is said of the moment comes under the number of the entry before it.
    const isNews = type === 'reset' || (type === 'ready' ? ahead > 0 : ahead >= 0);
    if (!isNews) return;
    // A tab of another version may pass on what this one does not know.
    handlers[type]?.(client, data);
    if (id) last = id;
  };
  tabs.onmessage = ({ data }: MessageEvent<Entry | typeof WHERE>) => {
    if (data !== WHERE) take(data);
    else if (isReading && last) tabs.postMessage({ type: 'ready', data: {}, id: last });
  };

  const listen = (): Promise<void> =>
    new Promise((done) => {
      isReading = true;
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
  // What the one that reads has heard since this page was made, this tab has missed.
  tabs.postMessage(WHERE);
  return () => {
    stopped.abort();
    tabs.close();
  };
}
