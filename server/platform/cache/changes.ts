/**
 * What was changed, as one process knows it: tags that are written in the transactions of the changes and read by their
 * snapshots, so that nothing is passed over that commits late. The reasons are in decision 0018.
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { afterCommit, type Db } from '../database/database.ts';
import { POSITION, type PositionRow, type Probe, toPosition } from '../database/probe.ts';
import type { Position } from '../database/read-token.ts';

/** A moment at which a process looked: all that had been committed is what was changed before it. */
export interface Moment {
  /** `pg_snapshot` as text; means the same in every process. */
  snapshot: string;
  /** Who has come as far in the log as this has all of it. */
  position: Position;
  /** The number of changes that this process knew of; means nothing in another. */
  since: number;
}

export interface Changes {
  /** Changes that are known here so far. Where it is the same, nothing has become outdated. */
  count(): number;
  /** Whether nothing of these tags was changed after so many changes, as far as is known here. */
  isCurrent(tags: readonly string[], since: number): boolean;
  /** Whether others' changes are known up to a second ago. */
  isFresh(): boolean;
  /** Finds out what was changed by a moment that is not before the call. @throws when the database does not answer */
  look(): Promise<Moment>;
  /** Asks the database whether nothing of these tags was changed after a snapshot of whatever process. */
  isCurrentIn(tags: readonly string[], snapshot: string): Promise<boolean>;
  /** Writes a change with what is changed in `tx`. This process knows of it from the commit on, others are told then. */
  write(tx: Db, tags: readonly string[]): Promise<void>;
}

/** Milliseconds that what is known of others' changes counts. */
const FRESH = 1000;
/** Who has not looked for so long may have missed what is cleaned up: begins anew. */
const MEMORY = 30 * 60_000;
/** Tags that were changed and are remembered one by one, and changes that one look takes. */
const TAGS = 50_000;

/** In one statement, so in one snapshot; the position is asked for after that was taken. */
const look = (snapshot: string | undefined) =>
  `SELECT pg_current_snapshot()::text AS snapshot, at.*, ${
    snapshot === undefined
      ? `'{}'::text[]`
      : `ARRAY(SELECT DISTINCT tag FROM platform.cache_changes
        WHERE xid >= pg_snapshot_xmin('${snapshot}') AND NOT pg_visible_in_snapshot(xid, '${snapshot}')
        LIMIT ${TAGS + 1})`
  } AS tags FROM (${POSITION}) AS at`;

const IS_CURRENT = `SELECT NOT EXISTS (SELECT FROM platform.cache_changes
  WHERE tag = ANY ($1) AND xid >= pg_snapshot_xmin($2::pg_snapshot)
    AND NOT pg_visible_in_snapshot(xid, $2::pg_snapshot)) AS is_current`;

type LookRow = PositionRow & { snapshot: string; tags: string[] };

/** @param onWrite runs when a change of this process was committed */
export function createChanges(probe: Probe, onWrite: () => void): Changes {
  let count = 0;
  /** Of what was changed before so many changes it is not known any more what it was. */
  let floor = 0;
  const changedAt = new LRUCache<string, number>({
    max: TAGS,
    dispose: (at, _tag, reason) => {
      if (reason === 'evict') floor = Math.max(floor, at);
    },
  });
  let last: { moment: Moment; at: number } | undefined;
  /** Those of this process during a look, which may have come too late for it. */
  let meanwhile: string[] = [];

  const note = (tags: readonly string[]) => {
    if (tags.length === 0) return;
    count += 1;
    for (const tag of tags) changedAt.set(tag, count);
  };
  const forget = () => {
    count += 1;
    floor = count;
    changedAt.clear();
  };

  const lookNow = async (): Promise<Moment> => {
    const at = performance.now();
    const known = last && at - last.at < MEMORY ? last.moment : undefined;
    meanwhile = [];
    const row = await probe.ask<LookRow>(look(known?.snapshot));
    const position = toPosition(row);
    const isGap = known?.position.timeline !== position.timeline || row.tags.length > TAGS;
    if (isGap) forget();
    else note(row.tags);
    const moment = { snapshot: row.snapshot, position, since: count };
    last = { moment, at };
    note(meanwhile);
    return moment;
  };
  let looking: Promise<Moment> | undefined;
  let waiting: Promise<Moment> | undefined;
  const begin = () => {
    waiting = undefined;
    looking = lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  return {
    count: () => count,
    isCurrent: (tags, since) => since >= floor && tags.every((tag) => (changedAt.peek(tag) ?? 0) <= since),
    isFresh: () => last !== undefined && performance.now() - last.at < FRESH,
    look() {
      if (!looking) return begin();
      // The one under way may have begun too early; all who come meanwhile share the next.
      waiting ??= looking.then(begin, begin);
      return waiting;
    },
    async isCurrentIn(tags, snapshot) {
      const { is_current } = await probe.ask<{ is_current: boolean }>(IS_CURRENT, [tags, snapshot]);
      return is_current;
    },
    async write(tx, tags) {
      if (tags.length === 0) return;
      await tx.execute(sql`
        INSERT INTO platform.cache_changes (tag)
        SELECT DISTINCT unnest(${sql.param([...tags])}::text[]) ON CONFLICT DO NOTHING`);
      afterCommit(tx, () => {
        if (looking) meanwhile.push(...tags);
        note(tags);
        onWrite();
      });
    },
  };
}
