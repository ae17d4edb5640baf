/** Conditions on a document `d` that a filter asks for; what the facets count by, so that a count keeps its word. */
import { type SQL, sql } from 'drizzle-orm';
import { levelKey } from './documents.ts';

export const skillLevels = [1, 2, 3, 4] as const;

/**
 * @param skillIds any of these; null is whatever skill
 * @param minLevel at this level or a higher one
 */
export function skillFilters(skillIds: number[] | null, minLevel: number | undefined): SQL[] {
  const from = minLevel ?? 1;
  const asked = skillLevels.filter((level) => level >= from);
  if (skillIds === null) return minLevel === undefined ? [] : [sql`d.levels && ${sql.param(asked)}::smallint[]`];
  if (minLevel === undefined) return [sql`d.skill_ids && ${sql.param(skillIds)}::bigint[]`];
  const keys = skillIds.flatMap((id) => asked.map((level) => levelKey(id, level)));
  return [sql`d.skill_levels && ${sql.param(keys)}::bigint[]`];
}

/** A budget that is not named on one side is open on that side; a project without any is not a match for money. */
export function budgetFilters(min: number | undefined, max: number | undefined): SQL[] {
  if (min === undefined && max === undefined) return [];
  return [
    sql`(d.budget_min IS NOT NULL OR d.budget_max IS NOT NULL)`,
    ...(min === undefined ? [] : [sql`coalesce(d.budget_max, 'infinity') >= ${min}::float8`]),
    ...(max === undefined ? [] : [sql`coalesce(d.budget_min, 0) <= ${max}::float8`]),
  ];
}

/** What people are open to is said for a time. */
export const isStillOpen = sql`(d.open_to_until IS NULL OR d.open_to_until > now())`;
