/**
 * How well a person and a project, or two people, fit: a pure function of skills, levels, hours, interests, college and
 * recency. Nothing else goes in: no name, picture, text, age or origin.
 *
 * What is not known counts neither way. The weights of the known factors are scaled to 100, so the points that are shown
 * sum to the score. Without skills on either side nothing is scored, since the rest says little about fit.
 */
import type { Match, MatchFactor, RoleFit } from '@collabthon/contracts/discovery';
import type { ProjectRole } from '@collabthon/contracts/projects';

/** Points at stake when everything is known. */
export const weights = { skills: 40, level: 15, availability: 20, interest: 10, college: 5, activity: 10 } as const;

type FactorName = keyof typeof weights;
type Facts = MatchFactor['facts'];

/** One factor before weighing: the share of its points, 0 to 1, or null when unknown. */
interface Finding {
  factor: FactorName;
  share: number | null;
  facts: Facts;
}

export interface MatchSkill {
  id: number;
  name: string;
  level: number;
}

/** What of a person counts. */
export interface MatchPerson {
  skills: MatchSkill[];
  hours: number | null;
  /** What they said they are open to; empty is unknown. */
  open_to: string[];
  college: string | null;
  updated_at: string;
}

/** What of a project counts. `level` is the lowest that a role with a free seat asks for; null where none is said. */
export interface MatchProject {
  skills: { id: number; name: string; level: number | null }[];
  hours: number | null;
  is_paid: boolean;
  college: string | null;
  updated_at: string;
}

/** @param lastChange of the side that is recommended, RFC 3339 @param now milliseconds since the epoch */
export function matchProject(person: MatchPerson, project: MatchProject, lastChange: string, now: number): Match {
  const mine = new Map(person.skills.map((skill) => [skill.id, skill.level]));
  const matched = project.skills.filter(({ id }) => mine.has(id));
  const leveled = project.skills.flatMap(({ id, name, level }) => (level === null ? [] : [{ id, name, level }]));
  const reached = leveled.map(({ id, level }) => Math.min(1, (mine.get(id) ?? 0) / level));
  const areSkillsKnown = person.skills.length > 0 && project.skills.length > 0;
  const wanted = project.is_paid ? ['paid_work', 'projects'] : ['projects'];

  return weigh([
    {
      factor: 'skills',
      share: areSkillsKnown ? matched.length / project.skills.length : null,
      facts: {
        matched: matched.map(({ name }) => name),
        missing: project.skills.filter(({ id }) => !mine.has(id)).map(({ name }) => name),
      },
    },
    {
      factor: 'level',
      share: areSkillsKnown && leveled.length > 0 ? sum(reached) / leveled.length : null,
      facts: { below: leveled.filter(({ id, level }) => (mine.get(id) ?? 0) < level).map(({ name }) => name) },
    },
    {
      factor: 'availability',
      share: person.hours === null || project.hours === null ? null : Math.min(1, person.hours / project.hours),
      facts: { ...number('hours', person.hours), ...number('needed', project.hours) },
    },
    {
      factor: 'interest',
      share: person.open_to.length === 0 ? null : person.open_to.some((kind) => wanted.includes(kind)) ? 1 : 0,
      facts: { open_to: person.open_to, wanted },
    },
    college(person.college, project.college),
    activity(lastChange, now),
  ]);
}

/** Whether a person brings the skill of a role at its level. Seats do not count: who fits a full role still fits it. */
export function fitRole(
  person: MatchPerson,
  { id, skill, level }: Pick<ProjectRole, 'id' | 'skill' | 'level'>,
): RoleFit {
  const mine = person.skills.find((known) => known.id === skill?.id)?.level ?? null;
  const verdict = (fits: boolean | null, reason: RoleFit['reason']): RoleFit => ({
    role_id: id,
    fits,
    reason,
    my_level: mine,
  });
  if (skill === null) return verdict(null, 'asks_no_skill');
  if (person.skills.length === 0) return verdict(null, 'unknown_skills');
  if (mine === null) return verdict(false, 'lacks_skill');
  return level !== null && mine < level ? verdict(false, 'below_level') : verdict(true, 'has_skill');
}

