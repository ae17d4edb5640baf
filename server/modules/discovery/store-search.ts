/**
 * One statement for a page of search results: the matches, their rank, their facets and their number.
 *
 * Its cost is bounded whatever matches. Of a word that a million projects use, the newest 10,000 matches are counted and
 * the newest 1,000 are ranked, together with the newest 1,000 that say it in their title or skills. The matches are
 * read newest first in windows of growing size, each by one index that knows words, skills, state and day, and a
 * window is opened only when those before it did not give enough. The other states of a project, and what matches
 * without a single filter, are counted the same way, up to 10,000 of each, so that one can see what another choice
 * would give.
 */
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../platform/database/database.ts';
import { COUNT_LIMIT } from '../../platform/database/paging.ts';
import type { Kind } from './documents.ts';
import { type Counting, facetColumns, facets, noFacets, rowsWithout } from './facets.ts';
import { sources } from './sources.ts';
import type { TextQuery } from './text-query.ts';
import { type Ages, createAges, erasBetween, windowDays } from './windows.ts';

const RANKED = 1000;
/** Points of a tier; the rank within it stays below. */
const TIER = 1_000_000;

export type SortKey = number | string;

/** How the rows follow each other; `value` is the score, a time in microseconds, a sum of money or a title. */
export type Sort =
  | { by: 'relevance' }
  | { by: 'value'; value: SQL; direction: 'asc' | 'desc'; keyType: 'bigint' | 'double precision' | 'text' };

export interface SearchPlan {
  text: TextQuery | null;
  /** Conditions on the document `d`: filters and what the viewer may see. */
  where: SQL[];
  /** What the facets are counted by; null to spare them. */
  counting: Counting | null;
  sort: Sort;
  after: { value: SortKey; id: number } | null;
  offset: number;
  size: number;
}

export interface FoundRow<Card> {
  id: number;
  value: SortKey;
  card: Card;
}

export interface Found<Card> {
  total: number;
  /** Up to one more than were asked for. */
  rows: FoundRow<Card>[];
  facets: Record<string, { value: string; count: number }[]>;
}

/** Where windows end, for what is counted, for what is ranked, and for the other states, of which there may be few. */
interface Windows {
  counted: number[];
  ranked: number[];
  elsewhere: number[];
}

const noWindows: Windows = { counted: [], ranked: [], elsewhere: [] };

const windowsOf = (ages: Ages, { documents }: TextQuery): Windows => ({
  counted: windowDays(ages, documents, COUNT_LIMIT, 2),
  ranked: windowDays(ages, documents, RANKED, 4),
  elsewhere: windowDays(ages, documents, COUNT_LIMIT, 4),
});

export function createSearchStore(db: Reader) {
  const ages = createAges(db);

  async function search<Card>(kind: Kind, plan: SearchPlan): Promise<Found<Card>> {
    const windows = plan.text ? windowsOf(await ages(kind), plan.text) : noWindows;
    const { rows } = await db.execute<{ found: Partial<Found<Card>> }>(statement(kind, plan, windows));
    return { total: 0, rows: [], facets: noFacets[kind], ...rows[0]?.found };
  }

  return {
    searchProjects: (plan: SearchPlan) => search<Project>('project', plan),
    searchProfiles: (plan: SearchPlan) => search<Profile>('profile', plan),
  };
}

export type SearchStore = ReturnType<typeof createSearchStore>;

function statement(
  kind: Kind,
  { text, where, counting, sort, after, offset, size }: SearchPlan,
  windows: Windows,
): SQL {
  const { table, key } = sources[kind];
  const isRanked = sort.by === 'relevance' && text !== null;
  const direction = sort.by === 'value' && sort.direction === 'asc' ? sql`ASC` : sql`DESC`;
  const past = sort.by === 'value' && sort.direction === 'asc' ? sql`>` : sql`<`;
  const keyType = sql.raw(sort.by === 'value' ? sort.keyType : 'bigint');
  const { elsewhere = [], without = {} } = counting ?? {};
  const columns = counting ? sql`, ${facetColumns[kind]}` : sql``;
  const value = sort.by === 'value' ? sort.value : sql`(extract(epoch FROM d.recent_at) * 1000000)::bigint`;

  return sql`
    WITH matches AS MATERIALIZED (
      ${newestFirst(kind, sql`d.recent_at, ${isRanked ? sql`0::bigint` : value} AS value${columns}`, saying(text, where), windows.counted, COUNT_LIMIT + 1)}
    ),
    ${isRanked ? ranking(kind, text, where, windows.ranked) : sql`listed AS (SELECT id, value FROM matches)`},
    ${sql.join(
      Object.entries(without).map(
        ([facet, others]) => sql`${rowsWithout(facet)} AS MATERIALIZED (
          ${newestFirst(kind, sql`d.recent_at${columns}`, saying(text, others), windows.counted, COUNT_LIMIT + 1)}),`,
      ),
    )}
    ${elsewhere.length > 0 ? sql`elsewhere AS MATERIALIZED (${counts(kind, text, elsewhere, windows.elsewhere)}),` : sql``}
    page AS (
      SELECT id, value FROM listed
      ${after ? sql`WHERE (value, id) ${past} (${after.value}::${keyType}, ${after.id}::bigint)` : sql``}
      ORDER BY value ${direction}, id ${direction}
      OFFSET ${offset} LIMIT ${size + 1}
    )
    SELECT json_build_object(
      'total', (SELECT count(*) FROM matches),
      'rows', (
        SELECT coalesce(json_agg(json_build_object('id', page.id, 'value', page.value, 'card', d.card)
          ORDER BY page.value ${direction}, page.id ${direction}), '[]')
        FROM page JOIN ${table} d ON d.${key} = page.id
      )
      ${counting ? sql`, 'facets', ${facets(kind, counting)}` : sql``}
    ) AS found`;
}

