/** Who may talk with whom follows from what happens to requests, teams and projects. */
import type { Db } from '../../platform/database/database.ts';
import type { EventPayload, Subscribers } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { keepCard } from './people.ts';
import { createConversationStore, type RequestOf } from './store.ts';

export const conversationSubscribers = (platform: Platform): Subscribers => ({
  'profile.changed': (tx, { card, version }) => keepCard(tx, card, version),
  'project.created': (tx, { project }) => saveProject(tx, project),
  'project.changed': (tx, { project }) => saveProject(tx, project),
  'project.deleted': async (tx, { project_id }) => {
    const store = createConversationStore(tx);
    const closed = await store.deleteProject(project_id);
    if (closed) await tell(platform, tx, await store.memberIds(closed.id), { id: closed.id, change: 'closed' });
  },
  'collaboration.requested': (tx, party) => openForRequest(platform, tx, requestOf(party)),
  'collaboration.accepted': (tx, party) => closeForRequest(platform, tx, requestOf(party)),
  'collaboration.closed': (tx, party) => closeForRequest(platform, tx, requestOf(party)),
  'team.changed': (tx, team) => followTeam(platform, tx, team),
});

const saveProject = (tx: Db, { id, title, version }: { id: number; title: string; version: number }) =>
  createConversationStore(tx).saveProject(id, title, version);

type Party = Pick<
  EventPayload<'collaboration.accepted'>,
  'collaboration_id' | 'project_id' | 'sender_id' | 'receiver_id'
>;

export const requestOf = (party: Party): RequestOf => ({
  request_id: party.collaboration_id,
  project_id: party.project_id,
  user_ids: [party.sender_id, party.receiver_id],
});

export async function openForRequest(platform: Platform, tx: Db, request: RequestOf): Promise<void> {
  const opened = await createConversationStore(tx).openForRequest(request);
  if (opened) await tell(platform, tx, request.user_ids, { id: opened.id, change: 'opened' });
}

/** What was said stays readable for both. */
async function closeForRequest(platform: Platform, tx: Db, request: RequestOf): Promise<void> {
  const store = createConversationStore(tx);
  // The word that it began may come after the word that it ended, when somebody sends it again from the dead letters.
  const isLate = await store.openForRequest(request);
  const closed = await store.closeForRequest(request.request_id);
  if (closed && !isLate) await tell(platform, tx, request.user_ids, { id: closed.id, change: 'closed' });
}

type Team = Pick<EventPayload<'team.changed'>, 'project_id' | 'version' | 'member_ids'>;

/** Everybody on the team is in, and nobody else: who has left is out with this transaction. */
export async function followTeam(platform: Platform, tx: Db, team: Team): Promise<void> {
  const store = createConversationStore(tx);
  const conversation = await store.openForTeam(team.project_id, team.version, team.member_ids.length);
  if (!conversation) return;
  const before = await store.memberIds(conversation.id);
  const added = team.member_ids.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !team.member_ids.includes(id));
  if (added.length + removed.length === 0) return;
  await store.enter(conversation, added);
  await store.leave(conversation, removed);
  await tell(platform, tx, [...before, ...added], { id: conversation.id, change: 'members', added, removed });
}

interface News {
  id: number;
  change: 'opened' | 'closed' | 'members';
  added?: number[];
  removed?: number[];
}

const tell = ({ realtime }: Platform, tx: Db, userIds: number[], { id, change, added = [], removed = [] }: News) =>
  realtime.send(tx, userIds, 'conversation.changed', { conversation_id: id, change, added, removed });
