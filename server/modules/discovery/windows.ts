/**
 * Days that part the documents into windows, newest first, so that the newest matches of a common word are found without
 * reading the others. A hint for speed: any days give the same rows.
 */
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Reader } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';

const SAMPLED_PAGES = 200;
const KEPT_FOR = 10 * 60_000;
/** The first window has room for so many times what is wanted, since how the matches are spread is an estimate. */
const ROOM = 1.3;
/** Fewer matches than this many times what is wanted are simply all read. */
const WORTH_IT = 2;

const tables = { project: 'discovery.project_documents', profile: 'discovery.profile_documents' } as const;

/** How the documents are spread over time: days of a sample, newest first, and how many there are in all. */
export interface Ages {
  days: number[];
  documents: number;
}

/**
 * Where the windows end for a search that wants the newest `wanted` of about `matches` documents: the first is just large
 * enough if the matches are spread evenly, and each reaches `growth` times as far back as the one before: the less of
 * them, the more is read in vain.
 */
export function windowDays({ days, documents }: Ages, matches: number, wanted: number, growth: number): number[] {
  if (matches < wanted * WORTH_IT || days.length === 0) return [];
  const windows: number[] = [];
  for (let size = ROOM * wanted * Math.max(1, documents / matches); size < documents; size *= growth) {
    const day = days[Math.floor((size / documents) * days.length)];
    if (day !== undefined && day !== windows.at(-1)) windows.push(day);
  }
  return windows;
}

/** As `discovery.eras` has them: a day belongs to one era of each level, and eight of a level to one of the next. */
const ERA = { levels: 5, bits: 3, levelBits: 20, days: 32_768 };

/**
 * The eras that make up the days from `from` up to, not including, `until`; null is no bound. An index that knows eras
 * passes over what else is in them, where for a range of days it reads all that there is in the range.
 */
export function erasBetween(from: number | null, until: number | null): number[] {
  const within = (day: number) => Math.min(Math.max(day, 0), ERA.days);
  const eras: number[] = [];
  let day = within(from ?? 0);
  const end = within(until ?? ERA.days);
  while (day < end) {
    let level = ERA.levels - 1;
    while (level > 0 && (day % 2 ** (ERA.bits * level) !== 0 || day + 2 ** (ERA.bits * level) > end)) level -= 1;
    eras.push(level * 2 ** ERA.levelBits + Math.floor(day / 2 ** (ERA.bits * level)));
    day += 2 ** (ERA.bits * level);
  }
  return eras;
}

/** Reads the ages from a sample of the table, once in ten minutes. */
export function createAges(db: Reader): (kind: Kind) => Promise<Ages> {
  const kept = new LRUCache<Kind, Promise<Ages>>({ max: 2, ttl: KEPT_FOR });
  return (kind) => {
    const known = kept.get(kind);
    if (known) return known;
    const ages = readAges(db, tables[kind]).catch(() => ({ days: [], documents: 0 }));
    kept.set(kind, ages);
    return ages;
  };
}

async function readAges(db: Reader, table: string): Promise<Ages> {
  const { rows: sizes } = await db.execute<{ documents: number; pages: number }>(
    sql`SELECT reltuples::float8 AS documents, relpages AS pages FROM pg_class WHERE oid = ${table}::regclass`,
  );
  const { documents = 0, pages = 0 } = sizes[0] ?? {};
  if (documents <= 0 || pages === 0) return { days: [], documents: 0 };
  const percent = Math.min(100, (100 * SAMPLED_PAGES) / pages);
  const { rows } = await db.execute<{ day: number }>(sql`
    SELECT recent_day AS day FROM ${sql.raw(table)} TABLESAMPLE SYSTEM (${percent}) ORDER BY recent_day DESC`);
  return { days: rows.map(({ day }) => day), documents };
}
