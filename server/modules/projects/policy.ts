/** Who sees a project, and who may change it. */
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import { forbidden } from '../../platform/http/problems.ts';

/** Somebody who looks; null is a visitor. */
export type Viewer = Pick<Principal, 'user_id' | 'role'> | null;

/**
 * The condition on `projects.projects p` for being seen: drafts by their owner only; the rest by its visibility, and always
 * by the team. Admins see everything.
 */
export function visibleTo(viewer: Viewer): SQL {
  if (!viewer) return sql`p.status <> 'draft' AND p.visibility = 'public'`;
  if (viewer.role === 'admin') return sql`true`;
  return sql`(p.owner_id = ${viewer.user_id} OR p.status <> 'draft' AND (
    p.visibility IN ('public', 'members')
    OR ${viewer.user_id} = ANY (p.member_ids)
    OR p.visibility = 'college' AND
      (SELECT college_key FROM projects.people WHERE user_id = p.owner_id)
      = (SELECT college_key FROM projects.people WHERE user_id = ${viewer.user_id})))`;
}

/** @throws 403 unless the project is this person's own. */
export function requireOwner(project: Pick<Project, 'owner_id'>, viewer: NonNullable<Viewer>): void {
  if (project.owner_id !== viewer.user_id) throw forbidden('not_owner', 'Only the owner of a project may change it.');
}

/** The condition on `projects.projects p` for being moved to another state: one's own, and all by an admin. */
export const movableBy = ({ user_id, role }: NonNullable<Viewer>): SQL =>
  role === 'admin' ? sql`true` : sql`p.owner_id = ${user_id}`;
