/** What the matches have in common, with counts: exact up to 10,000 matches, beyond that those of the newest 10,000. */
import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from './documents.ts';
import { budgetFilters, skillFilters, skillLevels } from './filters.ts';

const MOST_COMMON = 20;

/** Columns of a match that its facets are counted from. */
export const facetColumns: Record<Kind, SQL> = {
  project: sql`d.skill_ids, d.skill_levels, d.levels, d.college, d.college_key, d.status, d.is_remote, d.hours, d.budget_min, d.budget_max`,
  profile: sql`d.skill_ids, d.skill_levels, d.levels, d.college, d.college_key, d.major, d.major_key, d.year, d.hours`,
};

/** Counts of `value`, an expression over `matches`; the most common first. */
const counted = (value: SQL, from: SQL = sql`matches`): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT v.value::text AS value, count(*)::int AS count
    FROM ${from}, LATERAL (SELECT ${value} AS value) v
    WHERE v.value IS NOT NULL AND v.value::text <> ''
    GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${MOST_COMMON}
  ) f)`;

/** Counts of names that are the same but for case and blanks, as the filter compares them, under one of their spellings. */
const named = (name: SQL, key: SQL): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT min(btrim(${name}) COLLATE "C") AS value, count(*)::int AS count
    FROM matches WHERE ${key} <> ''
    GROUP BY ${key} ORDER BY count(*) DESC, ${key} LIMIT ${MOST_COMMON}
  ) f)`;

const colleges = named(sql`college`, sql`college_key`);
const majors = named(sql`major`, sql`major_key`);

const skills = sql`(
  SELECT coalesce(json_agg(json_build_object('value', n.name, 'count', c.count) ORDER BY c.count DESC, n.name), '[]')
  FROM (
    SELECT skill_id, count(*)::int AS count FROM matches, unnest(skill_ids) AS skill_id
    GROUP BY skill_id ORDER BY count(*) DESC, skill_id LIMIT ${MOST_COMMON}
  ) c JOIN discovery.skill_names n USING (skill_id))`;

/** How many matches each bucket has, in the order of the buckets; one match may be in several. */
const bucketed = (buckets: readonly { value: string; where: SQL[] }[]): SQL => sql`(
  SELECT coalesce(json_agg(json_build_object('value', b.value, 'count', b.count) ORDER BY b.place), '[]')
  FROM (
    SELECT ARRAY[${sql.join(
      buckets.map(({ where }) => sql`count(*) FILTER (WHERE ${sql.join(where, sql` AND `)})`),
      sql`, `,
    )}] AS counts FROM matches d
  ) c, unnest(${sql.param(buckets.map(({ value }) => value))}::text[], c.counts) WITH ORDINALITY AS b (value, count, place)
  WHERE b.count > 0)`;

/** In each level are those that "at least this level" finds, of the skills that were asked for. */
const levels = (skillIds: number[] | null): SQL =>
  bucketed(skillLevels.map((level) => ({ value: String(level), where: skillFilters(skillIds, level) })));

const hours = counted(
  sql`CASE WHEN hours <= 5 THEN '1-5' WHEN hours <= 10 THEN '6-10' WHEN hours <= 20 THEN '11-20' WHEN hours > 20 THEN '21+' END`,
);

/** A range of money is in every bucket that it overlaps, as the filter has it. */
const budget = bucketed([
  { value: 'none', where: [sql`(d.budget_max = 0 OR (d.budget_min IS NULL AND d.budget_max IS NULL))`] },
  { value: '1-100', where: budgetFilters(1, 100) },
  { value: '101-500', where: budgetFilters(101, 500) },
  { value: '501-2000', where: budgetFilters(501, 2000) },
  { value: '2001+', where: budgetFilters(2001, undefined) },
]);

/** What other states would give, counted beside the matches. */
const states = sql`(
  SELECT coalesce(json_agg(json_build_object('value', s.status, 'count', s.count) ORDER BY s.count DESC, s.status), '[]')
  FROM (
    SELECT status, count FROM elsewhere WHERE count > 0
    UNION ALL SELECT status, count(*)::int FROM matches GROUP BY status
  ) s)`;

/** @param skillIds the skills that were asked for; null is none */
export function facets(kind: Kind, skillIds: number[] | null): SQL {
  if (kind === 'project') {
    return sql`json_build_object('skills', ${skills}, 'colleges', ${colleges}, 'status', ${states},
      'remote', ${counted(sql`is_remote`)}, 'levels', ${levels(skillIds)}, 'hours', ${hours}, 'budget', ${budget})`;
  }
  return sql`json_build_object('skills', ${skills}, 'colleges', ${colleges}, 'majors', ${majors},
    'years', ${counted(sql`nullif(year, 0)`)}, 'levels', ${levels(skillIds)}, 'hours', ${hours})`;
}
