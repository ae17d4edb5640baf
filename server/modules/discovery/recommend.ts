/** Recommendations both ways: candidates by shared skills from the index, scored one by one, best first. */
import type { Match } from '@collabthon/contracts/discovery';
import type { Candidate, Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Calls } from '../../platform/calls/calls.ts';
import { notFound } from '../../platform/http/problems.ts';
import { projectSkills } from './documents.ts';
import { type MatchPerson, type MatchProject, matchPeople, matchProject } from './match.ts';
import { maySeeProject } from './policy.ts';
import { presentProfile } from './search.ts';
import type { CandidateStore } from './store-candidates.ts';

const DEFAULT_LIMIT = 20;

interface Parts {
  store: CandidateStore;
  calls: Calls;
}

export function createRecommendations({ store, calls }: Parts) {
  const getOwnProject = async (projectId: number, userId: number) => {
    const project = await calls('projects.getProject', { project_id: projectId });
    if (project?.owner_id !== userId) throw notFound('This project');
    return project;
  };

  return {
    /** How a member fits one project. @throws 404 when there is none that they may see. */
    async matchOf(projectId: number, viewer: Principal): Promise<Match> {
      const { user_id } = viewer;
      const [project, me] = await Promise.all([
        calls('projects.getProject', { project_id: projectId }),
        calls('profiles.getCandidate', { user_id }),
      ]);
      if (!project || !maySeeProject(project, viewer, me?.person.college ?? null)) throw notFound('This project');
      return matchProject(personOf(me), projectOf(project), project.updated_at, Date.now());
    },

    /** Open projects of others with room, best fit first; the newest, unscored, for somebody without skills. */
    async projectsFor(viewer: Principal, limit = DEFAULT_LIMIT) {
      const { user_id } = viewer;
      const [me, ties] = await Promise.all([
        calls('profiles.getCandidate', { user_id }),
        calls('collaborations.getTies', { user_id }),
      ]);
      const person = personOf(me);
      const skillIds = person.skills.map(({ id }) => id);
      const projects = await store.listProjects(viewer, skillIds, ties.project_ids);
      const now = Date.now();
      return best(
        projects.map((card) => ({ card, match: matchProject(person, projectOf(card), card.updated_at, now) })),
        limit,
      );
    },

    /** People for one of my projects. @throws 404 when it is not mine. */
    async profilesForProject(viewer: Principal, projectId: number, limit = DEFAULT_LIMIT) {
      const project = await getOwnProject(projectId, viewer.user_id);
      const [team, ties] = await Promise.all([
        calls('collaborations.getTeam', { project_id: projectId }),
        calls('collaborations.getTies', { user_id: viewer.user_id }),
      ]);
      const members = team?.members.map(({ person }) => person.user_id) ?? [];
      const skillIds = projectSkills(project).map(({ skill_id }) => skill_id);
      const people = await store.listPeople(viewer, skillIds, [...members, ...ties.user_ids]);
      const asked = projectOf(project);
      const now = Date.now();
      return best(
        people.map((card) => ({ card, match: matchProject(personOfProfile(card), asked, card.updated_at, now) })),
        limit,
      );
    },

    /** People who share some of my skills and bring others. */
    async profilesFor(viewer: Principal, limit = DEFAULT_LIMIT) {
      const { user_id } = viewer;
      const [me, ties] = await Promise.all([
        calls('profiles.getCandidate', { user_id }),
        calls('collaborations.getTies', { user_id }),
      ]);
      const person = personOf(me);
      const people = await store.listPeople(
        viewer,
        person.skills.map(({ id }) => id),
        ties.user_ids,
      );
      const now = Date.now();
      return best(
        people.map((card) => ({ card, match: matchPeople(person, personOfProfile(card), now) })),
        limit,
      );
    },
  };
}

export type Recommendations = ReturnType<typeof createRecommendations>;

/** Highest score first; candidates of one score stay in their order, which is newest first. */
function best<Card extends Project | Profile>(scored: { card: Card; match: Match }[], limit: number) {
  return scored
    .toSorted((one, other) => (other.match.score ?? -1) - (one.match.score ?? -1))
    .slice(0, limit)
    .map(({ card, match }) => ({ ...card, score: match.score, reasons: match.factors }));
}

const nobody: MatchPerson = {
  skills: [],
  hours: null,
  open_to: [],
  college: null,
  updated_at: new Date(0).toISOString(),
};

const personOf = (candidate: Candidate | null): MatchPerson =>
  candidate ? personOfProfile(candidate.profile) : nobody;

/** Takes what counts out of a profile, and nothing else. */
export function personOfProfile(profile: Profile): MatchPerson {
  return {
    skills: profile.skill_levels.map(({ skill_id, name, level }) => ({ id: skill_id, name, level })),
    hours: profile.availability.hours_per_week,
    open_to: presentProfile(profile).open_to,
    college: profile.college || null,
    updated_at: profile.updated_at,
  };
}

/** Takes what counts out of a project; a role that is full asks for nothing any more. */
export function projectOf(project: Project): MatchProject {
  const levels = new Map<number, number>();
  for (const { skill, level, seats, taken } of project.roles) {
    if (skill && level && taken < seats) levels.set(skill.id, Math.min(level, levels.get(skill.id) ?? level));
  }
  return {
    skills: projectSkills(project).map(({ skill_id, name }) => ({
      id: skill_id,
      name,
      level: levels.get(skill_id) ?? null,
    })),
    hours: project.hours_per_week,
    is_paid: (project.budget_max ?? project.budget_min ?? 0) > 0,
    college: project.owner.college,
    updated_at: project.updated_at,
  };
}