/** Two people: what they share, what the other brings, and whether they look for the same. */
export function matchPeople(me: MatchPerson, other: MatchPerson, now: number): Match {
  const mine = new Map(me.skills.map((skill) => [skill.id, skill.level]));
  const shared = other.skills.filter(({ id }) => mine.has(id));
  const brought = other.skills.filter(({ id }) => !mine.has(id));
  const areSkillsKnown = me.skills.length > 0 && other.skills.length > 0;
  const gaps = shared.map(({ id, level }) => 1 - Math.abs(level - (mine.get(id) ?? level)) / 3);
  const common = other.open_to.filter((kind) => me.open_to.includes(kind));
  const hours = me.hours === null || other.hours === null ? null : [me.hours, other.hours];

  return weigh([
    {
      factor: 'skills',
      // Mostly a common language, partly something new; three new skills are as good as many.
      share: areSkillsKnown ? (0.6 * shared.length) / me.skills.length + 0.4 * Math.min(1, brought.length / 3) : null,
      facts: { shared: shared.map(({ name }) => name), brings: brought.map(({ name }) => name).slice(0, 10) },
    },
    { factor: 'level', share: areSkillsKnown && shared.length > 0 ? sum(gaps) / gaps.length : null, facts: {} },
    {
      factor: 'availability',
      share: hours ? Math.min(...hours) / Math.max(...hours, 1) : null,
      facts: { ...number('hours', me.hours), ...number('their_hours', other.hours) },
    },
    {
      factor: 'interest',
      share: me.open_to.length === 0 || other.open_to.length === 0 ? null : common.length > 0 ? 1 : 0,
      facts: { common },
    },
    college(me.college, other.college),
    activity(other.updated_at, now),
  ]);
}

const college = (mine: string | null, theirs: string | null): Finding => ({
  factor: 'college',
  share: mine && theirs ? (mine.trim().toLowerCase() === theirs.trim().toLowerCase() ? 1 : 0) : null,
  facts: theirs ? { college: theirs } : {},
});

const DAY = 86_400_000;

/** All points within a week of the last change, none after ninety days. */
function activity(lastChange: string, now: number): Finding {
  const days = Math.max(0, (now - Date.parse(lastChange)) / DAY);
  return { factor: 'activity', share: clamp((90 - days) / 83), facts: { days_ago: Math.floor(days) } };
}

/** Scales the known weights to 100 and rounds so that the points sum to the score. */
export function weigh(findings: Finding[]): Match {
  const isScored = findings.some(({ factor, share }) => factor === 'skills' && share !== null);
  if (!isScored) {
    const factors = findings.map(({ factor, facts }) => ({ factor, points: null, max: weights[factor], facts }));
    return { score: null, factors };
  }
  const known = findings.filter(({ share }) => share !== null);
  const total = sum(known.map(({ factor }) => weights[factor]));
  const maxima = roundToSum(known.map(({ factor }) => (100 * weights[factor]) / total));
  const points = roundToSum(known.map(({ share }, index) => clamp(share ?? 0) * (maxima[index] ?? 0)));
  return {
    score: sum(points),
    factors: findings.map((finding) => {
      const index = known.indexOf(finding);
      const { factor, facts } = finding;
      // An unknown factor shows what it would have counted for.
      if (index < 0) return { factor, points: null, max: weights[factor], facts };
      return { factor, points: points[index] ?? 0, max: maxima[index] ?? 0, facts };
    }),
  };
}

/**
 * Whole numbers that sum to the rounded sum, each within one of what it stands for and never above its ceiling: every
 * running total is rounded, and a value is the step between two. The first value depends on no other.
 */
export function roundToSum(values: number[]): number[] {
  let exact = 0;
  let rounded = 0;
  return values.map((value) => {
    exact += value;
    // Nine digits hide the noise of binary fractions, which could carry a whole number over its ceiling.
    const next = Math.round(Number(exact.toFixed(9)));
    const step = next - rounded;
    rounded = next;
    return step;
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const clamp = (value: number) => Math.min(1, Math.max(0, value));
const number = (name: string, value: number | null): Facts => (value === null ? {} : { [name]: value });
