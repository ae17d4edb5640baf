/** SQL of those who keep the vocabulary: skills with their synonyms and how many people have them. */
import type { VocabularySkill } from '@collabthon/contracts/profiles';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { COUNT_LIMIT } from '../../platform/database/paging.ts';

export interface StoredSkill {
  id: number;
  name: string;
  /** Null once it is merged. */
  key: string | null;
  merged_into: number | null;
}

export interface VocabularyFilter {
  /** A part of a key; '' is any. */
  part: string;
  is_curated?: boolean | undefined;
}

/** Of `profiles.skills AS s`. */
const columns = sql`
  s.id, s.name, s.is_curated,
  (SELECT coalesce(json_agg(y.name ORDER BY y.key), '[]') FROM profiles.skill_synonyms y WHERE y.skill_id = s.id) AS synonyms,
  (SELECT count(*) FROM (
    SELECT FROM profiles.profile_skills ps WHERE ps.skill_id = s.id LIMIT ${COUNT_LIMIT}) AS counted) AS people`;

export function createVocabularyStore(db: Db) {
  return {
    /** Nobody else reads or changes what names mean until the transaction ends. To be called first. */
    async hold(): Promise<void> {
      await db.execute(sql`SELECT profiles.hold_vocabulary()`);
    },

    /** The skill that an id stands for now. */
    async findCurrent(id: number): Promise<StoredSkill | undefined> {
      const { rows } = await db.execute<StoredSkill & Record<string, unknown>>(sql`
        SELECT t.id, t.name, t.key, t.merged_into
        FROM profiles.skills s JOIN profiles.skills t ON t.id = coalesce(s.merged_into, s.id) WHERE s.id = ${id}`);
      return rows[0];
    },

    async get(id: number): Promise<VocabularySkill | undefined> {
      const { rows } = await db.execute<VocabularySkill>(sql`
        SELECT ${columns} FROM profiles.skills s WHERE s.id = ${id}`);
      return rows[0];
    },

    /** In the order of keys: up to `limit` after the key `after`, and how many there are in all, up to COUNT_LIMIT. */
    async list(
      filter: VocabularyFilter,
      { after, offset, limit }: { after: string | null; offset: number; limit: number },
    ): Promise<{ rows: (VocabularySkill & { key: string })[]; total: number }> {
      const matches = sql`FROM profiles.skills s WHERE s.key IS NOT NULL ${matching(filter)}`;
      const { rows } = await db.execute<VocabularySkill & { key: string; total: number }>(sql`
        SELECT counted.total, page.*
        FROM (SELECT count(*) AS total FROM (SELECT ${matches} LIMIT ${COUNT_LIMIT}) AS capped) AS counted
        LEFT JOIN (
          SELECT s.key, ${columns} ${matches} ${after === null ? sql`` : sql`AND s.key > ${after}`}
          ORDER BY s.key LIMIT ${limit} OFFSET ${offset}
        ) AS page ON true
        ORDER BY page.key`);
      return { rows: rows.filter((row) => row.id !== null), total: rows[0]?.total ?? 0 };
    },

    async insert(name: string, key: string): Promise<number> {
      const { rows } = await db.execute<{ id: number }>(sql`
        INSERT INTO profiles.skills (name, key, is_curated) VALUES (${name}, ${key}, true) RETURNING id`);
      const [row] = rows;
      if (!row) throw new Error('An insert returned no row.');
      return row.id;
    },

    /** Gives a skill its name and its synonyms, by key; those that are not named go. */
    async rewrite(id: number, name: string, key: string, synonyms: ReadonlyMap<string, string>): Promise<void> {
      const keys = sql`${sql.param([...synonyms.keys()])}::text[]`;
      await db.execute(sql`
        DELETE FROM profiles.skill_synonyms WHERE skill_id = ${id} AND key <> ALL (${keys})`);
      await db.execute(
        sql`UPDATE profiles.skills SET name = ${name}, key = ${key}, is_curated = true WHERE id = ${id}`,
      );
      await db.execute(sql`
        INSERT INTO profiles.skill_synonyms (key, name, skill_id)
        SELECT key, name, ${id} FROM unnest(${keys}, ${sql.param([...synonyms.values()])}::text[]) AS given (key, name)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name WHERE skill_synonyms.skill_id = excluded.skill_id`);
    },

    /** All names of a skill lead to another from now on. */
    async retire({ id, name, key }: StoredSkill, intoId: number): Promise<void> {
      await db.execute(sql`
        UPDATE profiles.skills SET merged_into = ${intoId}, key = NULL WHERE id = ${id} OR merged_into = ${id}`);
      await db.execute(sql`UPDATE profiles.skill_synonyms SET skill_id = ${intoId} WHERE skill_id = ${id}`);
      await db.execute(sql`
        INSERT INTO profiles.skill_synonyms (key, name, skill_id) VALUES (${key}, ${name}, ${intoId})`);
    },

    /** Locks the profiles of up to `limit` people with a skill, by rising id. */
    async lockPeople(skillId: number, afterUserId: number, limit: number): Promise<number[]> {
      const { rows } = await db.execute<{ user_id: number }>(sql`
        SELECT p.user_id FROM profiles.profiles p
        WHERE p.user_id = ANY (ARRAY(
          SELECT user_id FROM profiles.profile_skills
          WHERE skill_id = ${skillId} AND user_id > ${afterUserId} ORDER BY user_id LIMIT ${limit}))
        ORDER BY p.user_id FOR UPDATE`);
      return rows.map((row) => row.user_id);
    },

    /** Gives these people one skill for another. Who has both keeps the higher level, the longer time and the evidence for it. */
    async exchange(userIds: number[], fromId: number, intoId: number): Promise<void> {
      const isTheirs = (table: SQL) => sql`${table}.user_id = ANY (${sql.param(userIds)}::bigint[])`;
      await db.execute(sql`
        UPDATE profiles.profile_skills kept SET
          level = greatest(kept.level, given.level),
          years = greatest(kept.years, given.years),
          evidence_url = CASE WHEN given.level > kept.level
            THEN coalesce(given.evidence_url, kept.evidence_url) ELSE coalesce(kept.evidence_url, given.evidence_url) END,
          position = least(kept.position, given.position)
        FROM profiles.profile_skills given
        WHERE given.user_id = kept.user_id AND given.skill_id = ${fromId} AND kept.skill_id = ${intoId}
          AND ${isTheirs(sql`kept`)}`);
      await db.execute(sql`
        DELETE FROM profiles.profile_skills given USING profiles.profile_skills kept
        WHERE kept.user_id = given.user_id AND kept.skill_id = ${intoId} AND given.skill_id = ${fromId}
          AND ${isTheirs(sql`given`)}`);
      await db.execute(sql`
        UPDATE profiles.profile_skills given SET skill_id = ${intoId}
        WHERE given.skill_id = ${fromId} AND ${isTheirs(sql`given`)}`);
    },

    /** Brings what profiles repeat of their skills in line, and counts their versions up. */
    async repeatSkills(userIds: number[]): Promise<void> {
      await db.execute(sql`
        UPDATE profiles.profiles p SET skill_ids = own.ids, skill_names = own.names, version = p.version + 1
        FROM (
          SELECT ps.user_id, array_agg(s.id ORDER BY ps.position, s.id) AS ids,
            string_agg(s.name, ', ' ORDER BY ps.position, s.id) AS names
          FROM profiles.profile_skills ps JOIN profiles.skills s ON s.id = ps.skill_id
          WHERE ps.user_id = ANY (${sql.param(userIds)}::bigint[])
          GROUP BY ps.user_id
        ) own
        WHERE p.user_id = own.user_id`);
    },
  };
}

function matching({ part, is_curated }: VocabularyFilter): SQL {
  // Keys hold no character that LIKE reads as a pattern.
  const like = `%${part}%`;
  return sql`
    ${part === '' ? sql`` : sql`AND (s.key LIKE ${like} OR s.id IN (SELECT skill_id FROM profiles.skill_synonyms WHERE key LIKE ${like}))`}
    ${is_curated === undefined ? sql`` : sql`AND s.is_curated = ${is_curated}`}`;
}
