/** One connection of a process that hears what others say with NOTIFY, and comes back when it is lost. */
import pg from 'pg';

export interface Listener {
  /**
   * @param catchUp reads what may have been said while nobody listened; runs each time listening begins, before it counts
   * @throws when the first try fails
   */
  hear(channel: string, onWord: (word: string) => void, catchUp: (client: pg.Client) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Heard {
  onWord: (word: string) => void;
  catchUp: (client: pg.Client) => Promise<void>;
}

const RETRY_AFTER = 500;
/** A connection that died without a word is noticed by asking. */
const PULSE_EVERY = 15_000;

export function createListener(url: string): Listener {
  const channels = new Map<string, Heard>();
  let connecting: Promise<pg.Client> | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const begin = async (client: pg.Client, channel: string, { catchUp }: Heard) => {
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    // Reading after listening leaves no gap.
    await catchUp(client);
  };

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'collabthon listener',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: 10_000,
    });
    client.on('error', () => {});
    client.on('notification', ({ channel, payload }) => channels.get(channel)?.onWord(payload ?? ''));
    try {
      await client.connect();
      for (const [channel, heard] of channels) await begin(client, channel, heard);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    client.on('end', () => {
      connecting = undefined;
      retryLater();
    });
    return client;
  };
  const retryLater = () => {
    clearTimeout(retry);
    if (closed) return;
    retry = setTimeout(() => {
      connecting = connect();
      connecting.catch(retryLater);
    }, RETRY_AFTER);
  };

  const pulse = setInterval(async () => {
    const client = await connecting?.catch(() => undefined);
    await client?.query('SELECT 1').catch(() => client.end().catch(() => {}));
  }, PULSE_EVERY);
  pulse.unref();

  return {
    async hear(channel, onWord, catchUp) {
      const heard = { onWord, catchUp };
      channels.set(channel, heard);
      if (connecting) return begin(await connecting, channel, heard);
      connecting = connect();
      await connecting;
    },

    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(pulse);
      const client = await connecting?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}
