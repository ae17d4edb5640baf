/** A project as its form holds it: everything is text, until it is sent. */
import type { Project, ProjectCreate } from '@collabthon/contracts/projects';

export interface RoleDraft {
  /** Only for the list of React. */
  key: number;
  id?: number;
  name: string;
  skill: string;
  level: string;
  seats: string;
}

export interface ProjectDraft {
  title: string;
  description: string;
  required_skills: string[];
  roles: RoleDraft[];
  budget_min: string;
  budget_max: string;
  currency: string;
  timeline: string;
  hours_per_week: string;
  is_remote: boolean;
  place: string;
  deadline: string;
  visibility: Project['visibility'];
}

let nextKey = 1;
export const emptyRole = (): RoleDraft => ({ key: nextKey++, name: '', skill: '', level: '', seats: '1' });

export const emptyDraft = (): ProjectDraft => ({
  title: '',
  description: '',
  required_skills: [],
  roles: [emptyRole()],
  budget_min: '',
  budget_max: '',
  currency: 'USD',
  timeline: '',
  hours_per_week: '',
  is_remote: true,
  place: '',
  deadline: '',
  visibility: 'public',
});

const textOf = (value: number | null): string => (value === null ? '' : String(value));

export function draftOf(project: Project): ProjectDraft {
  return {
    title: project.title,
    description: project.description,
    required_skills: project.required_skills,
    roles: project.roles.map((role) => ({
      key: nextKey++,
      id: role.id,
      name: role.name,
      skill: role.skill?.name ?? '',
      level: textOf(role.level),
      seats: String(role.seats),
    })),
    budget_min: textOf(project.budget_min),
    budget_max: textOf(project.budget_max),
    currency: project.currency,
    timeline: project.timeline ?? '',
    hours_per_week: textOf(project.hours_per_week),
    is_remote: project.is_remote,
    place: project.place ?? '',
    deadline: project.deadline ?? '',
    visibility: project.visibility,
  };
}

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** A role that was never named is left out; the others keep their order, so that error paths point at them. */
export const namedRoles = (draft: ProjectDraft): RoleDraft[] =>
  draft.roles.filter((role) => role.name.trim() || role.skill.trim() || role.id);

export function bodyOf(draft: ProjectDraft): Omit<ProjectCreate, 'status'> {
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    required_skills: draft.required_skills,
    roles: namedRoles(draft).map((role) => ({
      ...(role.id ? { id: role.id } : {}),
      name: role.name.trim(),
      skill: role.skill.trim() || null,
      level: role.skill.trim() ? numberOf(role.level) : null,
      seats: Number(role.seats) || 1,
    })),
    budget_min: numberOf(draft.budget_min),
    budget_max: numberOf(draft.budget_max),
    currency: draft.currency,
    timeline: draft.timeline.trim() || null,
    hours_per_week: numberOf(draft.hours_per_week),
    is_remote: draft.is_remote,
    place: draft.place.trim() || null,
    deadline: draft.deadline || null,
    visibility: draft.visibility,
  };
}
