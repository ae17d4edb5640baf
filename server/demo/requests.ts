/** Who asked whom: applications and invitations with their outcomes, and wishes to connect. */
import type { BulkCollaboration } from '../modules/collaborations/index.ts';
import { applications, connections, fillIn, invitations } from './messages.ts';
import { parts } from './parts.ts';
import type { Student } from './people.ts';
import type { Post } from './posts.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;
const HOUR = DAY / 24;
/** Pending requests end by themselves after this. */
const LIFE = 14 * DAY;

export interface Request
  extends Pick<Required<BulkCollaboration>, 'kind' | 'message' | 'status' | 'reason' | 'created_at' | 'updated_at'> {
  /** Indexes among the students. */
  sender: number;
  receiver: number;
  /** Index among the projects, and of the role in it. */
  project: number | null;
  role: number | null;
}

/** On the demo campus a role that was posted stays. */
type Outcome = 'pending' | 'accepted' | Exclude<Request['reason'], null | 'role_removed'>;

const statusOf = (outcome: Outcome): Request['status'] =>
  outcome === 'pending' || outcome === 'accepted'
    ? outcome
    : outcome === 'declined' || outcome === 'role_filled'
      ? 'rejected'
      : 'cancelled';

interface World {
  random: Random;
  students: Student[];
  now: number;
}

export function makeRequests(random: Random, students: Student[], posts: Post[], now: number): Request[] {
  const world = { random, students, now };
  const about = posts.flatMap((post, at) => (post.status === 'draft' ? [] : makeRequestsAbout(world, post, at)));
  return [...about, ...makeConnections(world)].sort((a, b) => a.created_at.localeCompare(b.created_at));
}

/** The story of one project, in the order in which people asked, so that seats run out when they do. */
function makeRequestsAbout(world: World, post: Post, project: number): Request[] {
  const { random, now } = world;
  const posted = Date.parse(post.created_at);
  const until = post.status === 'open' ? now - HOUR : Math.min(now - HOUR, posted + 30 * DAY);
  // A few are asked for by everybody, most by some, one in six by nobody yet.
  const planned = partsIn(world, post);
  const interest = planned.length > 0 ? 0 : Number(random.weighted({ 0: 2, 2: 3, 3: 3, 5: 2, 8: 1, 12: 0.6 }));
  const chance = Array.from(
    { length: interest },
    () => posted + 2 * HOUR + random.next() * Math.max(HOUR, until - posted - 3 * HOUR),
  );
  const asks = [...planned, ...chance.map((asked) => ({ asked, part: null }))].sort((a, b) => a.asked - b.asked);
  const people = planned.flatMap(({ part }) => part.person ?? []);
  const free = post.roles.map((role) => role.seats ?? 1);
  const filledAt = new Map<number, number>();

  const requests = asks.map(({ asked, part }): Request => {
    const role = part ? part.role : random.chance(0.9) ? random.between(0, post.roles.length - 1) : null;
    const person = part?.person ?? findPerson(world, post, role, people);
    people.push(person);
    const isFull = role !== null && free[role] === 0;
    const outcome = part?.outcome ?? decide(random, { post, isFull, asked, now });
    const answered = outcome === 'pending' ? asked : answeredAt(random, outcome, asked, now);
    if (outcome === 'accepted' && role !== null) {
      free[role] = (free[role] ?? 0) - 1;
      if (free[role] === 0) filledAt.set(role, answered);
    }
    const isInvitation = part ? part.kind === 'invitation' : random.chance(0.22);
    return {
      kind: isInvitation ? 'invitation' : 'application',
      sender: isInvitation ? post.owner : person,
      receiver: isInvitation ? person : post.owner,
      project,
      role,
      message: part?.message ?? makeMessage(world, isInvitation ? invitations : applications, post, role, person),
      ...finish(outcome, asked, answered),
    };
  });
  // Whoever still waited when the last seat of a role was taken has been told so.
  return requests.map((request) => {
    const filled = request.role === null ? undefined : filledAt.get(request.role);
    if (request.status !== 'pending' || filled === undefined) return request;
    const asked = Date.parse(request.created_at);
    return { ...request, ...finish('role_filled', asked, Math.max(filled, asked + HOUR)) };
  });
}

