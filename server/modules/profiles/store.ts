/** Single profiles in SQL: read by their owners and other modules, made with the account, filled and changed by their owners. */
import type { Onlooker } from '@collabthon/contracts/profiles';
import { eq, type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { likeLiteral } from '../../platform/database/like.ts';
import { isReadableForOnlooker } from './policy.ts';
import type { CardRow, ProfileRow } from './present.ts';
import { mergeMentions, type ResolvedMention } from './skills.ts';
import { createSkillStore } from './store-skills.ts';
import { profileSkills, profiles } from './tables.ts';

/** The version of a member who was erased: above every one that an account can have, so that no late word of it counts. */
export const ERASED = 2_147_483_647;
/** Of a CardRow. */
const isErased = sql`member_version = ${sql.raw(String(ERASED))} AS is_erased`;

/** Columns of a ProfileRow, of `profiles.profiles AS p`. */
export const profileColumns = sql`
  p.id, p.user_id, p.username, p.first_name, p.last_name, p.college, p.badge_college, p.badge_kind, p.avatar_url,
  p.visibility, p.is_active, p.is_demo, p.major, p.year, p.bio, p.experience, p.github_url, p.linkedin_url,
  p.portfolio_url, p.hours_per_week, p.zone, p.slots, array_to_json(p.open_to) AS open_to, p.open_to_until, p.filled_at,
  p.is_listed, p.version, p.created_at, p.updated_at, p.${isErased},
  coalesce((
    SELECT json_agg(json_build_object(
      'skill_id', s.id, 'name', s.name, 'level', ps.level, 'years', ps.years, 'evidence_url', ps.evidence_url
    ) ORDER BY ps.position)
    FROM profiles.profile_skills ps JOIN profiles.skills s ON s.id = ps.skill_id
    WHERE ps.user_id = p.user_id
  ), '[]') AS skills`;

/** What accounts say of a member. */
export interface MemberState {
  user_id: number;
  username: string;
  is_active: boolean;
  is_demo: boolean;
  badge: { college: string; kind: 'student' | 'alumni' } | null;
  version: number;
}

export type ProfileFields = Partial<
  Omit<typeof profiles.$inferInsert, 'id' | 'user_id' | 'username' | 'version' | 'created_at' | 'updated_at'>
>;

export function createProfileStore(db: Db) {
  const select = async (condition: SQL, rest: SQL = sql``): Promise<ProfileRow[]> => {
    const { rows } = await db.execute<ProfileRow>(
      sql`SELECT ${profileColumns} FROM profiles.profiles p WHERE ${condition} ${rest}`,
    );
    return rows;
  };

  const insertMember = (member: MemberState, onConflict: SQL) => sql`
    INSERT INTO profiles.profiles AS p (user_id, username, is_active, is_demo, badge_college, badge_kind, member_version)
    VALUES (${member.user_id}, ${member.username}, ${member.is_active}, ${member.is_demo}, ${member.badge?.college ?? null},
      ${member.badge?.kind ?? null}, ${member.version})
    ON CONFLICT (user_id) ${onConflict}`;

  return {
    async find(userId: number): Promise<ProfileRow | undefined> {
      return (await select(sql`p.user_id = ${userId}`))[0];
    },

    /** The profile of a user, if a student of this kind may open it. */
    async findSeenBy(userId: number, onlooker: Onlooker): Promise<ProfileRow | undefined> {
      return (await select(sql`p.user_id = ${userId} AND ${isReadableForOnlooker(onlooker)}`))[0];
    },

    list: (userIds: number[]) => select(sql`p.user_id = ANY(${sql.param(userIds)}::bigint[])`, sql`ORDER BY p.user_id`),

    listAfter: (userId: number, limit: number) =>
      select(sql`p.user_id > ${userId}`, sql`ORDER BY p.user_id LIMIT ${limit}`),

    /** Ids of up to 200 members with this text in their name, newest first. */
    async findByName(text: string): Promise<number[]> {
      const part = `%${likeLiteral(text.toLowerCase())}%`;
      const { rows } = await db.execute<{ user_id: number }>(sql`
        SELECT user_id FROM profiles.profiles
        WHERE lower(first_name || ' ' || last_name) LIKE ${part} ORDER BY id DESC LIMIT 200`);
      return rows.map(({ user_id }) => user_id);
    },

    async listCards(userIds: number[]): Promise<CardRow[]> {
      const { rows } = await db.execute<CardRow>(sql`
        SELECT user_id, username, first_name, last_name, college, badge_college, badge_kind, avatar_url, visibility,
          ${isErased}
        FROM profiles.profiles WHERE user_id = ANY(${sql.param(userIds)}::bigint[])`);
      return rows;
    },

    /** True when the member had no profile yet and has an empty one now. */
    async insertEmpty(member: MemberState): Promise<boolean> {
      return (await db.execute(insertMember(member, sql`DO NOTHING`))).rowCount === 1;
    },

    /** Takes over what accounts say, unless something newer is known; true when it was news. */
    async updateMember(member: MemberState): Promise<boolean> {
      const { rowCount } = await db.execute(
        insertMember(
          member,
          sql`DO UPDATE SET
            username = excluded.username, is_active = excluded.is_active, is_demo = excluded.is_demo,
            badge_college = excluded.badge_college, badge_kind = excluded.badge_kind,
            member_version = excluded.member_version, version = p.version + 1
          WHERE p.member_version < excluded.member_version`,
        ),
      );
      return rowCount === 1;
    },

    /** Holds the row until the transaction ends; changes of one profile happen one after the other. */
    async lock(userId: number): Promise<{ is_filled: boolean; updated_at: string } | undefined> {
      const { rows } = await db.execute<{ is_filled: boolean; updated_at: string }>(sql`
        SELECT filled_at IS NOT NULL AS is_filled, updated_at
        FROM profiles.profiles WHERE user_id = ${userId} FOR UPDATE`);
      return rows[0] && { ...rows[0], updated_at: isoTime(rows[0].updated_at) };
    },

    /** Writes these fields and counts the version up. The time moves on by what the wire can tell apart. */
    async update(userId: number, fields: ProfileFields): Promise<void> {
      await db
        .update(profiles)
        .set({
          ...fields,
          filled_at: sql`coalesce(${profiles.filled_at}, now())`,
          version: sql`${profiles.version} + 1`,
          updated_at: sql`greatest(now(), ${profiles.updated_at} + interval '1 millisecond')`,
        })
        .where(eq(profiles.user_id, userId));
    },

    /**
     * Exchanges the skills of a profile. What a mention leaves open stays as it was known; level 2 for a new skill.
     * To be called with the row locked; returns the fields that repeat the skills on it.
     */
    async replaceSkills(userId: number, given: ResolvedMention[]): Promise<ProfileFields> {
      const current = await createSkillStore(db).holdCurrent(given.map((mention) => mention.skill_id));
      const mentions = mergeMentions(
        given.flatMap((mention) => {
          const skill = current.get(mention.skill_id);
          return skill ? [{ ...mention, skill_id: skill.id }] : [];
        }),
      );
      const names = new Map([...current.values()].map(({ id, name }) => [id, name]));
      const known = await db.select().from(profileSkills).where(eq(profileSkills.user_id, userId));
      const rows = mentions.map(({ skill_id, level, years, evidence_url }, position) => {
        const before = known.find((skill) => skill.skill_id === skill_id);
        return {
          user_id: userId,
          skill_id,
          position,
          level: level ?? before?.level ?? 2,
          years: years === undefined ? (before?.years ?? null) : years,
          evidence_url: evidence_url === undefined ? (before?.evidence_url ?? null) : evidence_url,
        };
      });
      await db.delete(profileSkills).where(eq(profileSkills.user_id, userId));
      if (rows.length > 0) await db.insert(profileSkills).values(rows);
      return {
        skill_ids: rows.map((row) => row.skill_id),
        skill_names: rows.map((row) => names.get(row.skill_id)).join(', '),
      };
    },

    /** Ends "open to" of up to `limit` profiles that did not confirm it in time, and names them. */
    async lapseOpenTo(limit: number): Promise<ProfileRow[]> {
      const { rows } = await db.execute<{ user_id: number }>(sql`
        UPDATE profiles.profiles SET open_to = '{}', version = version + 1
        WHERE user_id IN (
          SELECT user_id FROM profiles.profiles
          WHERE open_to <> '{}' AND open_to_until <= now()
          ORDER BY open_to_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING user_id`);
      const userIds = rows.map((row) => row.user_id);
      return userIds.length === 0 ? [] : select(sql`p.user_id = ANY(${sql.param(userIds)}::bigint[])`);
    },
  };
}
