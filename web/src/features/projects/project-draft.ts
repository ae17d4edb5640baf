/** A project as its form holds it: everything is text, until it is sent. */
import type { ProjectSketch } from '@collabthon/contracts/discovery';
import type { Project, ProjectCreate } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { like, listLike } from '../../lib/like.ts';

export interface RoleDraft {
  /** Tells the rows of the form apart; of no meaning elsewhere. */
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
  /** Empty while the writer has not chosen: the reader's own then. */
  currency: string;
  timeline: string;
  hours_per_week: string;
  is_remote: boolean;
  place: string;
  deadline: string;
  visibility: Project['visibility'];
  /** Of the project as it was when the writing began, when one is edited. */
  version?: number;
}

export const emptyRole = (others: readonly RoleDraft[]): RoleDraft => ({
  key: Math.max(0, ...others.map((role) => role.key)) + 1,
  name: '',
  skill: '',
  level: '',
  seats: '1',
});

export const emptyDraft = (): ProjectDraft => ({
  title: '',
  description: '',
  required_skills: [],
  roles: [emptyRole([])],
  budget_min: '',
  budget_max: '',
  currency: '',
  timeline: '',
  hours_per_week: '',
  is_remote: true,
  place: '',
  deadline: '',
  visibility: 'public',
});

export const visibilities: readonly Project['visibility'][] = ['public', 'members', 'college'];

const isDay = (text: string): boolean => !Number.isNaN(Date.parse(`${text}T12:00:00Z`));

/** @param otherwise what stands for that which is missing, or is nothing that the form could show */
export function readDraft(otherwise: ProjectDraft, found: unknown): ProjectDraft {
  const draft = like(otherwise, found);
  const roles = listLike(emptyRole([]), draft.roles).map(({ id, ...role }) =>
    typeof id === 'number' ? { ...role, id } : role,
  );
  const areTold = new Set(roles.map(({ key }) => key)).size === roles.length;
  return {
    ...draft,
    required_skills: listLike('', draft.required_skills),
    roles: areTold ? roles : roles.map((role, index) => ({ ...role, key: index + 1 })),
    currency: /^[A-Z]{3}$/.test(draft.currency) ? draft.currency : '',
    deadline: isDay(draft.deadline) ? draft.deadline : '',
    visibility: visibilities.includes(draft.visibility) ? draft.visibility : otherwise.visibility,
  };
}

const textOf = (value: number | null): string => (value === null ? '' : String(value));

export function draftOf(project: Project): ProjectDraft {
  return {
    title: project.title,
    description: project.description,
    required_skills: project.required_skills,
    roles: project.roles.map((role, index) => ({
      key: index + 1,
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
    version: project.version,
  };
}

/** Null for nothing, and for what is no number yet. */
export function numberOf(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? null : number;
}

/** A role that was never named is left out; the others keep their order, so that error paths point at them. */
export const namedRoles = (draft: ProjectDraft): RoleDraft[] =>
  draft.roles.filter((role) => role.name.trim() || role.skill.trim() || role.id);

const levelOf = (role: RoleDraft): number | null => (role.skill.trim() ? numberOf(role.level) : null);

/** @param currency for a writer who has not chosen one */
export function bodyOf(draft: ProjectDraft, currency: string): Omit<ProjectCreate, 'status'> {
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    required_skills: draft.required_skills,
    roles: namedRoles(draft).map((role) => ({
      ...(role.id ? { id: role.id } : {}),
      name: role.name.trim(),
      skill: role.skill.trim() || null,
      level: levelOf(role),
      seats: Number(role.seats) || 1,
    })),
    budget_min: numberOf(draft.budget_min),
    budget_max: numberOf(draft.budget_max),
    currency: draft.currency || currency,
    timeline: draft.timeline.trim() || null,
    hours_per_week: numberOf(draft.hours_per_week),
    is_remote: draft.is_remote,
    place: draft.place.trim() || null,
    deadline: draft.deadline || null,
    visibility: draft.visibility,
  };
}

const within = (value: number | null, least: number, most: number): number | null =>
  value !== null && Number.isInteger(value) && value >= least && value <= most ? value : null;

/** What says who would fit; null while no skill is named, since then nobody can be told from another. */
export function sketchOf(draft: ProjectDraft): ProjectSketch | null {
  const roles = draft.roles.filter((role) => role.skill.trim());
  if (roles.length === 0 && draft.required_skills.length === 0) return null;
  return {
    skills: draft.required_skills,
    roles: roles.map((role) => ({
      skill: role.skill.trim(),
      level: levelOf(role),
      seats: within(numberOf(role.seats), 1, 50) ?? 1,
    })),
    hours_per_week: within(numberOf(draft.hours_per_week), 1, 80),
  };
}

/** The draft as a project, for the components that show one. */
export function previewOf(draft: ProjectDraft, currency: string, owner: PersonCard, now: number): Project {
  const body = bodyOf(draft, currency);
  const at = new Date(now).toISOString();
  return {
    id: 0,
    owner_id: owner.user_id,
    owner,
    title: body.title,
    description: body.description,
    required_skills: draft.required_skills,
    skills: [],
    roles: namedRoles(draft).map((role) => ({
      id: role.key,
      name: role.name.trim(),
      skill: role.skill.trim() ? { id: role.key, name: role.skill.trim() } : null,
      level: levelOf(role),
      seats: within(numberOf(role.seats), 1, 50) ?? 1,
      taken: 0,
    })),
    budget_min: numberOf(draft.budget_min),
    budget_max: numberOf(draft.budget_max),
    currency: draft.currency || currency,
    timeline: draft.timeline.trim() || null,
    hours_per_week: numberOf(draft.hours_per_week),
    status: 'open',
    is_remote: draft.is_remote,
    place: draft.place.trim() || null,
    deadline: draft.deadline || null,
    visibility: draft.visibility,
    member_count: 1,
    version: 0,
    is_demo: false,
    created_at: at,
    updated_at: at,
    expires_at: null,
  };
}
