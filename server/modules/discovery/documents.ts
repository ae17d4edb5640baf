/** Search documents: what a project or a person looks like to search, to filters and to matching. */
import type { Candidate, Profile } from '@collabthon/contracts/profiles';
import type { Project, ProjectRole } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type Sections, searchVector, vectorWords } from './text-query.ts';
import { documentWords, plainText } from './words.ts';

export type Kind = 'project' | 'profile';

export interface NamedSkill {
  skill_id: number;
  name: string;
}

interface Document {
  /** A tsvector literal. */
  search: string;
  /** Distinct words, for the vocabulary. */
  words: string[];
  /** Anybody may see it, so its words may teach the spelling. */
  is_counted: boolean;
  skills: NamedSkill[];
  /** See `levelKey`. */
  skill_levels: number[];
  levels: number[];
  college: string;
  college_key: string;
}

export interface ProjectDocument extends Document {
  owner_is_active: boolean;
  is_full: boolean;
  title_key: string;
  card: Project;
}

export interface ProfileDocument extends Document {
  major_key: string;
  is_listed: boolean;
  is_verified: boolean;
  person: PersonCard;
  card: Profile;
}

/** Names of colleges and majors are compared without case and outer blanks. */
export const nameKey = (name: string) => name.trim().toLowerCase();

/** A skill at a level as one number, so that one array index finds it. */
export const levelKey = (skillId: number, level: number) => skillId * 8 + level;

const unique = <T>(values: Iterable<T>) => [...new Set(values)];

/** Every skill that the project or one of its roles asks for. */
export function projectSkills(project: {
  skills: Project['skills'];
  roles: readonly Pick<ProjectRole, 'skill'>[];
}): NamedSkill[] {
  const skills = new Map(project.skills.map(({ id, name }) => [id, name]));
  for (const { skill } of project.roles) if (skill) skills.set(skill.id, skill.name);
  return [...skills].map(([skill_id, name]) => ({ skill_id, name }));
}

/** All seats of all roles are taken; a project without roles always has room. */
export const isFull = (project: Project) =>
  project.roles.length > 0 && project.roles.every(({ seats, taken }) => taken >= seats);

/** @param owner the owner's card as discovery knows it, which may be newer than the one in the project */
export function projectDocument(project: Project, owner: PersonCard, ownerIsActive: boolean): ProjectDocument {
  const skills = projectSkills(project);
  const sections: Sections = {
    title: documentWords(project.title),
    plainTitle: plainText(project.title),
    skills: documentWords([...skills.map(({ name }) => name), ...project.roles.map(({ name }) => name)].join(', ')),
    body: documentWords(project.description),
    about: documentWords([owner.name, owner.username, owner.college ?? '', project.place ?? ''].join(', ')),
  };
  return {
    search: searchVector(sections),
    words: vectorWords(sections),
    is_counted: project.visibility === 'public' && project.status !== 'draft' && ownerIsActive,
    skills,
    skill_levels: unique(
      project.roles.flatMap(({ skill, level }) => (skill && level ? [levelKey(skill.id, level)] : [])),
    ),
    levels: unique(project.roles.flatMap(({ level }) => (level ? [level] : []))),
    college: owner.college ?? '',
    college_key: nameKey(owner.college ?? ''),
    owner_is_active: ownerIsActive,
    is_full: isFull(project),
    title_key: project.title.trim().toLowerCase().slice(0, 140),
    card: { ...project, owner },
  };
}

/** @param isVerified their college is proven, as a student or as an alumna or alumnus */
export function profileDocument(candidate: Candidate, isVerified: boolean): ProfileDocument {
  const { person, profile, skills, visibility, is_listed } = candidate;
  const college = (person.college ?? profile.college).trim();
  // The card of a private profile has no name; its document is shown to its owner only.
  const name = `${profile.first_name} ${profile.last_name}`;
  const sections: Sections = {
    title: documentWords(`${name}, ${person.username}`),
    plainTitle: plainText(name),
    skills: documentWords(skills.map(({ name }) => name).join(', ')),
    body: documentWords([profile.major, profile.bio ?? '', profile.experience ?? ''].join(', ')),
    about: documentWords(college),
  };
  return {
    search: searchVector(sections),
    words: vectorWords(sections),
    is_counted: is_listed && visibility === 'public',
    skills: skills.map(({ skill_id, name }) => ({ skill_id, name })),
    skill_levels: skills.map(({ skill_id, level }) => levelKey(skill_id, level)),
    levels: unique(skills.map(({ level }) => level)),
    college,
    college_key: nameKey(college),
    major_key: nameKey(profile.major),
    is_listed,
    is_verified: isVerified,
    person,
    card: profile,
  };
}
