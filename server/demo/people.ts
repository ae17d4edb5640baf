/** The people of the demo campus: accounts and what they say of themselves. */

import type { DemoAccount } from '../modules/accounts/index.ts';
import type { DemoProfile } from '../modules/profiles/index.ts';
import { asides, experiences, wishes, work } from './bios.ts';
import { type CollegeId, collegeIds, collegeOf } from './colleges.ts';
import { artMajors, type Major, shareOfMajors, studyOf } from './majors.ts';
import { firstNames, lastNames, plainName } from './names.ts';
import type { Level } from './projects/blueprint.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;
export const STUDENTS = 300;
/** Of every demo account but the load test's; known to everybody, which is why there is no demo in production. */
export const DEMO_PASSWORD = 'demo-campus-2026';

export interface Student {
  account: DemoAccount;
  college: CollegeId;
  major: Major;
  profile: Omit<DemoProfile, 'user_id'>;
  /** Somebody to sign in as, whose story is told by hand. */
  isCast: boolean;
}

/** Somebody with a name and a subject that this file decides. */
interface Cast {
  username: string;
  first_name: string;
  last_name: string;
  college: CollegeId;
  major: Major;
  year: number;
  bio: string;
  skills: [string, Level][];
}

const cast: Cast[] = [
  {
    username: 'test_user',
    first_name: 'Tess',
    last_name: 'Userton',
    college: 'northmoor',
    major: 'Software Engineering',
    year: 3,
    bio: 'The account that load tests sign in with. Also a decent front-end developer.',
    skills: [
      ['JavaScript', 3],
      ['React', 3],
      ['Python', 2],
      ['SQL', 2],
    ],
  },
  {
    username: 'maya',
    first_name: 'Maya',
    last_name: 'Castellanos',
    college: 'calder',
    major: 'Computer Science',
    year: 3,
    bio: 'I run the open bus times project and I answer mails. Backend by day, roller derby on Thursdays. If you care about pages that load in a blink, we will get along.',
    skills: [
      ['Go', 3],
      ['PostgreSQL', 3],
      ['Linux', 3],
      ['Docker', 2],
      ['Svelte', 1],
      ['Spanish', 4],
    ],
  },
  {
    username: 'leo',
    first_name: 'Leo',
    last_name: 'Brückner',
    college: 'birkenfels',
    major: 'Interaction Design',
    year: 2,
    bio: 'I draw interfaces and then build them, badly at first. Looking for a team with people from other subjects. Evenings and Saturdays are mine.',
    skills: [
      ['Figma', 3],
      ['UI Design', 3],
      ['UX Research', 2],
      ['Svelte', 2],
      ['JavaScript', 2],
      ['Web Accessibility', 2],
      ['German', 4],
    ],
  },
];

/** What the grown-ups and the newcomer have: an account, nothing filled in. */
export const unfilled: DemoAccount[] = [
  { username: 'noor', email: 'noor@tamarindcoast.example', password: DEMO_PASSWORD },
  { username: 'demo_moderator', email: 'moderator@collabthon.example', password: DEMO_PASSWORD, role: 'moderator' },
  { username: 'demo_admin', email: 'admin@collabthon.example', password: DEMO_PASSWORD, role: 'admin' },
];

export function makeStudents(random: Random, now: number): Student[] {
  const taken = new Set([...cast, ...unfilled].map(({ username }) => username));
  const shares = Object.fromEntries(collegeIds.map((id) => [id, collegeOf(id).share])) as Record<CollegeId, number>;
  const openers = new Map<Major, string[]>();
  const students = cast.map((person) => fromCast(person, random, now));
  while (students.length < STUDENTS) {
    const college = random.weighted(shares);
    const major = majorAt(college, random);
    const { first_name, last_name, username } = name(college, taken, random);
    const skills = makeSkills(major, random);
    students.push({
      account: makeAccount(username, college, random, now),
      college,
      major,
      isCast: false,
      profile: {
        first_name,
        last_name,
        college: collegeOf(college).name,
        major,
        year: random.between(1, 5),
        bio: makeBio(major, openers, random),
        skills,
        ...(random.chance(0.3) && { experience: random.sample(experiences, random.between(1, 2)).join('\n') }),
        ...(random.chance(0.35) && { portfolio_url: `https://portfolio.example/${username}` }),
        visibility: random.weighted({ public: 82, members: 10, college: 5, private: 3 }),
        ...(random.chance(0.86) && { availability: makeAvailability(college, random) }),
        ...(random.chance(0.85) && { open_to: makeOpenTo(random) }),
      },
    });
  }
  return students;
}

function fromCast({ skills, college, username, ...person }: Cast, random: Random, now: number): Student {
  return {
    account: {
      ...makeAccount(username, college, random, now),
      is_verified: true,
      ...(username === 'test_user' && { password: 'test_password' }),
      badge: badgeOf(college),
    },
    college,
    major: person.major,
    isCast: true,
    profile: {
      ...person,
      college: collegeOf(college).name,
      skills: skills.map(([name, level]) => ({ name, level })),
      visibility: 'public',
      availability: {
        hours_per_week: 8,
        zone: collegeOf(college).zone,
        slots: [...[1, 2, 4].map((day) => ({ day, from: 18, to: 21 })), { day: 6, from: 10, to: 16 }],
      },
      open_to: ['projects', 'hackathons'],
    },
  };
}