/** These conditions and the words that were asked for. */
const saying = (text: TextQuery | null, where: SQL[]): SQL[] =>
  text ? [...where, sql`d.search @@ ${text.matches}::tsquery`] : where;

/** How many fit in each other state, up to the same limit as the matches; one that has none costs one look at the index. */
function counts(kind: Kind, text: TextQuery | null, elsewhere: Counting['elsewhere'], windows: number[]): SQL {
  return sql.join(
    elsewhere.map(
      ({ status, where }) => sql`SELECT ${status}::text AS status, count(*)::int AS count
        FROM (${newestFirst(kind, sql`d.recent_at`, saying(text, where), windows, COUNT_LIMIT + 1)}) t`,
    ),
    sql` UNION ALL `,
  );
}

/** The newest `limit` documents that fit, newest first; `windows` are days at which one window ends and an older begins. */
function newestFirst(kind: Kind, columns: SQL, where: SQL[], windows: number[], limit: number): SQL {
  const { table, key } = sources[kind];
  const edges: (number | null)[] = [null, ...windows, null];
  const branches = edges.slice(1).map((from, index) => {
    const until = edges[index] ?? null;
    const isAllTime = from === null && until === null;
    const bounds = isAllTime
      ? []
      : [sql`discovery.eras(d.recent_day) && ${sql.param(erasBetween(from, until))}::integer[]`];
    return sql`(
      SELECT d.${key} AS id, ${columns} FROM ${table} d
      WHERE ${sql.join([...where, ...bounds], sql` AND `)}
      ORDER BY d.recent_at DESC, d.${key} DESC LIMIT ${limit})`;
  });
  return sql`SELECT * FROM (${sql.join(branches, sql` UNION ALL `)}) windows LIMIT ${limit}`;
}

/** Scores the best candidates; what was not ranked follows with score 0, newest first. */
function ranking(kind: Kind, text: TextQuery, where: SQL[], windows: number[]): SQL {
  const { table, key } = sources[kind];
  const telling = [...where, sql`d.search @@ ${text.tiers[1]}::tsquery`];
  const titled = [...where, sql`d.search @@ ${text.tiers[0]}::tsquery`];
  const tier = sql.join(
    text.tiers.map(
      (query, index) => sql`WHEN d.search @@ ${query}::tsquery THEN ${(text.tiers.length - index) * TIER}::int`,
    ),
    sql` `,
  );
  // Few matches are all ranked anyway.
  const areMany = sql`(SELECT count(*) FROM matches) > ${RANKED}`;
  return sql`
    telling AS MATERIALIZED (
      SELECT id FROM (${newestFirst(kind, sql`d.recent_at`, telling, windows, RANKED)}) t
      WHERE ${areMany}
    ),
    titled AS MATERIALIZED (
      SELECT id FROM (${newestFirst(kind, sql`d.recent_at`, titled, [], RANKED)}) t
      WHERE ${areMany}
    ),
    scored AS MATERIALIZED (
      SELECT d.${key} AS id,
        (CASE ${tier} ELSE 0 END
          + least(${TIER - 1}, (ts_rank('{0.05, 0.15, 0.5, 1}', d.search, ${text.words}::tsquery, 1) * 1000)::int * 1000 + 1))::bigint AS value
      FROM (
        SELECT id FROM telling
        UNION SELECT id FROM titled
        UNION (SELECT id FROM matches ORDER BY recent_at DESC, id DESC LIMIT ${RANKED})
      ) candidates JOIN ${table} d ON d.${key} = candidates.id
    ),
    listed AS (
      SELECT id, value FROM scored
      UNION ALL
      SELECT id, 0::bigint FROM matches WHERE id NOT IN (SELECT id FROM scored)
    )`;
}
