/** The projects of the demo campus: who posted what, when, and how far it got. */
import type { BulkProject } from '../modules/projects/index.ts';
import { parts } from './parts.ts';
import type { Student } from './people.ts';
import type { ProjectBlueprint } from './projects/blueprint.ts';
import { projectBlueprints } from './projects/index.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;
/** The one that the demo's owner has posted. */
const MAYAS_PROJECT = 'Open-source bus times for Calder Bay, minus the ads';
/** Those that the people one signs in as have to do with; they look for people. */
const stage = [MAYAS_PROJECT, ...parts.map(({ title }) => title)];

export interface Post extends Omit<BulkProject, 'owner_id'> {
  /** Index of the owner among the students. */
  owner: number;
  status: NonNullable<BulkProject['status']>;
  created_at: string;
  roles: NonNullable<BulkProject['roles']>;
}

/** How many of each state, and how many days ago they were posted. */
const states = {
  open: { count: 51, days: [1, 38] },
  in_progress: { count: 11, days: [35, 85] },
  completed: { count: 7, days: [90, 200] },
  draft: { count: 4, days: [0, 6] },
  cancelled: { count: 4, days: [30, 80] },
  expired: { count: 3, days: [66, 110] },
} as const;

export function makePosts(random: Random, students: Student[], now: number): Post[] {
  const fates = Object.entries(states).flatMap(([status, { count }]) =>
    Array<Post['status']>(count).fill(status as Post['status']),
  );
  const shuffled = random.sample(fates, fates.length);
  const busy = new Set<number>();
  const posts = projectBlueprints.map((blueprint, at) => {
    const isMayas = blueprint.title === MAYAS_PROJECT;
    const status = stage.includes(blueprint.title) ? 'open' : (shuffled[at] ?? 'open');
    const owner = isMayas
      ? students.findIndex(({ account }) => account.username === 'maya')
      : findOwner(blueprint, students, busy, random);
    busy.add(owner);
    const [from, to] = stage.includes(blueprint.title) ? [15, 20] : states[status].days;
    return makePost(
      { blueprint, owner, status, created: now - random.between(from * 24 + 1, to * 24 + 20) * (DAY / 24) },
      random,
    );
  });
  return posts.sort((a, b) => a.created_at.localeCompare(b.created_at));
}

/** Somebody of that college and subject, else of that college; nobody gets a second project while others have none. */
function findOwner({ college, by }: ProjectBlueprint, students: Student[], busy: Set<number>, random: Random): number {
  const candidates = students.flatMap((student, at) =>
    student.college === college && student.profile.visibility !== 'private' && !student.isCast && !busy.has(at)
      ? [{ at, fits: student.major === by }]
      : [],
  );
  const fitting = candidates.filter(({ fits }) => fits);
  return random.pick(fitting.length > 0 ? fitting : candidates).at;
}

interface Fate {
  blueprint: ProjectBlueprint;
  owner: number;
  status: Post['status'];
  /** Milliseconds since 1970. */
  created: number;
}

function makePost({ blueprint, owner, status, created }: Fate, random: Random): Post {
  const { budget, skills, roles, hours, timeline, place, title, description } = blueprint;
  return {
    owner,
    title,
    description,
    status,
    created_at: new Date(created).toISOString(),
    required_skills: skills,
    roles: roles.map(({ name, skill, level, seats }) => ({ name, skill, level, seats })),
    is_remote: place === undefined,
    ...(place !== undefined && { place }),
    ...(timeline !== undefined && { timeline }),
    ...(hours !== undefined && { hours_per_week: hours }),
    ...(budget && { budget_min: budget.min ?? null, budget_max: budget.max ?? null, currency: budget.currency }),
    // Two in three name a day, four to sixteen weeks after the post.
    ...(random.chance(0.66) && {
      deadline: new Date(created + random.between(45, 112) * DAY).toISOString().slice(0, 10),
    }),
    visibility: random.weighted({ public: 88, members: 8, college: 4 }),
    is_demo: true,
  };
}
