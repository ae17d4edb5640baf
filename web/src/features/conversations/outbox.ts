/**
 * Messages on their way: shown at once, sent one after the other, each exactly once. Without a connection they wait, in
 * this tab and also over a reload; their ids make sending them again harmless.
 */
import type { Message } from '@collabthon/contracts/conversations';
import { ApiError } from '../../lib/errors.ts';

export interface Unsent {
  client_id: string;
  conversation_id: number;
  text: string;
  /** Milliseconds. */
  written_at: number;
  /** `waiting`: nobody answered, it is tried again. `refused`: the server does not take it. */
  state: 'sending' | 'waiting' | 'refused';
  error?: unknown;
}

interface OutboxParts {
  send: (unsent: Pick<Unsent, 'client_id' | 'conversation_id' | 'text'>) => Promise<Message>;
  /** Shows the message among those that were sent; runs before it leaves the outbox. */
  onSent: (message: Message) => void;
  store: { read(): Unsent[] | null; write(unsent: Unsent[] | null): void };
  /** Milliseconds until the next try, after so many. */
  pause?: (tries: number) => number;
}

export type Outbox = ReturnType<typeof createOutbox>;

const pauses = [1_000, 2_000, 5_000, 10_000, 30_000];
const usualPause = (tries: number) => pauses[Math.min(tries, pauses.length - 1)] ?? 0;

export function createOutbox({ send, onSent, store, pause = usualPause }: OutboxParts) {
  let items: readonly Unsent[] = (store.read() ?? []).map((one) =>
    one.state === 'refused' ? one : { ...one, state: 'waiting' as const },
  );
  const listeners = new Set<() => void>();
  let running = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function change(next: readonly Unsent[]): void {
    items = next;
    store.write(items.length > 0 ? items.map(({ error: _, ...kept }) => kept) : null);
    for (const listener of listeners) listener();
  }
  const put = (clientId: string, part: Partial<Unsent>) =>
    change(items.map((one) => (one.client_id === clientId ? { ...one, ...part } : one)));
  const drop = (clientId: string) => change(items.filter((one) => one.client_id !== clientId));

  /** One of each conversation at a time, in the order in which they were written; a refused one makes way. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    clearTimeout(timer);
    try {
      for (;;) {
        const next = items.find(({ state }) => state !== 'refused');
        if (!next) break;
        put(next.client_id, { state: 'sending' });
        try {
          const message = await send(next);
          tries = 0;
          onSent(message);
          drop(next.client_id);
        } catch (error) {
          if (isFinal(error)) {
            put(next.client_id, { state: 'refused', error });
            continue;
          }
          change(items.map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' as const, error } : one)));
          timer = setTimeout(() => void run(), pause(tries));
          tries += 1;
          break;
        }
      }
    } finally {
      running = false;
    }
  }

  return {
    getItems: () => items,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(unsent: Pick<Unsent, 'client_id' | 'conversation_id' | 'text'>): void {
      const isWaiting = items.some(({ state }) => state === 'waiting');
      change([...items, { ...unsent, written_at: Date.now(), state: isWaiting ? 'waiting' : 'sending' }]);
      // While an earlier one waits for the connection, so does this.
      if (!isWaiting) void run();
    },
    /** The reader wants it tried again, at once. */
    retry(clientId: string): void {
      put(clientId, { state: 'waiting', error: undefined });
      void run();
    },
    discard: drop,
    /** The connection is back, or somebody signed in again. */
    wake(): void {
      if (items.length > 0) void run();
    },
  };
}

/** Trying again would change nothing. */
const isFinal = (error: unknown) =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status);
