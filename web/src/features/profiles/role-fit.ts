/** Whether somebody could take a role, as far as its skill and level say. */
import type { ProfileSkill } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';

type Role = Project['roles'][number];

/** Best first. */
const verdicts = ['has', 'any', 'below', 'lacks'] as const;

export interface RoleFit {
  role: Role;
  /** `any`: the role asks for no skill. */
  verdict: (typeof verdicts)[number];
}

/** Roles with a free seat, those that this person fits first. */
export function fitsOf(roles: readonly Role[], skills: readonly ProfileSkill[]): RoleFit[] {
  return roles
    .filter((role) => role.taken < role.seats)
    .map((role) => ({ role, verdict: verdictOf(role, skills) }))
    .sort((one, other) => verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict));
}

function verdictOf({ skill, level }: Role, skills: readonly ProfileSkill[]): RoleFit['verdict'] {
  if (!skill) return 'any';
  const own = skills.find(({ skill_id }) => skill_id === skill.id);
  if (!own) return 'lacks';
  return own.level >= (level ?? 1) ? 'has' : 'below';
}
