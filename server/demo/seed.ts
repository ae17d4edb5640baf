/** Loads the demo campus into an empty database, once; a load that was cut off is continued where it stopped. */
import { insertDemoAccounts } from '../modules/accounts/index.ts';
import { insertCollaborationsInBulk } from '../modules/collaborations/index.ts';
import { insertTeamConversationsInBulk } from '../modules/conversations/index.ts';
import { rebuildIndex } from '../modules/discovery/index.ts';
import { insertDemoProfiles } from '../modules/profiles/index.ts';
import { insertProjectsInBulk } from '../modules/projects/index.ts';
import type { Platform } from '../platform/module.ts';
import { type Campus, makeCampus } from './campus.ts';
import { DEMO_PASSWORD, unfilled } from './people.ts';
import { quiet } from './quiet.ts';
import { openSteps } from './steps.ts';

const SEED = 20_260_901;

export interface DemoSignIn {
  username: string;
  password: string;
  /** What there is to see. */
  about: string;
}

/** The first three are worth printing at the start. */
export const demoSignIns: DemoSignIn[] = [
  { username: 'maya', password: DEMO_PASSWORD, about: 'owns a project; applications are waiting for an answer' },
  { username: 'leo', password: DEMO_PASSWORD, about: 'has applied, is invited, and is on a team' },
  { username: 'noor', password: DEMO_PASSWORD, about: 'is new: onboarding and an empty profile' },
  { username: 'demo_moderator', password: DEMO_PASSWORD, about: 'moderates' },
  { username: 'demo_admin', password: DEMO_PASSWORD, about: 'runs the platform' },
  { username: 'test_user', password: 'test_password', about: 'the account of the load test' },
];

export interface SeedOptions {
  platform: Platform;
  /** Told about each step, for people who wait. */
  onProgress?: (line: string) => void;
}

/**
 * The platform must be started: other modules learn of the campus by events, in the background, moments later; search
 * is complete on return. @returns whether the demo is there; false when the database holds other people already
 */
export async function seedDemoCampus({ platform, onProgress = () => undefined }: SeedOptions): Promise<boolean> {
  const steps = await openSteps(platform);
  if (await steps.isDone('index')) return true;
  if (!(await steps.isDone('plan')) && !(await isEmpty(platform))) {
    onProgress('There are accounts already, so the demo campus is not loaded.');
    return false;
  }
  // The same moment for every attempt, so that a continued load tells the same story.
  const plan = await steps.once('plan', async () => ({ seed: SEED, now: Date.now() }));
  const campus = makeCampus(plan);

  onProgress(`Loading the demo campus: ${campus.students.length} students …`);
  const ids = await steps.once('accounts', async (inside) => {
    // Profiles ask for their accounts; only those that nobody fills have to be announced.
    await insertDemoAccounts(inside, unfilled);
    return insertDemoAccounts(
      inside,
      campus.students.map(({ account }) => account),
      { publish: false },
    );
  });
  const userId = (index: number) => ids[index] ?? 0;
  // Nobody has to hear of each profile: the next steps fetch the cards that they need, and the index all of them.
  await steps.repeatable('profiles', () =>
    insertDemoProfiles(
      quiet(platform),
      campus.students.map(({ profile }, index) => ({ ...profile, user_id: userId(index) })),
    ),
  );

  onProgress(`… ${campus.posts.length} projects and ${campus.requests.length} requests …`);
  const posts = await steps.once('projects', (inside) =>
    insertProjectsInBulk(inside, toProjects(campus, userId), { announce: false }),
  );
  // Before anybody hears of the teams, which find their conversations there.
  await steps.once('talks', (inside) => insertTeamConversationsInBulk(inside, toConversations(campus, userId, posts)));
  await steps.once('requests', async (inside) => {
    await insertCollaborationsInBulk(inside, toCollaborations(campus, userId, posts));
    // Not before: whoever hears of a project locks the rows that the requests are about.
    await announceProjects(
      inside,
      posts.map(({ id }) => id),
    );
  });

  onProgress('… and the search documents.');
  await steps.repeatable('index', () => rebuildIndex(platform));
  return true;
}

async function announceProjects({ db, calls, events }: Platform, ids: number[]): Promise<void> {
  const projects = await calls('projects.listProjects', { after_id: Math.min(...ids) - 1, limit: 500 });
  const ours = new Set(ids);
  for (const project of projects) {
    if (ours.has(project.id)) await events.publish(db, 'project.created', { project });
  }
}

const isEmpty = async ({ calls }: Platform) =>
  (await calls('profiles.listCandidates', { after_user_id: 0, limit: 1 })).length === 0;

const toProjects = ({ posts }: Campus, userId: (index: number) => number) =>
  posts.map(({ owner, ...post }) => ({ ...post, owner_id: userId(owner) }));

const toCollaborations = (
  { requests }: Campus,
  userId: (index: number) => number,
  posts: { id: number; role_ids: number[] }[],
) =>
  requests.map(({ sender, receiver, project, role, ...request }) => {
    const post = project === null ? undefined : posts[project];
    return {
      ...request,
      sender_id: userId(sender),
      receiver_id: userId(receiver),
      project_id: post?.id ?? null,
      role_id: role === null ? null : (post?.role_ids[role] ?? null),
    };
  });

const toConversations = ({ talks }: Campus, userId: (index: number) => number, posts: { id: number }[]) =>
  talks.map(({ project, members, messages }) => ({
    project_id: posts[project]?.id ?? 0,
    member_ids: members.map(userId),
    messages: messages.map(({ sender, ...message }) => ({ ...message, sender_id: userId(sender) })),
  }));
