/** Who may see a project's team, apply to it, and answer a request. */
import type { Project } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type SQL, sql } from 'drizzle-orm';
import type { Principal } from '../../platform/auth/auth.ts';
import { forbidden, notFound } from '../../platform/http/problems.ts';
import type { RequestRow } from './tables.ts';

type Viewer = Pick<Principal, 'user_id' | 'role'> | null;

/** The condition on `collaborations.projects p` for its team being seen: as the project is, and always by the team. */
export function teamVisibleTo(viewer: Viewer): SQL {
  if (!viewer) return sql`p.status <> 'draft' AND p.visibility = 'public'`;
  if (viewer.role === 'admin') return sql`true`;
  return sql`(p.owner_id = ${viewer.user_id} OR p.status <> 'draft' AND (
    p.visibility IN ('public', 'members')
    OR EXISTS (SELECT FROM collaborations.members m WHERE m.project_id = p.id AND m.user_id = ${viewer.user_id})
    OR p.visibility = 'college' AND
      (SELECT college_key FROM collaborations.people WHERE user_id = p.owner_id)
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
  if (!request || ![request.sender_id, request.receiver_id].includes(viewer.user_id)) throw notFound('This request');
  if (request[`${side}_id`] === viewer.user_id) return;
  throw forbidden(
    side === 'receiver'
      ? 'Only the person who received a request can answer it. You can withdraw yours.'
      : 'Only the person who sent a request can withdraw it. You can decline it.',
    `not_${side}`,
  );
}
