/** Two versions of one project, and what they come to together. */
import { namedRoles, type ProjectDraft } from './project-draft.ts';

/** What is chosen as one: a lower end of a budget without its currency says nothing. */
const groups = {
  title: ['title'],
  description: ['description'],
  skills: ['required_skills'],
  roles: ['roles'],
  where: ['is_remote', 'place'],
  hours: ['hours_per_week'],
  deadline: ['deadline'],
  timeline: ['timeline'],
  budget: ['budget_min', 'budget_max', 'currency'],
  visibility: ['visibility'],
} as const satisfies Record<string, readonly (keyof ProjectDraft)[]>;

export type Group = keyof typeof groups;
const groupNames = Object.keys(groups) as Group[];

function isSame(group: Group, one: ProjectDraft, other: ProjectDraft): boolean {
  const plain = (draft: ProjectDraft) =>
    JSON.stringify(
      group === 'roles'
        ? namedRoles(draft).map(({ name, skill, level, seats }) => [name, skill, level, seats])
        : groups[group].map((name) => draft[name]),
    );
  return plain(one) === plain(other);
}

export interface Merged {
  /** Their version with what was changed here; the rest of `asks` stands as it is here. */
  draft: ProjectDraft;
  /** What was changed on both sides, or cannot be told. */
  asks: Group[];
}

/** @param base what both began from; null when it is not known any more, then every difference is asked for */
export function merge(base: ProjectDraft | null, mine: ProjectDraft, theirs: ProjectDraft): Merged {
  const asks: Group[] = [];
  let draft = { ...theirs };
  for (const group of groupNames) {
    if (isSame(group, mine, theirs)) continue;
    if (base && isSame(group, mine, base)) continue;
    draft = take(draft, group, mine);
    if (!base || !isSame(group, theirs, base)) asks.push(group);
  }
  return { draft, asks };
}

/** The draft with one group of another. */
export function take(draft: ProjectDraft, group: Group, from: ProjectDraft): ProjectDraft {
  const parts = Object.fromEntries(groups[group].map((name) => [name, from[name]])) as Partial<ProjectDraft>;
  return { ...draft, ...parts };
}
