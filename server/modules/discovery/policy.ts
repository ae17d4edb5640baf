/** Who is shown what, in SQL for lists and as a rule for one project. */
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import { nameKey } from './documents.ts';

/** Null is somebody who is not signed in. */
type Viewer = Pick<Principal, 'user_id' | 'role'> | null;

const isModerator = ({ role }: NonNullable<Viewer>) => role === 'moderator' || role === 'admin';

/** The viewer's own document as `v`, for the college that they are of. */
const viewersDocument = (userId: number): SQL =>
  sql`FROM discovery.profile_documents v WHERE v.user_id = ${userId} AND v.college_key <> ''`;

/** Drafts are their owner's alone; projects of suspended members are nobody's. */
export function visibleProjects(viewer: Viewer): SQL {
  if (!viewer) return sql`(d.owner_is_active AND d.status <> 'draft' AND d.visibility = 'public')`;
  const isMine = sql`d.owner_id = ${viewer.user_id}`;
  if (viewer.role === 'admin') return sql`(d.owner_is_active AND (d.status <> 'draft' OR ${isMine}))`;
  return sql`(d.owner_is_active AND (${isMine} OR (d.status <> 'draft' AND (
    d.visibility IN ('public', 'members')
    OR (d.visibility = 'college' AND d.college_key = (SELECT v.college_key ${viewersDocument(viewer.user_id)}))))))`;
}

/**
 * One's own profile is always there, also a private one. Somebody whose college is proven is, when they say "my
 * college", shown only to others of it who have proven theirs.
 */
export function visibleProfiles(viewer: Viewer): SQL {
  if (!viewer) return sql`(d.is_listed AND d.visibility = 'public')`;
  const isMine = sql`d.user_id = ${viewer.user_id}`;
  if (isModerator(viewer)) return sql`(d.is_listed OR ${isMine})`;
  const viewers = viewersDocument(viewer.user_id);
  return sql`(${isMine} OR (d.is_listed AND (
    d.visibility IN ('public', 'members')
    OR (d.visibility = 'college' AND d.college_key = (SELECT v.college_key ${viewers})
      AND (NOT d.is_verified OR (SELECT v.is_verified ${viewers}))))))`;
}

/** The same rule for a project that is at hand. */
export function maySeeProject(
  project: Project,
  { user_id, role }: NonNullable<Viewer>,
  college: string | null,
): boolean {
  if (project.owner_id === user_id) return true;
  if (project.status === 'draft') return false;
  if (role === 'admin' || project.visibility !== 'college') return true;
  return nameKey(college ?? '') !== '' && nameKey(project.owner.college ?? '') === nameKey(college ?? '');
}
