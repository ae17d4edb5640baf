/** Applying, inviting, and asking to connect. */
import type { Collaboration, CollaborationCreate } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, ProblemError, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { ensurePeople, getCard } from './people.ts';
import { mayRequest } from './policy.ts';
import { createRequestStore, type NewRequest } from './store.ts';
import { createCollaborationReads } from './store-read.ts';
import { createTeamStore } from './store-team.ts';
import { isActive, syncProject, toParty } from './team.ts';

type Sender = Pick<Principal, 'user_id'>;

/** A no is respected for this long; then the same may be asked again. */
const DECLINED_DAYS = 30;

/**
 * Sends a request: to the owner of the named project it is an application, from the owner an invitation, without a
 * project a wish to connect.
 * @throws 422 for yourself, an unknown receiver, project or role; 409 `project_closed`, `already_member`, `role_full`,
 *   `already_pending`, `already_connected`, `declined_recently`.
 */
export async function sendRequest(
  platform: Platform,
  sender: Sender,
  body: CollaborationCreate,
  keep: (tx: Db, sent: Collaboration) => Promise<unknown>,
): Promise<Collaboration> {
  await checkReceiver(platform, sender, body.receiver_id);
  await ensurePeople(platform, [sender.user_id, body.receiver_id]);
  const project = await findProject(platform, sender, body);
  const request = classify(sender, body, project);
  return platform.db.transaction(async (tx) => {
    if (project) {
      await syncProject(platform, tx, project);
      await checkSeat(tx, request);
    }
    const id = await insert(platform, tx, request);
    const sent = await createCollaborationReads(tx).get(id);
    if (!sent) throw new Error(`Request ${id} is not there.`);
    await keep(tx, sent);
    return sent;
  });
}

/** Invites for the owner of a project; what cannot be, such as an invitation that is there already, is left as it is. */
export async function invite(
  platform: Platform,
  { owner_id, user_id, ...about }: { owner_id: number; user_id: number } & Omit<CollaborationCreate, 'receiver_id'>,
  keep: Keep,
): Promise<{ collaboration_id: number | null }> {
  const answerOf = ({ id }: Collaboration) => ({ collaboration_id: id });
  try {
    const body = { receiver_id: user_id, ...about };
    return answerOf(await sendRequest(platform, { user_id: owner_id }, body, (tx, sent) => keep(tx, answerOf(sent))));
  } catch (error) {
    if (error instanceof ProblemError && error.status < 500) return { collaboration_id: null };
    throw error;
  }
}

async function checkReceiver(platform: Platform, sender: Sender, receiverId: number): Promise<void> {
  const path = '/receiver_id';
  if (receiverId === sender.user_id) {
    throw unprocessable([{ path, code: 'to_yourself', message: 'You cannot send a request to yourself.' }]);
  }
  const receiver = await platform.calls('accounts.getMember', { user_id: receiverId });
  if (!receiver?.is_active) {
    throw unprocessable([
      { path, code: 'no_such_member', message: 'This member does not exist or is no longer here.' },
    ]);
  }
}

/** The project that the body names, as its owner holds it now; null when it names none. */
async function findProject(platform: Platform, sender: Sender, body: CollaborationCreate): Promise<Project | null> {
  if (!body.project_id) {
    if (body.role_id) {
      throw unprocessable([
        { path: '/role_id', code: 'role_without_project', message: 'A role belongs to a project: name it too.' },
      ]);
    }
    return null;
  }
  const project = await platform.calls('projects.getProject', { project_id: body.project_id });
  const isTheirs = project && (await createTeamStore(platform.db).isMember(project.id, sender.user_id));
  if (!project || !(isTheirs || mayRequest(project, await getCard(platform.db, sender.user_id)))) {
    throw unprocessable([
      { path: '/project_id', code: 'no_such_project', message: 'This project does not exist, or you may not see it.' },
    ]);
  }
  if (body.role_id && !project.roles.some((role) => role.id === body.role_id)) {
    throw unprocessable([{ path: '/role_id', code: 'unknown_role', message: 'This is not a role of this project.' }]);
  }
  if (!isActive(project)) throw projectClosed();
  return project;
}

function classify(sender: Sender, body: CollaborationCreate, project: Project | null): NewRequest {
  const common = {
    sender_id: sender.user_id,
    receiver_id: body.receiver_id,
    project_id: project?.id ?? null,
    role_id: body.role_id ?? null,
    message: body.message ?? null,
  };
  if (!project) return { ...common, kind: 'connection', person_id: sender.user_id };
  if (project.owner_id === sender.user_id) return { ...common, kind: 'invitation', person_id: body.receiver_id };
  if (project.owner_id === body.receiver_id) return { ...common, kind: 'application', person_id: sender.user_id };
  throw unprocessable([
    {
      path: '/receiver_id',
      code: 'not_to_the_owner',
      message: 'The project belongs to somebody else: write to its owner.',
    },
  ]);
}

async function checkSeat(tx: Db, { kind, project_id, person_id, role_id }: NewRequest): Promise<void> {
  const team = createTeamStore(tx);
  if (project_id !== null && (await team.isMember(project_id, person_id))) throw alreadyMember(kind);
  if (role_id !== null && !(await team.hasFreeSeat(role_id))) throw roleFull();
}

async function insert(platform: Platform, tx: Db, request: NewRequest): Promise<number> {
  const store = createRequestStore(tx);
  const until = await store.declinedUntil(request, DECLINED_DAYS);
  if (until) {
    const day = until.slice(0, 10);
    throw conflict('declined_recently', `They said no to this already. You can ask again from ${day} on.`, {
      until: day,
    });
  }
  const written = await store.insert(request);
  if (!written) throw alreadyThere(request, await store.findStanding(request));
  await platform.events.publish(tx, 'collaboration.requested', {
    ...toParty(await store.getParty(written.id)),
    requested_at: written.created_at,
  });
  return written.id;
}

function alreadyThere(request: NewRequest, standing: { sender_id: number; status: string } | null) {
  if (standing?.status === 'accepted') return conflict('already_connected', 'The two of you are connected already.');
  if (!standing || standing.sender_id === request.sender_id) {
    return conflict('already_pending', 'You have asked this already. They have not answered yet.', {
      kind: request.kind,
      from: 'you',
    });
  }
  const [kind, detail] = theirs[request.kind];
  return conflict('already_pending', detail, { kind, from: 'they' });
}

/** The request of the other side that answers the same wish, and what to do with it. */
const theirs: Record<NewRequest['kind'], [kind: NewRequest['kind'], detail: string]> = {
  application: ['invitation', 'The owner has invited you to this already. Accept that invitation instead.'],
  invitation: ['application', 'They have applied for this already. Accept that application instead.'],
  connection: ['connection', 'They have asked to connect with you already. Accept that request instead.'],
};

export const alreadyMember = (kind: NewRequest['kind']) => {
  const who = kind === 'invitation' ? 'they' : 'you';
  return conflict('already_member', `${who === 'they' ? 'They' : 'You'} are on the team already.`, { who });
};

export const projectClosed = () => conflict('project_closed', 'This project takes nobody on now.');

export const roleFull = () => conflict('role_full', 'All seats of this role are taken.');
