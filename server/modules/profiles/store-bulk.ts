/** Many profiles at once in SQL. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { ResolvedMention } from './skills.ts';
import type { ProfileFields } from './store.ts';

export interface BulkProfile {
  user_id: number;
  fields: ProfileFields;
  skills: ResolvedMention[];
}

/** Overwrites whole profiles of accounts that have one, in three statements; nothing of the old ones stays. */
export async function overwriteProfiles(db: Db, rows: readonly BulkProfile[]): Promise<void> {
  const profiles = rows.map(({ user_id, fields }) => ({
    slots: [],
    open_to: [],
    visibility: 'public',
    ...fields,
    user_id,
  }));
  const skills = rows.flatMap(({ user_id, skills }) =>
    skills.map((skill, position) => ({ user_id, position, ...skill, level: skill.level ?? 2 })),
  );
  await db.execute(sql`
    UPDATE profiles.profiles p SET
      first_name = new.first_name, last_name = new.last_name, college = new.college, major = new.major, year = new.year,
      bio = new.bio, experience = new.experience, github_url = new.github_url, linkedin_url = new.linkedin_url,
      portfolio_url = new.portfolio_url, avatar_url = new.avatar_url, visibility = new.visibility,
      hours_per_week = new.hours_per_week, zone = new.zone, slots = new.slots, open_to = new.open_to,
      open_to_until = new.open_to_until, skill_ids = new.skill_ids, skill_names = new.skill_names,
      filled_at = coalesce(p.filled_at, now()), version = p.version + 1, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(profiles)}::jsonb) AS new (
      user_id bigint, first_name text, last_name text, college text, major text, year integer, bio text, experience text,
      github_url text, linkedin_url text, portfolio_url text, avatar_url text, visibility text, hours_per_week integer,
      zone text, slots jsonb, open_to text[], open_to_until timestamptz, skill_ids bigint[], skill_names text)
    WHERE p.user_id = new.user_id`);
  await db.execute(sql`
    DELETE FROM profiles.profile_skills WHERE user_id = ANY(${sql.param(rows.map((row) => row.user_id))}::bigint[])`);
  await db.execute(sql`
    INSERT INTO profiles.profile_skills (user_id, skill_id, position, level, years, evidence_url)
    SELECT user_id, skill_id, position, level, years, evidence_url
    FROM jsonb_to_recordset(${JSON.stringify(skills)}::jsonb) AS new (
      user_id bigint, skill_id bigint, position integer, level integer, years double precision, evidence_url text)`);
}
