/** What the matches have in common, with counts: exact up to 10,000 matches, beyond that those of the newest 10,000. */
import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from './documents.ts';

const MOST_COMMON = 20;

/** Columns of a match that its facets are counted from. */
export const facetColumns: Record<Kind, SQL> = {
  project: sql`d.skill_ids, d.levels, d.college, d.status, d.is_remote, d.hours, d.budget_min, d.budget_max`,
  profile: sql`d.skill_ids, d.levels, d.college, d.major, d.year, d.hours`,
};

/** Counts of `value`, an expression over `matches`; the most common first. */
const counted = (value: SQL, from: SQL = sql`matches`): SQL => sql`(
  SELECT coalesce(json_agg(f), '[]') FROM (
    SELECT v.value::text AS value, count(*)::int AS count
    FROM ${from}, LATERAL (SELECT ${value} AS value) v
    WHERE v.value IS NOT NULL AND v.value::text <> ''
    GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ${MOST_COMMON}
  ) f)`;

const skills = sql`(
  SELECT coalesce(json_agg(json_build_object('value', n.name, 'count', c.count) ORDER BY c.count DESC, n.name), '[]')
  FROM (
    SELECT skill_id, count(*)::int AS count FROM matches, unnest(skill_ids) AS skill_id
    GROUP BY skill_id ORDER BY count(*) DESC, skill_id LIMIT ${MOST_COMMON}
  ) c JOIN discovery.skill_names n USING (skill_id))`;

const levels = counted(sql`level`, sql`matches, unnest(levels) AS level`);

const hours = counted(
  sql`CASE WHEN hours <= 5 THEN '1-5' WHEN hours <= 10 THEN '6-10' WHEN hours <= 20 THEN '11-20' WHEN hours > 20 THEN '21+' END`,
);

const budget = counted(sql`CASE
  WHEN coalesce(budget_max, budget_min, 0) = 0 THEN 'none'
  WHEN coalesce(budget_max, budget_min) <= 100 THEN '1-100'
  WHEN coalesce(budget_max, budget_min) <= 500 THEN '101-500'
  WHEN coalesce(budget_max, budget_min) <= 2000 THEN '501-2000'
  ELSE '2001+' END`);

export const facets: Record<Kind, SQL> = {
  project: sql`json_build_object('skills', ${skills}, 'colleges', ${counted(sql`college`)}, 'status', ${counted(sql`status`)},
    'remote', ${counted(sql`is_remote`)}, 'levels', ${levels}, 'hours', ${hours}, 'budget', ${budget})`,
  profile: sql`json_build_object('skills', ${skills}, 'colleges', ${counted(sql`college`)}, 'majors', ${counted(sql`major`)},
    'years', ${counted(sql`nullif(year, 0)`)}, 'levels', ${levels}, 'hours', ${hours})`,
};