const badgeOf = (college: CollegeId) => ({
  domain: collegeOf(college).domain,
  college: collegeOf(college).name,
  kind: 'student' as const,
});

function makeAccount(username: string, college: CollegeId, random: Random, now: number): DemoAccount {
  const is_verified = random.chance(0.93);
  return {
    username,
    email: `${username}@${collegeOf(college).domain}`,
    password: DEMO_PASSWORD,
    is_verified,
    // Everybody came before the oldest project, so that nobody owns one from before their time.
    created_at: new Date(now - random.between(240 * 24, 420 * 24) * (DAY / 24)).toISOString(),
    ...(is_verified && random.chance(0.6) && { badge: badgeOf(college) }),
  };
}

function majorAt(college: CollegeId, random: Random): Major {
  for (;;) {
    const major = random.weighted(shareOfMajors);
    if (college !== 'harborlight' || artMajors.includes(major)) return major;
  }
}

function name(college: CollegeId, taken: Set<string>, random: Random) {
  const cultures = collegeOf(college).cultures as Parameters<typeof random.weighted>[0];
  for (;;) {
    const culture = random.weighted(cultures) as Parameters<typeof firstNames>[0];
    const first_name = random.pick(firstNames(culture));
    const last_name = random.pick(lastNames(culture));
    const [first, last] = [plainName(first_name), plainName(last_name)];
    const username = random.pick([
      `${first}_${last}`,
      `${first}.${last}`,
      `${first}${last.slice(0, 1)}${random.between(1, 99)}`,
    ]);
    if (taken.has(username) || taken.has(`${first} ${last}`)) continue;
    taken.add(username).add(`${first} ${last}`);
    return { first_name, last_name, username: username.slice(0, 30) };
  }
}

/** Levels follow the subject: what it teaches is known better than what was picked up beside it. */
function makeSkills(major: Major, random: Random): NonNullable<DemoProfile['skills']> {
  const { core, side } = studyOf(major);
  const level = (weights: Record<string, number>) => Number(random.weighted(weights)) as Level;
  const known = [
    ...random.sample(core, random.between(2, 4)).map((name) => ({ name, level: level({ 1: 1, 2: 4, 3: 5, 4: 2 }) })),
    ...random.sample(side, random.between(1, 4)).map((name) => ({ name, level: level({ 1: 4, 2: 5, 3: 2 }) })),
  ];
  return known.map((skill) => (random.chance(0.4) ? { ...skill, years: skill.level + random.between(0, 2) } : skill));
}

/** Says what one does, mostly, then wishes or asides. A sentence comes back only when all of its kind have been used. */
function makeBio(major: Major, openers: Map<Major, string[]>, random: Random): string | null {
  if (random.chance(0.06)) return null;
  const left = openers.get(major)?.length ? (openers.get(major) ?? []) : random.sample(work[major], work[major].length);
  const opener = left.pop() ?? '';
  openers.set(major, left);
  const wish = random.pick(wishes);
  const aside = random.pick(asides);
  const shape = random.weighted({ work: 2, workWish: 4, workAside: 3, all: 3, wishAside: 1, asideWork: 2 });
  return {
    work: opener,
    workWish: `${opener} ${wish}`,
    workAside: `${opener} ${aside}`,
    all: `${opener} ${wish}\n\n${aside}`,
    wishAside: `${aside} ${wish}`,
    asideWork: `${aside} ${opener}`,
  }[shape];
}

const weekdays = [1, 2, 3, 4, 5];
function makeAvailability(college: CollegeId, random: Random): NonNullable<DemoProfile['availability']> {
  const slots = {
    evenings: () =>
      random
        .sample(weekdays, random.between(2, 4))
        .map((day) => ({ day, from: random.between(17, 19), to: random.between(20, 22) })),
    mornings: () =>
      random
        .sample(weekdays, random.between(2, 3))
        .map((day) => ({ day, from: random.between(7, 8), to: random.between(10, 11) })),
    afternoons: () =>
      random
        .sample(weekdays, random.between(1, 3))
        .map((day) => ({ day, from: random.between(13, 14), to: random.between(16, 18) })),
    weekend: () =>
      random
        .sample([6, 7], random.between(1, 2))
        .map((day) => ({ day, from: random.between(9, 12), to: random.between(15, 19) })),
  };
  const kinds = random.sample(Object.values(slots), random.between(1, 2));
  const week = kinds.flatMap((make) => make()).sort((a, b) => a.day - b.day || a.from - b.from);
  const free = week.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    hours_per_week: Math.max(2, Math.round(free * (0.5 + random.next() / 2))),
    zone: collegeOf(college).zone,
    slots: week,
  };
}

const interests = ['projects', 'hackathons', 'research', 'paid_work', 'mentoring', 'friends'] as const;
const makeOpenTo = (random: Random): NonNullable<DemoProfile['open_to']> =>
  random.chance(0.75)
    ? ['projects', ...random.sample(interests.slice(1), random.between(0, 2))]
    : random.sample(interests, random.between(1, 2));
