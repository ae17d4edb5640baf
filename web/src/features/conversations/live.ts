/** What changes on the page when the server tells of conversations. */
import type { streams } from '@collabthon/contracts/conversations';
import type { QueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import { shownAccount } from '../../lib/session.ts';
import { requestQuery } from '../collaborations/api.ts';
import {
  applyRead,
  conversationQuery,
  conversationsQuery,
  readAgain,
  readNewer,
  refreshRow,
  threadQuery,
} from './api.ts';
import { endTyping, hearTyping } from './typing.ts';
import { unreadQuery } from './unread.ts';

type Told<T extends keyof typeof streams> = Static<(typeof streams)[T]>;

const refreshUnread = (client: QueryClient) => void client.invalidateQueries(unreadQuery);

/** Readings of one conversation follow each other; what is told while one runs is read by one more. */
const reading = new Map<number, 'once' | 'again'>();

async function readOn(client: QueryClient, id: number): Promise<void> {
  if (reading.has(id)) return void reading.set(id, 'again');
  do {
    reading.set(id, 'once');
    await Promise.allSettled([readNewer(client, id), refreshRow(client, id)]);
  } while (reading.get(id) === 'again');
  reading.delete(id);
}

export function hearMessage(client: QueryClient, told: Told<'message.changed'>): void {
  const { conversation_id: id, position, sender_id, change } = told;
  endTyping(id, sender_id);
  if (change === 'sent') return void readOn(client, id);
  const isHere = client.getQueryData(threadQuery(id).queryKey)?.items.some((message) => message.position === position);
  if (isHere) readAgain(client, id, position).catch(() => {});
  refreshRow(client, id).catch(() => {});
}

export function hearRead(client: QueryClient, { conversation_id, user_id, position }: Told<'conversation.read'>): void {
  client.setQueryData(
    conversationQuery(conversation_id).queryKey,
    (now) =>
      now && {
        ...now,
        members: now.members.map((member) =>
          member.person.user_id === user_id
            ? { ...member, read_position: Math.max(member.read_position, position) }
            : member,
        ),
      },
  );
  if (user_id !== shownAccount()) return;
  applyRead(client, conversation_id, position);
  refreshUnread(client);
}

export function hearChange(client: QueryClient, { conversation_id }: Told<'conversation.changed'>): void {
  const requestId = client.getQueryData(conversationQuery(conversation_id).queryKey)?.request_id;
  // It ends with its request, of which nothing may be left to be read.
  if (requestId) void client.invalidateQueries(requestQuery(requestId));
  void client.invalidateQueries(conversationQuery(conversation_id));
  void client.invalidateQueries(conversationsQuery);
  refreshUnread(client);
}

export const hearWriting = (_client: QueryClient, { conversation_id, user_id }: Told<'conversation.typing'>) =>
  hearTyping(conversation_id, user_id);
