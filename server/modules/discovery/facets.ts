/**
 * What the matches have in common, with counts: exact up to 10,000 matches, beyond that those of the newest 10,000. A facet
 * whose filter is set is counted on what matches without that filter, so that it tells what choosing another value gives.
 */
import { ProfileSearchPage, ProjectSearchPage } from '@collabthon/contracts/discovery';
import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from './documents.ts';
import { budgetFilters, isStillOpen, skillFilters, skillLevels } from './filters.ts';

const MOST_COMMON = 20;

const emptyOf = ({ properties }: typeof ProjectSearchPage | typeof ProfileSearchPage): Record<string, []> =>
  Object.fromEntries(Object.keys(properties.facets.properties).map((name) => [name, []]));

/** Every facet, uncounted. */
export const noFacets: Record<Kind, Record<string, []>> = {
  project: emptyOf(ProjectSearchPage),
  profile: emptyOf(ProfileSearchPage),
};

/** Columns of a document that its facets are counted from. */
export const facetColumns: Record<Kind, SQL> = {
  project: sql`d.skill_ids, d.skill_levels, d.levels, d.college, d.college_key, d.status, d.is_remote, d.hours, d.budget_min, d.budget_max, d.currency`,
  profile: sql`d.skill_ids, d.skill_levels, d.levels, d.college, d.college_key, d.major, d.major_key, d.year, d.hours, d.open_to, d.open_to_until`,
};

export interface Counting {
  /** Skills that were asked for; null is none. */
  skillIds: number[] | null;
  /** The level that was asked for. */
  minLevel: number | undefined;
  /** By facet whose filter is set: all conditions but that filter. */
  without: Record<string, SQL[]>;
  /** By state other than the chosen one: all conditions with that state. */
  elsewhere: { status: string; where: SQL[] }[];
}

/** The rows that a facet is counted on where they are not the matches. */
export const rowsWithout = (facet: string): SQL => sql.raw(`without_${facet}`);

/** Counts of `value`, an expression over the rows; the most common first. */
const counted = (value: SQL, from: SQL): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT v.value::text AS value, count(*)::int AS count
    FROM ${from}, LATERAL (SELECT ${value} AS value) v
    WHERE v.value IS NOT NULL AND v.value::text <> ''
    GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${MOST_COMMON}
  ) f)`;

/** Counts of names that are the same but for case and blanks, as the filter compares them, under one of their spellings. */
const named = (name: SQL, key: SQL, from: SQL): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT min(btrim(${name}) COLLATE "C") AS value, count(*)::int AS count
    FROM ${from} WHERE ${key} <> ''
    GROUP BY ${key} ORDER BY count(*) DESC, ${key} LIMIT ${MOST_COMMON}
  ) f)`;

/** The most common, and beside them those that were asked for, however rare; at the level that was asked for. */
const skills = (asked: number[], minLevel: number | undefined, from: SQL): SQL => sql`(
  SELECT coalesce(json_agg(json_build_object('value', n.name, 'count', c.count) ORDER BY c.count DESC, n.name), '[]')
  FROM (
    SELECT skill_id, count(*)::int AS count
    FROM ${
      // Some thousand rows, and twice as fast as a join with each row's skills.
      minLevel === undefined
        ? sql`(SELECT unnest(skill_ids) AS skill_id FROM ${from}) s`
        : sql`${from}, ${skillsFrom(minLevel)}`
    }
    GROUP BY skill_id ORDER BY skill_id = ANY (${sql.param(asked)}::bigint[]) DESC, count(*) DESC, skill_id
    LIMIT ${MOST_COMMON + asked.length}
  ) c JOIN discovery.skill_names n USING (skill_id))`;

/** `levelKey` read backwards. */
const skillsFrom = (minLevel: number): SQL => sql`LATERAL (
  SELECT DISTINCT leveled / 8 AS skill_id FROM unnest(skill_levels) AS leveled WHERE leveled % 8 >= ${minLevel}::int) s`;

/** How many rows each bucket has, in the order of the buckets; one row may be in several. */
const bucketed = (buckets: readonly { value: string; where: SQL[] }[], from: SQL): SQL => sql`(
  SELECT coalesce(json_agg(json_build_object('value', b.value, 'count', b.count) ORDER BY b.place), '[]')
  FROM (
    SELECT ARRAY[${sql.join(
      buckets.map(({ where }) => sql`count(*) FILTER (WHERE ${sql.join(where, sql` AND `)})`),
      sql`, `,
    )}] AS counts FROM ${from} d
  ) c, unnest(${sql.param(buckets.map(({ value }) => value))}::text[], c.counts) WITH ORDINALITY AS b (value, count, place)
  WHERE b.count > 0)`;

/** In each level are those that "at least this level" finds, of the skills that were asked for. */
const levels = (skillIds: number[] | null, from: SQL): SQL =>
  bucketed(
    skillLevels.map((level) => ({ value: String(level), where: skillFilters(skillIds, level) })),
    from,
  );

const hours = sql`
  CASE WHEN hours <= 5 THEN '1-5' WHEN hours <= 10 THEN '6-10' WHEN hours <= 20 THEN '11-20' WHEN hours > 20 THEN '21+' END`;

/** A range of money is in every bucket that it overlaps, as the filter has it. */
const budgets = [
  { value: 'none', where: [sql`(d.budget_max = 0 OR (d.budget_min IS NULL AND d.budget_max IS NULL))`] },
  { value: '1-100', where: budgetFilters(1, 100) },
  { value: '101-500', where: budgetFilters(101, 500) },
  { value: '501-2000', where: budgetFilters(501, 2000) },
  { value: '2001+', where: budgetFilters(2001, undefined) },
];

/** What people say they are open to, while it holds. */
const offers = (from: SQL): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT o.value, count(*)::int AS count FROM ${from} d, unnest(d.open_to) AS o (value)
    WHERE ${isStillOpen} GROUP BY o.value ORDER BY count(*) DESC, o.value
  ) f)`;

/** What other states would give, counted beside the matches. */
const states = sql`(
  SELECT coalesce(json_agg(json_build_object('value', s.status, 'count', s.count) ORDER BY s.count DESC, s.status), '[]')
  FROM (
    SELECT status, count FROM elsewhere WHERE count > 0
    UNION ALL SELECT status, count(*)::int FROM matches GROUP BY status
  ) s)`;

/** The facets of a page as JSON, over `matches`, `elsewhere` and the rows without single filters. */
export function facets(kind: Kind, { skillIds, minLevel, without }: Counting): SQL {
  const rows = (facet: string) => (facet in without ? rowsWithout(facet) : sql`matches`);
  const shared = sql`
    'skills', ${skills(skillIds ?? [], minLevel, rows('skills'))},
    'colleges', ${named(sql`college`, sql`college_key`, rows('colleges'))},
    'levels', ${levels(skillIds, rows('levels'))},
    'hours', ${counted(hours, rows('hours'))}`;
  return kind === 'project'
    ? sql`json_build_object(${shared},
        'status', ${states},
        'remote', ${counted(sql`is_remote`, rows('remote'))},
        'budget', ${bucketed(budgets, rows('budget'))},
        'currencies', ${counted(sql`currency`, rows('currencies'))})`
    : sql`json_build_object(${shared},
        'majors', ${named(sql`major`, sql`major_key`, rows('majors'))},
        'years', ${counted(sql`nullif(year, 0)`, rows('years'))},
        'open_to', ${offers(rows('open_to'))})`;
}
