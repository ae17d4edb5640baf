/** Conversations: one for each team, and one for each request while it waits for its answer. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes, defineStreams } from './contract.ts';
import { Id, IdParams, Instant, Nullable, OneOf, Paging, PersonCard, Shape, text } from './shapes.ts';

/** Made by the client, so that a message that is sent again is known again. */
const ClientId = Type.String({
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  description: 'A UUID of the client’s own; the same again names the same message.',
});

/** A place in a conversation: 1 is its first message. */
const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const MESSAGE_LENGTH = 4000;
/** Unread messages of a conversation are counted up to here. */
export const UNREAD_LIMIT = 100;

export const Message = Shape({
  id: Id,
  conversation_id: Id,
  /** Grows by one with each message of the conversation. */
  position: Position,
  client_id: Type.String(),
  sender: PersonCard,
  /** Null once it is deleted. */
  text: Nullable(Type.String()),
  sent_at: Instant,
  edited_at: Nullable(Instant),
  deleted_at: Nullable(Instant),
});
export type Message = Static<typeof Message>;

export const ConversationKind = OneOf('team', 'request');
export type ConversationKind = Static<typeof ConversationKind>;

export const ConversationMember = Shape({
  person: PersonCard,
  joined_at: Instant,
  /** They have read everything up to here. */
  read_position: Position,
});

export const Conversation = Shape({
  id: Id,
  kind: ConversationKind,
  /** What it is about; null for a wish to connect. */
  project: Nullable(Shape({ id: Id, title: Type.String() })),
  /** The request that it belongs to; null for a team. */
  request_id: Nullable(Id),
  /** False once the request is answered or the project deleted: then it can only be read. */
  is_open: Type.Boolean(),
  member_count: Type.Integer(),
  /** Who can read it, longest first; in a list the first five. */
  members: Type.Array(ConversationMember),
  last_message: Nullable(Message),
  last_position: Position,
  /** My own mark. */
  read_position: Position,
  /** Messages of others behind my mark, capped at 100. */
  unread_count: Type.Integer(),
  /** When something was last written, or else when it began. */
  active_at: Instant,
});
export type Conversation = Static<typeof Conversation>;

const MessageText = text(MESSAGE_LENGTH, 1);
const messageParams = Shape({ id: Id, message_id: Id });

export const routes = defineRoutes({
  'GET /conversations': {
    summary: 'My conversations, the liveliest first; closed ones only if something was said in them',
    access: 'member',
    query: Shape({
      cursor: Paging.cursor,
      limit: Paging.limit,
      /** That of this request. */
      request_id: Type.Optional(Id),
      /** That of this project's team. */
      team_of: Type.Optional(Id),
    }),
    response: Shape({ items: Type.Array(Conversation), next_cursor: Nullable(Type.String()) }),
  },
  'GET /conversations/unread': {
    summary: 'How much I have not read, in all my conversations together',
    access: 'member',
    response: Shape({ conversations: Type.Integer(), messages: Type.Integer() }),
  },
  'GET /conversations/{id}': {
    summary: 'A conversation of mine, with everybody in it',
    access: 'member',
    params: IdParams,
    response: Conversation,
  },
  'GET /conversations/{id}/messages': {
    summary: 'Messages in the order of their positions: the latest, or those next to a position in either direction',
    access: 'member',
    params: IdParams,
    query: Shape({ before: Type.Optional(Position), after: Type.Optional(Position), limit: Paging.limit }),
    response: Shape({
      items: Type.Array(Message),
      /** `before` of the page of older ones; null at the beginning. */
      older: Nullable(Position),
      /** `after` of the page of newer ones; null at the end. */
      newer: Nullable(Position),
    }),
  },
  'POST /conversations/{id}/messages': {
    summary: 'Write; the same client_id again is the same message and changes nothing',
    access: 'member',
    params: IdParams,
    body: Shape({ client_id: ClientId, text: MessageText }),
    response: Message,
    status: 201,
  },
  'PUT /conversations/{id}/messages/{message_id}': {
    summary: 'Change the text of a message of mine',
    access: 'member',
    params: messageParams,
    body: Shape({ text: MessageText }),
    response: Message,
  },
  'DELETE /conversations/{id}/messages/{message_id}': {
    summary: 'Delete a message of mine; its place stays, its text is gone',
    access: 'member',
    params: messageParams,
    status: 204,
  },
  'PUT /conversations/{id}/read': {
    summary: 'Move my mark forward: everything up to this position is read',
    access: 'member',
    limit: 'mark',
    params: IdParams,
    body: Shape({ position: Position }),
    status: 204,
  },
  'POST /conversations/{id}/typing': {
    summary: 'Show the others for a moment that I am writing; repeat it every few seconds',
    access: 'member',
    limit: 'typing',
    params: IdParams,
    status: 204,
  },
});

export const calls = defineCalls({
  /** Erases what is theirs, and their name in what is others'. */
  'conversations.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  /** A message as this person may see it: null when they are not in the conversation, or it is deleted. */
  'conversations.getMessage': {
    input: Shape({ conversation_id: Id, position: Position, user_id: Id }),
    output: Nullable(Shape({ read_position: Position, text: Type.String() })),
  },
});

export const events = defineEvents({
  /** `recipient_ids` are those who could read it when it was written, without its sender. */
  'message.sent': {
    payload: Shape({
      message_id: Id,
      conversation_id: Id,
      conversation_kind: ConversationKind,
      project_id: Nullable(Id),
      request_id: Nullable(Id),
      position: Position,
      sender_id: Id,
      sender_name: Type.String(),
      project_title: Nullable(Type.String()),
      recipient_ids: Type.Array(Id),
      sent_at: Instant,
    }),
    entity: 'conversation',
    key: 'conversation_id',
  },
});

export const jobs = defineJobs({
  /** Opens conversations of teams and requests that no event has opened. */
  'conversations.complete': { input: Shape({}), retryLimit: 2, expireInSeconds: 3600 },
});

export const streams = defineStreams({
  /** Where something was written; what it says is asked for, so that nobody is told who has left since. */
  'message.changed': Shape({
    conversation_id: Id,
    message_id: Id,
    position: Position,
    client_id: Type.String(),
    sender_id: Id,
    change: OneOf('sent', 'edited', 'deleted'),
  }),
  /** Somebody has read everything up to here; the reader's own other pages are told too. */
  'conversation.read': Shape({ conversation_id: Id, user_id: Id, position: Position }),
  /** A conversation began, ended, or others are in it now; who is among those removed hears nothing more of it. */
  'conversation.changed': Shape({
    conversation_id: Id,
    change: OneOf('opened', 'closed', 'members'),
    added: Type.Array(Id),
    removed: Type.Array(Id),
  }),
  /** Somebody is writing at this moment. */
  'conversation.typing': Shape({ conversation_id: Id, user_id: Id }),
});
