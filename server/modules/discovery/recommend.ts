/** Recommendations both ways: candidates by shared skills from the index, scored one by one, best first. */
import type { Match, ProjectMatch, ProjectSketch, ResultMatch } from '@collabthon/contracts/discovery';
import type { Candidate, Profile } from '@collabthon/contracts/profiles';
import type { Project, ProjectRole } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Calls } from '../../platform/calls/calls.ts';
import { notFound } from '../../platform/http/problems.ts';
import { projectSkills } from './documents.ts';
import { fitRole, type MatchPerson, type MatchProject, matchPeople, matchProject } from './match.ts';
import { maySeeProject } from './policy.ts';
import { presentProfile } from './search.ts';
import type { CandidateStore } from './store-candidates.ts';

const DEFAULT_LIMIT = 20;
const SKETCH_LIMIT = 10;

interface Parts {
  store: CandidateStore;
  calls: Calls;
}

export function createRecommendations({ store, calls }: Parts) {
  const getOwnProject = async (projectId: number, userId: number) => {
    const project = await calls('projects.getProject', { project_id: projectId });
    if (project?.owner_id !== userId) throw notFound('project');
    return project;
  };

  /** The team sees its project wherever its members study. */
  const isInTeam = async ({ id, status }: Project, userId: number): Promise<boolean> => {
    const team = status === 'draft' ? null : await calls('collaborations.getTeam', { project_id: id });
    return team?.members.some(({ person }) => person.user_id === userId) ?? false;
  };

  /** People who share a skill with what is asked for, best fit first, and how many were weighed. */
  const findPeople = async (viewer: Principal, asked: Asked, except: number[], limit: number) => {
    const skillIds = projectSkills(asked).map(({ skill_id }) => skill_id);
    const people = await store.listPeople(viewer, skillIds, except);
    const project = projectOf(asked);
    const now = Date.now();
    const scored = people.map((card) => ({
      card,
      match: matchProject(personOfProfile(card), project, card.updated_at, now),
    }));
    return { items: best(scored, limit), total_considered: people.length };
  };

  /** The sketch of a project as if it were posted by its writer. */
  const readSketch = async (sketch: ProjectSketch, college: string | null) => {
    const required = sketch.skills ?? [];
    const roles = sketch.roles ?? [];
    const names = [...required, ...roles.map(({ skill }) => skill ?? '')];
    const found = await calls('profiles.findSkills', { names });
    const asked: Asked = {
      skills: found.slice(0, required.length).filter((skill) => skill !== null),
      roles: roles.map(({ level, seats }, at) => ({
        skill: found[required.length + at] ?? null,
        level: level ?? null,
        seats: seats ?? 1,
        taken: 0,
      })),
      hours_per_week: sketch.hours_per_week ?? null,
      budget_min: sketch.budget_min ?? null,
      budget_max: sketch.budget_max ?? null,
      owner: { college },
      updated_at: new Date().toISOString(),
    };
    return { asked, unknown_skills: names.filter((name, at) => name.trim() && !found[at]) };
  };

  /** Open projects of others with room, best fit first; the newest, unscored, for somebody without skills. */
  const recommendedProjects = async (viewer: Principal, limit = Number.POSITIVE_INFINITY) => {
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
  };

  /** People who share some of my skills and bring others. */
  const recommendedPeople = async (viewer: Principal, limit = Number.POSITIVE_INFINITY) => {
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
  };

  return {
    /** Ids of the projects that are recommended, best fit first. */
    rankProjects: async (viewer: Principal) => (await recommendedProjects(viewer)).map(({ id }) => id),

    /** Ids of the people who are. */
    rankPeople: async (viewer: Principal) => (await recommendedPeople(viewer)).map(({ user_id }) => user_id),

    /** How a member fits each of these projects of others. */
    async matchProjects({ user_id }: Principal, projects: Project[]): Promise<ResultMatch[]> {
      const person = personOf(await calls('profiles.getCandidate', { user_id }));
      const now = Date.now();
      return projects
        .filter(({ owner_id }) => owner_id !== user_id)
        .map((card) => ({ id: card.id, ...matchProject(person, projectOf(card), card.updated_at, now) }));
    },

    /** How a member fits each of these other people; `id` is that of the profile. */
    async matchProfiles({ user_id }: Principal, profiles: Profile[]): Promise<ResultMatch[]> {
      const person = personOf(await calls('profiles.getCandidate', { user_id }));
      const now = Date.now();
      return profiles
        .filter((card) => card.user_id !== user_id)
        .map((card) => ({ id: card.id, ...matchPeople(person, personOfProfile(card), now) }));
    },

    /** How a member fits one project and its roles. @throws 404 when there is none that they may see. */
    async matchOf(projectId: number, viewer: Principal): Promise<ProjectMatch> {
      const { user_id } = viewer;
      const [project, me] = await Promise.all([
        calls('projects.getProject', { project_id: projectId }),
        calls('profiles.getCandidate', { user_id }),
      ]);
      if (!project) throw notFound('project');
      const isShown = maySeeProject(project, viewer, me?.person.college ?? null) || (await isInTeam(project, user_id));
      if (!isShown) throw notFound('project');
      const person = personOf(me);
      return {
        ...matchProject(person, projectOf(project), project.updated_at, Date.now()),
        roles: project.roles.map((role) => fitRole(person, role)),
      };
    },

    /** How a person fits the viewer, or a project of theirs. @throws 404 for who or what is not theirs to see. */
    async matchWith(userId: number, viewer: Principal, projectId?: number): Promise<Match> {
      const [[them], project, me] = await Promise.all([
        store.findPeople(viewer, [userId]),
        projectId === undefined ? null : getOwnProject(projectId, viewer.user_id),
        projectId === undefined ? calls('profiles.getCandidate', { user_id: viewer.user_id }) : null,
      ]);
      if (!them) throw notFound('profile');
      const person = personOfProfile(them);
      const now = Date.now();
      return project
        ? matchProject(person, projectOf(project), them.updated_at, now)
        : matchPeople(personOf(me), person, now);
    },

    /** How each of these people fits a project of the viewer's. @throws 404 when it is not theirs. */
    async fitsOf(projectId: number, userIds: number[], viewer: Principal) {
      const [project, people] = await Promise.all([
        getOwnProject(projectId, viewer.user_id),
        store.findPeople(viewer, userIds),
      ]);
      const now = Date.now();
      return people.map((card) => ({
        user_id: card.user_id,
        ...matchProject(personOfProfile(card), projectOf(project), card.updated_at, now),
      }));
    },

    projectsFor: (viewer: Principal, limit = DEFAULT_LIMIT) => recommendedProjects(viewer, limit),

    /** People for one of my projects. @throws 404 when it is not mine. */
    async profilesForProject(viewer: Principal, projectId: number, limit = DEFAULT_LIMIT) {
      const project = await getOwnProject(projectId, viewer.user_id);
      const [team, ties] = await Promise.all([
        calls('collaborations.getTeam', { project_id: projectId }),
        calls('collaborations.getTies', { user_id: viewer.user_id }),
      ]);
      const members = team?.members.map(({ person }) => person.user_id) ?? [];
      return (await findPeople(viewer, project, [...members, ...ties.user_ids], limit)).items;
    },

    /** The same for a project that is still being written; nobody while it asks for no skill that anybody has. */
    async profilesForSketch(viewer: Principal, sketch: ProjectSketch, limit = SKETCH_LIMIT) {
      const { user_id } = viewer;
      const [me, ties] = await Promise.all([
        calls('profiles.getCandidate', { user_id }),
        calls('collaborations.getTies', { user_id }),
      ]);
      const { asked, unknown_skills } = await readSketch(sketch, me?.person.college ?? null);
      if (projectSkills(asked).length === 0) return { items: [], total_considered: 0, unknown_skills };
      return { ...(await findPeople(viewer, asked, ties.user_ids, limit)), unknown_skills };
    },

    profilesFor: (viewer: Principal, limit = DEFAULT_LIMIT) => recommendedPeople(viewer, limit),
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

/** What a match reads of a project, which need not be posted. */
export type Asked = Pick<Project, 'skills' | 'hours_per_week' | 'budget_min' | 'budget_max' | 'updated_at'> & {
  roles: Pick<ProjectRole, 'skill' | 'level' | 'seats' | 'taken'>[];
  owner: Pick<PersonCard, 'college'>;
};

/** Takes what counts out of a project; a role that is full asks for nothing any more. */
export function projectOf(project: Asked): MatchProject {
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
