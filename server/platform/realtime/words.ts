/**
 * Words between the processes of an installation: who may have news, and what is said of the moment. They are hints that
 * may be lost; which of the drivers carries them changes how soon something is seen, never whether.
 */
import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../database/database.ts';
import type { Listener } from '../database/listener.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** A word carries at most 8,000 bytes, as a notification of PostgreSQL does. */
export interface Words {
  /** To all processes that hear, this one too. */
  say(word: string): void;
  /** @param onBegin runs each time hearing begins; what was said before it is lost */
  hear(onWord: (word: string) => void, onBegin: () => void): Promise<void>;
  close(): void;
}

interface WordsParts {
  db: Db;
  listener: Listener;
  log: FastifyBaseLogger;
  metrics: Metrics;
  /** Null: PostgreSQL carries them. */
  redisUrl: string | null;
  /** Whose words they are. */
  topic: 'stream' | 'cache';
}

export async function createWords({ redisUrl, topic, ...parts }: WordsParts): Promise<Words> {
  const lost = parts.metrics.counter(
    `${topic}_words_lost_total`,
    'Words to other processes that could not be said; these find out a second later',
  );
  const channel = `collabthon_${topic}`;
  if (redisUrl === null) return createPostgresWords(parts, channel, lost);
  // Loaded on demand: who has no Redis needs none of its client.
  const { createRedisWords } = await import('./redis-words.ts');
  return createRedisWords(redisUrl, `${channel}:${await installationOf(parts.db)}`, parts.log, lost);
}

function createPostgresWords(
  { db, listener, log }: Pick<WordsParts, 'db' | 'listener' | 'log'>,
  channel: string,
  lost: { inc: () => void },
): Words {
  let isClosed = false;
  return {
    say(word) {
      db.execute(sql`SELECT pg_notify(${channel}, ${word})`).catch((error: unknown) => {
        // What the last jobs of a process tell may come when its connections are closed.
        if (isClosed) return;
        lost.inc();
        log.warn({ err: error }, 'other processes were not told of news');
      });
    },
    hear: (onWord, onBegin) => listener.hear(channel, onWord, async () => onBegin()),
    close() {
      isClosed = true;
    },
  };
}

/** The same for all processes on a database and for no other database: several installations may share a Redis. */
export async function installationOf(db: Db): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT system_identifier::text || ':' || current_database() AS id FROM pg_control_system()`,
  );
  return rows[0]?.id ?? '';
}
