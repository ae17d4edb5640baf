/**
 * `search`: p95 of a page of results over HTTP at 10,000, 100,000 and 1,000,000 projects, against the ILIKE scan that
 * finds a word in title or description, by the bare driver. Same words, one after the other, in turns; milliseconds.
 * There `ratio` is how many times as long the scan takes. `search-growth` is our p95 at the most projects to that at the
 * fewest.
 */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Db } from '../server/platform/database/database.ts';
import { fillProjectDocuments } from './demo-documents.ts';
import { bulkSkillNames } from './demo-skills.ts';
import { ask, onOwnStage, timed } from './own-stage.ts';
import { median, percentile, rounded } from './statistics.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 5;
/** Common and rare words, several words, beginnings, typing errors; `like` is what a scan can look for. */
const QUERIES: { q: string; like: string }[] = [
  { q: 'python', like: 'python' },
  { q: 'kubernetes', like: 'kubernetes' },
  { q: 'music', like: 'music' },
  { q: 'react planner', like: 'react planner' },
  { q: 'rust compiler', like: 'rust compiler' },
  { q: 'campus robot arduino', like: 'arduino robot' },
  { q: 'kuber', like: 'kuber' },
  { q: 'pyhton', like: 'pyhton' },
  { q: 'kubernetse', like: 'kubernetse' },
  { q: 'haskell journal', like: 'haskell journal' },
];

const ILIKE = `
  SELECT id, title, description, count(*) OVER () AS total FROM bench.projects
  WHERE status = 'open' AND (title ILIKE $1 OR description ILIKE $1)
  ORDER BY created_at DESC LIMIT 20`;

export async function run(print: (line: object) => void): Promise<void> {
  await onOwnStage(async ({ url, databaseUrl, platform, patient }) => {
    const skills = await platform.calls('profiles.resolveSkills', { names: bulkSkillNames });
    const bulk = skills.map(({ id }, index) => ({ id, name: bulkSkillNames[index] ?? '' }));
    const scanner = new pg.Client({ connectionString: databaseUrl });
    await scanner.connect();
    try {
      let rows = 0;
      const p95: number[] = [];
      for (const size of SIZES) {
        await fillProjectDocuments(patient, size - rows, bulk);
        rows = size;
        await copyForScan(patient);
        const measured = await contest(url, scanner);
        p95.push(measured.ours);
        print({ bench: 'search', unit: 'ms p95', rows, ...measured });
      }
      const [first = Number.NaN, last = Number.NaN] = [p95[0], p95.at(-1)];
      print({ bench: 'search-growth', unit: 'ms p95', ours: last, reference: first, ratio: rounded(last / first, 3) });
    } finally {
      await scanner.end();
    }
  });
}

/** The plain table that a scan reads: nothing but what it needs, with the index that its order can use. */
async function copyForScan(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('statement_timeout', '0', true)`);
    await tx.execute(sql`DROP SCHEMA IF EXISTS bench CASCADE`);
    await tx.execute(sql`CREATE SCHEMA bench`);
    await tx.execute(sql`
      CREATE TABLE bench.projects AS
      SELECT project_id AS id, card ->> 'title' AS title, card ->> 'description' AS description, status, created_at
      FROM discovery.project_documents`);
    await tx.execute(sql`CREATE INDEX ON bench.projects (status, created_at DESC)`);
    await tx.execute(sql`ANALYZE bench.projects`);
  });
}

async function contest(url: string, scanner: pg.Client) {
  const ours: number[] = [];
  const reference: number[] = [];
  const search = (q: string) => ask(`${url}/api/v1/search-advanced/projects?${new URLSearchParams({ q })}`);
  const scan = (like: string) => scanner.query(ILIKE, [`%${like}%`]);
  for (const { q, like } of QUERIES) {
    await search(q);
    await scan(like);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { q, like } of QUERIES) {
      ours.push(await timed(() => search(q)));
      reference.push(await timed(() => scan(like)));
    }
  }
  return {
    ours: rounded(percentile(ours, 0.95)),
    reference: rounded(percentile(reference, 0.95)),
    ratio: rounded(percentile(reference, 0.95) / percentile(ours, 0.95), 3),
    ours_median: rounded(median(ours)),
    reference_median: rounded(median(reference)),
    requests: ours.length,
  };
}
