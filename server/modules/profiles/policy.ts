/**
 * Who may see a profile, written as conditions on `profiles.profiles AS p`, so that lists, searches and single answers
 * cannot disagree.
 */
import type { Onlooker } from '@collabthon/contracts/profiles';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';

/** Null is somebody who is not signed in. */
export type Viewer = Pick<Principal, 'user_id' | 'role'> | null;

/**
 * In lists of this viewer: active, filled in, not private, and meant for them. "My college" is the college of the badge
 * where there is one. Somebody who has proven theirs is shown only to others who have; somebody who has merely named it
 * is shown to everyone who names or has proven the same.
 */
export function isListedFor(viewer: Viewer): SQL {
  if (!viewer) return sql`(p.is_listed AND p.visibility = 'public')`;
  if (isModerator(viewer)) return sql`p.is_listed`;
  const mine = sql`FROM profiles.profiles me WHERE me.user_id = ${viewer.user_id}`;
  return isListedForMember(
    sql`(SELECT me.circle ${mine})`,
    sql`(SELECT me.circle ${mine} AND me.badge_college IS NOT NULL)`,
  );
}

/** @param college of the member @param proven the same if they have proven it; NULL for none */
const isListedForMember = (college: SQL, proven: SQL): SQL => sql`(p.is_listed AND (
    p.visibility IN ('public', 'members')
    OR p.visibility = 'college' AND p.circle <> '' AND (
      p.circle = ${proven} OR p.badge_college IS NULL AND p.circle = ${college})))`;

const nothing = sql`NULL::text`;
const onlookers: Record<Onlooker, SQL> = {
  visitor: isListedFor(null),
  member: isListedForMember(nothing, nothing),
  college_mate: isListedForMember(sql`p.circle`, nothing),
  verified_college_mate: isListedForMember(sql`p.circle`, sql`p.circle`),
};

/** To be opened by a student other than its owner, of this kind. */
export const isReadableForOnlooker = (onlooker: Onlooker): SQL => onlookers[onlooker];

/** To be opened by this viewer: what their lists show, their own, and for moderators and admins everything. */
export function isReadableFor(viewer: Viewer): SQL {
  if (!viewer) return isListedFor(viewer);
  return isModerator(viewer) ? sql`true` : sql`(p.user_id = ${viewer.user_id} OR ${isListedFor(viewer)})`;
}

const isModerator = ({ role }: NonNullable<Viewer>) => role === 'moderator' || role === 'admin';
