/** What is kept of projects and changes with an event; the contract's routes name the same tags. */
import type { Project } from '@collabthon/contracts/projects';
import type { Db } from '../../platform/database/database.ts';
import type { Outdates } from '../../platform/events/events.ts';
import { createProjectReads } from './store-read.ts';

const ALL = 'projects';
const page = (id: number) => `project/${id}`;
const ofProject = ({ project }: { project: Project }) => [ALL, page(project.id)];

/** What shows somebody's card. */
export async function tagsOfOwner(tx: Db, userId: number): Promise<string[]> {
  const ids = await createProjectReads(tx).listOwnedIds(userId);
  return ids.length > 0 ? [ALL, ...ids.map(page)] : [];
}

export const projectOutdates: Outdates = {
  'project.created': ofProject,
  'project.changed': ofProject,
  'project.deleted': ({ project_id }) => [ALL, page(project_id)],
  'team.changed': ({ project_id }) => [ALL, page(project_id)],
  'profile.changed': ({ user_id }, tx) => tagsOfOwner(tx, user_id),
  // Lists by a skill ask what its names mean now.
  'skill.changed': () => [ALL],
};
