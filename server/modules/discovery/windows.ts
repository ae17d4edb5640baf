/** Days that part the documents into windows of doubling size, newest first. A hint for speed: any days give the same rows. */
import { type SQL, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Db } from '../../platform/database/database.ts';
import type { Kind } from './documents.ts';

/** Documents in the newest window. */
const FIRST = 16_000;
const SAMPLED_PAGES = 200;
const KEPT_FOR = 10 * 60_000;

const tables = { project: 'discovery.project_documents', profile: 'discovery.profile_documents' } as const;

/** Reads them from a sample of the table, once in ten minutes. Nothing for a table of less than two windows. */
export function createWindows(db: Db): (kind: Kind) => Promise<number[]> {
  const kept = new LRUCache<Kind, Promise<number[]>>({ max: 2, ttl: KEPT_FOR });
  return (kind) => {
    const known = kept.get(kind);
    if (known) return known;
    const windows = readWindows(db, tables[kind]).catch(() => []);
    kept.set(kind, windows);
    return windows;
  };
}

async function readWindows(db: Db, table: string): Promise<number[]> {
  const { rows: sizes } = await db.execute<{ documents: number; pages: number }>(
    sql`SELECT reltuples::float8 AS documents, relpages AS pages FROM pg_class WHERE oid = ${table}::regclass`,
  );
  const { documents = 0, pages = 0 } = sizes[0] ?? {};
  if (documents < 2 * FIRST || pages === 0) return [];
  const percent = Math.min(100, (100 * SAMPLED_PAGES) / pages);
  const { rows } = await db.execute<{ day: number }>(daysOf(table, percent));
  return doublingWindows(rows.map(({ day }) => day), documents);
}

const daysOf = (table: string, percent: number): SQL =>
  sql`SELECT recent_day AS day FROM ${sql.raw(table)} TABLESAMPLE SYSTEM (${percent}) ORDER BY recent_day DESC`;

/** @param days of a sample, newest first @param documents in all */
export function doublingWindows(days: number[], documents: number): number[] {
  const windows: number[] = [];
  for (let size = FIRST; size < documents; size *= 2) {
    const day = days[Math.floor((size / documents) * days.length)];
    if (day !== undefined && day !== windows.at(-1)) windows.push(day);
  }
  return windows;
}
