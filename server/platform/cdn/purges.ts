/**
 * Tells a CDN which public answers have become old: by surrogate keys, gathered for a second, each once in a batch, and said
 * again until it was heard. A crash between saying and noting makes it be said twice, which harms nothing.
 */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { Config } from '../config/config.ts';
import type { Db } from '../database/database.ts';
import type { JobRunner } from '../jobs/jobs.ts';

const QUEUE = 'platform.purge_cdn';
/** Seconds during which keys are gathered. */
const GATHER = 1;
/**
 * Seconds after which it is said once more: what was asked for meanwhile may have come from a replica that is behind, or from
 * a read model that had not heard.
 */
const AGAIN = 15;
/** As many keys as the batch purges of CDNs take at once. */
const BATCH = 256;
/** Rows that one transaction takes. */
const ROWS = 2000;
/** Milliseconds. */
const ANSWER_WITHIN = 10_000;

/** Remembers keys in the transaction of what they are old by. */
export type NotePurge = (tx: Db, keys: readonly string[]) => Promise<void>;

/**
 * To be called before the jobs start.
 * @returns null without an address: nothing is written and nothing is sent
 */
export function addPurges({ purgeUrl, purgeToken }: Config['cdn'], db: Db, jobs: JobRunner): NotePurge | null {
  if (purgeUrl === null) return null;
  jobs.addQueue({
    name: QUEUE,
    input: Type.Object({}),
    retryLimit: 100,
    retryDelayMax: 60,
    expireInSeconds: 120,
    concurrency: 1,
    // For what was committed so late that its job had already run.
    cron: '* * * * *',
    async handle(_input, { signal }) {
      const say = (keys: string[]) => post(purgeUrl, purgeToken, keys, signal);
      while (await passOn(db, say));
    },
  });
  return (tx, keys) => note(tx, jobs, keys);
}

async function note(tx: Db, jobs: JobRunner, keys: readonly string[]): Promise<void> {
  await tx.execute(sql`
    INSERT INTO platform.cdn_purges (surrogate_key, due_at)
    SELECT key, now() + make_interval(secs => wait)
    FROM unnest(${sql.param([...keys])}::text[]) AS key, unnest(ARRAY[0, ${AGAIN}::int]) AS wait`);
  for (const wait of [GATHER, AGAIN + GATHER]) await askFor(tx, jobs, Date.now() / 1000 + wait);
}

/** All who note something within a second ask for the same job, which is there once. */
async function askFor(tx: Db, jobs: JobRunner, second: number): Promise<void> {
  const at = Math.ceil(second);
  const hash = createHash('sha256').update(`${QUEUE} ${at}`).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  await jobs.enqueue(tx, QUEUE, {}, { id, startAfter: new Date(at * 1000) });
}

/** @returns whether there may be more. @throws what `say` throws, and then all are still to be said */
function passOn(db: Db, say: (keys: string[]) => Promise<void>): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ surrogate_key: string }>(sql`
      DELETE FROM platform.cdn_purges WHERE id IN (
        SELECT id FROM platform.cdn_purges WHERE due_at <= now() ORDER BY due_at LIMIT ${ROWS} FOR UPDATE SKIP LOCKED
      ) RETURNING surrogate_key`);
    const keys = [...new Set(rows.map((row) => row.surrogate_key))];
    for (let at = 0; at < keys.length; at += BATCH) await say(keys.slice(at, at + BATCH));
    return rows.length === ROWS;
  });
}

async function post(url: string, token: string | null, keys: string[], signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ surrogate_keys: keys }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN)]),
    redirect: 'error',
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The CDN answered ${answer.status} to a purge.`);
}