/** What the people to sign in as do in this project. */
const partsIn = ({ students, now }: World, post: Post) =>
  parts
    .filter(({ title }) => title === post.title)
    .map((part) => ({
      asked: now - part.daysAgo * DAY,
      part: {
        ...part,
        person: part.username ? students.findIndex(({ account }) => account.username === part.username) : null,
      },
    }));

const finish = (outcome: Outcome, asked: number, answered: number) => ({
  status: statusOf(outcome),
  reason: outcome === 'pending' || outcome === 'accepted' ? null : outcome,
  created_at: new Date(asked).toISOString(),
  updated_at: new Date(answered).toISOString(),
});

function decide(
  random: Random,
  { post, isFull, asked, now }: { post: Post; isFull: boolean; asked: number; now: number },
): Outcome {
  const couldWait = now - asked < LIFE - DAY && (post.status === 'open' || post.status === 'in_progress');
  const wanted = { open: 0.9, in_progress: 4, completed: 5, cancelled: 0.5, expired: 0.2, draft: 0 }[post.status];
  return random.weighted<Outcome>({
    pending: couldWait && !isFull ? (post.status === 'open' ? 4 : 0.5) : 0,
    accepted: isFull ? 0 : wanted,
    declined: 0.9,
    withdrawn: 0.5,
    role_filled: isFull ? 2 : 0,
    expired: couldWait ? 0 : 0.8,
    project_closed: post.status === 'cancelled' || post.status === 'completed' ? 1 : 0,
    member_left: couldWait ? 0 : 0.25,
  });
}

function answeredAt(random: Random, outcome: Outcome, asked: number, now: number): number {
  const wait = outcome === 'expired' ? LIFE : random.between(3, outcome === 'member_left' ? 400 : 120) * HOUR;
  return Math.min(now - HOUR / 2, asked + wait);
}

/** Mostly somebody who knows what the role asks for; never twice, never the owner, never one who hides. */
function findPerson({ random, students }: World, post: Post, role: number | null, people: number[]): number {
  const skill = role === null ? null : post.roles[role]?.skill;
  const others = students.flatMap((student, at) => {
    const isOut =
      at === post.owner || people.includes(at) || student.profile.visibility === 'private' || student.isCast;
    return isOut
      ? []
      : [{ at, knows: student.profile.skills?.some((known) => typeof known !== 'string' && known.name === skill) }];
  });
  const able = others.filter(({ knows }) => knows);
  return random.pick(able.length > 0 && random.chance(0.8) ? able : others).at;
}

function makeMessage(
  { random, students }: World,
  texts: readonly (string | null)[],
  post: Post,
  role: number | null,
  person: number,
): string | null {
  const wanted = role === null ? undefined : post.roles[role];
  const fits = texts.filter((text) => wanted || !text?.includes('{role}'));
  const text = random.pick(fits);
  return (
    text &&
    fillIn(text, {
      title: post.title,
      role: wanted?.name ?? '',
      skill: wanted?.skill ?? post.required_skills?.[0] ?? '',
      owner: students[post.owner]?.profile.first_name ?? '',
      person: students[person]?.profile.first_name ?? '',
    })
  );
}

function makeConnections({ random, students, now }: World): Request[] {
  const pairs = new Set<string>();
  const requests: Request[] = [];
  while (requests.length < 60) {
    const [sender, receiver] = random.sample([...students.keys()], 2) as [number, number];
    const pair = [sender, receiver].sort((a, b) => a - b).join('-');
    if (pairs.has(pair) || students[receiver]?.profile.visibility === 'private') continue;
    pairs.add(pair);
    const asked = now - random.between(5, 29 * 24) * HOUR;
    const couldWait = now - asked < LIFE - DAY;
    const outcome = random.weighted<Outcome>({
      pending: couldWait ? 4 : 0,
      accepted: 4,
      declined: 1,
      withdrawn: 0.5,
      expired: couldWait ? 0 : 1.5,
      role_filled: 0,
      project_closed: 0,
      member_left: 0,
    });
    const text = random.pick(connections);
    requests.push({
      kind: 'connection',
      sender,
      receiver,
      project: null,
      role: null,
      message: text && fillIn(text, { person: students[receiver]?.profile.first_name ?? '' }),
      ...finish(outcome, asked, outcome === 'pending' ? asked : answeredAt(random, outcome, asked, now)),
    });
  }
  return requests;
}
