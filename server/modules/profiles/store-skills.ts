/** The vocabulary of skills in SQL. */
import type { Skill } from '@collabthon/contracts/profiles';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { skillKey } from './skills.ts';

/** The id of the skill with this name or synonym, as a subquery; NULL when there is none. */
export const skillIdOf = (name: string) => sql`(
  SELECT coalesce(
    (SELECT skill_id FROM profiles.skill_synonyms WHERE key = ${skillKey(name)}),
    (SELECT id FROM profiles.skills WHERE key = ${skillKey(name)})))`;

export function createSkillStore(db: Db) {
  return {
    /** Skills by key or by the key of a synonym. */
    async findByKeys(keys: string[]): Promise<Map<string, Skill>> {
      const { rows } = await db.execute<Skill & { key: string }>(sql`
        SELECT wanted.key, s.id, s.name
        FROM unnest(${sql.param(keys)}::text[]) AS wanted (key)
        LEFT JOIN profiles.skill_synonyms y ON y.key = wanted.key
        JOIN profiles.skills s ON s.id = y.skill_id OR y.key IS NULL AND s.key = wanted.key`);
      return new Map(rows.map(({ key, id, name }) => [key, { id, name }]));
    },

    /** The skills that ids stand for, by these ids; they stay so until the transaction ends. */
    async holdCurrent(ids: number[]): Promise<Map<number, Skill>> {
      await db.execute(sql`SELECT profiles.share_vocabulary()`);
      const { rows } = await db.execute<Skill & { given: number }>(sql`
        SELECT s.id AS given, t.id, t.name
        FROM profiles.skills s JOIN profiles.skills t ON t.id = coalesce(s.merged_into, s.id)
        WHERE s.id = ANY (${sql.param(ids)}::bigint[])`);
      return new Map(rows.map(({ given, id, name }) => [given, { id, name }]));
    },

    /** Adds skills that are neither there nor synonyms; in the order of their keys, so that two writers never wait for each other. */
    async insert(skills: ReadonlyMap<string, string>): Promise<void> {
      const keys = [...skills.keys()].sort();
      await db.execute(sql`
        INSERT INTO profiles.skills (name, key)
        SELECT name, key FROM unnest(
          ${sql.param(keys.map((key) => skills.get(key)))}::text[], ${sql.param(keys)}::text[]) AS new (name, key)
        ON CONFLICT (key) DO NOTHING`);
    },

    /** Skills of which a name or synonym begins with `prefix`: the exact one, then known ones, then by length and name. */
    async suggest(prefix: string, limit: number): Promise<Skill[]> {
      // Keys hold no character that LIKE reads as a pattern.
      const { rows } = await db.execute<Skill>(sql`
        WITH found AS (
          (SELECT id, key FROM profiles.skills WHERE key LIKE ${`${prefix}%`} ORDER BY is_curated DESC, key LIMIT 300)
          UNION ALL
          (SELECT skill_id, key FROM profiles.skill_synonyms WHERE key LIKE ${`${prefix}%`} LIMIT 300)
        )
        SELECT s.id, s.name FROM profiles.skills s
        JOIN (SELECT id, bool_or(key = ${prefix}) AS is_exact FROM found GROUP BY id) f USING (id)
        ORDER BY f.is_exact DESC, s.is_curated DESC, length(s.name), s.name
        LIMIT ${limit}`);
      return rows;
    },
  };
}
