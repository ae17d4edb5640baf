/** Brings search documents to the present state of what they show. */
import type { Candidate } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import type { Platform } from '../../platform/module.ts';
import { profileDocument, projectDocument } from './documents.ts';
import type { IndexStore } from './store-index.ts';

export function createIndexing({ jobs, calls }: Pick<Platform, 'jobs' | 'calls'>, store: IndexStore) {
  /**
   * The project with seats and members as the team has them. Its own counts follow the same event as this run does, and
   * may be behind it.
   */
  const withTeam = async (project: Project): Promise<Project> => {
    const team = await calls('collaborations.getTeam', { project_id: project.id });
    if (!team) return project;
    const taken = new Map(team.roles.map((role) => [role.id, role.taken]));
    const roles = project.roles.map((role) => ({ ...role, taken: taken.get(role.id) ?? role.taken }));
    return { ...project, roles, member_count: team.members.length };
  };

  const writeProject = async (ticket: number, listed: Project) => {
    const project = await withTeam(listed);
    await store.writeProject(ticket, project, (owner) =>
      projectDocument(project, owner.person ?? project.owner, owner.is_active),
    );
  };

  /** A profile tells most of it; the account is asked only where that is not enough. */
  const accountState = async (userId: number, candidate: Candidate | null) => {
    const isVerified = candidate?.person.is_verified_student === true;
    if (candidate?.is_listed && (isVerified || candidate.visibility !== 'college'))
      return { isActive: true, isVerified };
    const member = await calls('accounts.getMember', { user_id: userId });
    return { isActive: member?.is_active === true, isVerified: !!member?.badge };
  };

  /** A member who is suspended or gone shows nothing. */
  const writeProfile = async (ticket: number, userId: number, candidate: Candidate | null) => {
    const { isActive: active, isVerified } = await accountState(userId, candidate);
    const document = candidate && active ? profileDocument(candidate, isVerified) : null;
    await store.writeProfile(ticket, userId, document, active, async (tx, projectIds) => {
      for (const project_id of projectIds) {
        await jobs.send(tx, 'discovery.index_project', { project_id });
      }
    });
  };

  return {
    drawTicket: store.drawTicket,
    writeProject,
    writeProfile,

    async indexProject(projectId: number): Promise<void> {
      const ticket = await store.drawTicket();
      const project = await calls('projects.getProject', { project_id: projectId });
      if (project) await writeProject(ticket, project);
      else await store.removeProject(ticket, projectId);
    },

    async indexProfile(userId: number): Promise<void> {
      const ticket = await store.drawTicket();
      await writeProfile(ticket, userId, await calls('profiles.getCandidate', { user_id: userId }));
    },
  };
}
