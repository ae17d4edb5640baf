/** Who may see a project's team, apply to it, and answer a request. */
import type { Project } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import { forbidden, notFound } from '../../platform/http/problems.ts';
import type { RequestRow } from './tables.ts';

type Viewer = Pick<Principal, 'user_id' | 'role'> | null;

/**
 * The condition on `collaborations.projects p` for its team being seen: as the project is, and always by the team.
 * `fresh` is the project as its own module has it now; without it the mirror decides, which follows within moments.
 */
export function teamVisibleTo(viewer: Viewer, fresh?: Pick<Project, 'owner_id' | 'status' | 'visibility'>): SQL {
  const status = fresh ? sql`${fresh.status}::text` : sql`p.status`;
  const visibility = fresh ? sql`${fresh.visibility}::text` : sql`p.visibility`;
  const owner = fresh ? sql`${fresh.owner_id}::bigint` : sql`p.owner_id`;
  if (!viewer) return sql`${status} <> 'draft' AND ${visibility} = 'public'`;
  if (viewer.role === 'admin') return sql`true`;
  return sql`(${owner} = ${viewer.user_id} OR ${status} <> 'draft' AND (
    ${visibility} IN ('public', 'members')
    OR EXISTS (SELECT FROM collaborations.members m WHERE m.project_id = p.id AND m.user_id = ${viewer.user_id})
    OR ${visibility} = 'college' AND
      (SELECT college_key FROM collaborations.people WHERE user_id = ${owner})
      = (SELECT college_key FROM collaborations.people WHERE user_id = ${viewer.user_id})))`;
}

/** The same for a project at hand, asked by a member. */
export function mayRequest(project: Project, sender: PersonCard): boolean {
  if (project.owner_id === sender.user_id) return true;
  if (project.status === 'draft') return false;
  if (project.visibility !== 'college') return true;
  const [theirs, mine] = [project.owner.college, sender.college].map((college) => college?.trim().toLowerCase());
  return Boolean(theirs) && theirs === mine;
}

type Side = 'sender' | 'receiver';

/** @throws 404 for strangers; 403 for the other side of the request. */
export function requireSide(request: RequestRow | null, side: Side, viewer: Principal): asserts request is RequestRow {
  if (!request || ![request.sender_id, request.receiver_id].includes(viewer.user_id)) throw notFound('request');
  if (request[`${side}_id`] === viewer.user_id) return;
  throw side === 'receiver'
    ? forbidden('not_receiver', 'Only the person who received a request can answer it. You can withdraw yours.')
    : forbidden('not_sender', 'Only the person who sent a request can withdraw it. You can decline it.');
}
