/** Notifications: what concerns a person, told once, where and when they want to hear of it. */
import { type Static, type TSchema, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes, defineStreams } from './contract.ts';
import { Id, IdParams, Instant, Nullable, OneOf, Page, Paging, Shape, text } from './shapes.ts';

/** What happened, finely enough for a sentence of its own. */
export const NotificationKind = OneOf(
  'welcome',
  'application_received',
  'invitation_received',
  'connection_received',
  'request_waiting',
  'request_withdrawn',
  'request_accepted',
  'request_declined',
  'request_expired',
  'request_closed',
  'member_joined',
  'member_left',
  'removed_from_team',
  'project_moved',
  'project_deleted',
  'project_expiring',
  'message_received',
);
export type NotificationKind = Static<typeof NotificationKind>;

/** Kinds that people choose about together: the rows of the preferences. */
export const notificationTopics = [
  'messages',
  'requests',
  'answers',
  'reminders',
  'team',
  'projects',
  'account',
] as const;
export const NotificationTopic = OneOf(...notificationTopics);
export type NotificationTopic = Static<typeof NotificationTopic>;

export const notificationChannels = ['in_app', 'mail', 'push'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** What notifications are about: `project:12`. Can be muted. */
export const Thread = Type.String({ pattern: '^(project|request|conversation):[1-9][0-9]{0,14}$', maxLength: 30 });

/** Ids, and names as of then; which ones there are follows from the kind. Clients make sentences of their own from these. */
export const NotificationParams = Shape({
  actor_id: Type.Optional(Id),
  actor_name: Type.Optional(Nullable(Type.String())),
  collaboration_id: Type.Optional(Id),
  conversation_id: Type.Optional(Id),
  /** Place of a message in its conversation; what it says stays there. */
  position: Type.Optional(Type.Integer()),
  /** `application`, `invitation` or `connection`. */
  request: Type.Optional(Type.String()),
  /** Why a request was closed: `role_filled`, `role_removed` or `project_closed`. */
  reason: Type.Optional(Type.String()),
  project_id: Type.Optional(Id),
  project_title: Type.Optional(Nullable(Type.String())),
  role_name: Type.Optional(Nullable(Type.String())),
  /** Somebody who joined or left. */
  member_id: Type.Optional(Id),
  member_name: Type.Optional(Nullable(Type.String())),
  /** State of a project, and the one before. */
  status: Type.Optional(Type.String()),
  previous_status: Type.Optional(Type.String()),
  expires_at: Type.Optional(Instant),
});
export type NotificationParams = Static<typeof NotificationParams>;

export const Notification = Shape({
  id: Id,
  recipient_id: Id,
  type: NotificationKind,
  topic: NotificationTopic,
  title: Type.String({ description: 'In the language that `Accept-Language` asks for, as is `message`.' }),
  message: Type.String(),
  params: NotificationParams,
  data: Nullable(Type.String({ description: '`params` as JSON, as old clients read it.' })),
  threads: Type.Array(Type.String(), { description: 'What it is about, the closest first; any of them can be muted.' }),
  is_read: Type.Boolean(),
  created_at: Instant,
  read_at: Nullable(Instant),
});
export type Notification = Static<typeof Notification>;

/** An hour and minute of the day, `22:30`. */
const ClockTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

const Channels = Shape({ in_app: Type.Boolean(), mail: Type.Boolean(), push: Type.Boolean() });
export type NotificationChannels = Static<typeof Channels>;
const ChannelsChange = Type.Partial(Channels, { additionalProperties: false });

const byTopic = <S extends TSchema>(channels: S) => ({
  messages: channels,
  requests: channels,
  answers: channels,
  reminders: channels,
  team: channels,
  projects: channels,
  account: channels,
});

/** From, inclusive, to, exclusive; over midnight when `to` is the earlier one. */
const QuietHours = Shape({ from: ClockTime, to: ClockTime });
const Digest = Shape({
  is_on: Type.Boolean(),
  hour: Type.Integer({ minimum: 0, maximum: 23, description: 'Of the day in `zone`.' }),
});

export const NotificationPreferences = Shape({
  channels: Shape(byTopic(Channels)),
  /** Mail and push wait until these are over; null for none. */
  quiet_hours: Nullable(QuietHours),
  /** IANA name, `Asia/Kolkata`; UTC while it is null. */
  zone: Nullable(Type.String()),
  /** A daily mail of what is unread and was in no mail before. */
  digest: Digest,
});
export type NotificationPreferences = Static<typeof NotificationPreferences>;

export const NotificationPreferencesUpdate = Shape({
  channels: Type.Optional(Shape(byTopic(Type.Optional(ChannelsChange)))),
  quiet_hours: Type.Optional(Nullable(QuietHours)),
  zone: Type.Optional(Nullable(text(60, 1))),
  digest: Type.Optional(Type.Partial(Digest, { additionalProperties: false })),
});
export type NotificationPreferencesUpdate = Static<typeof NotificationPreferencesUpdate>;

/** As a browser gives it: `PushSubscription.toJSON()`. */
const PushSubscription = Shape({
  endpoint: text(1000, 1),
  expirationTime: Type.Optional(Nullable(Type.Number())),
  keys: Shape({ p256dh: text(200, 1), auth: text(100, 1) }),
});
export type PushSubscription = Static<typeof PushSubscription>;

const UnsubscribeParams = Shape({ token: Type.String({ pattern: '^[0-9]{1,16}\\.[a-z]{1,20}\\.[A-Za-z0-9_-]{43}$' }) });

export const routes = defineRoutes({
  'GET /notifications': {
    summary: 'What concerns me, the latest first',
    access: 'member',
    query: Shape({ ...Paging, unread_only: Type.Optional(Type.Boolean()) }),
    response: Page(Notification),
    ignoresUnknownQuery: true,
  },
  'GET /notifications/unread-count': {
    summary: 'How many I have not read, up to 10,000',
    access: 'member',
    response: Shape({ unread_count: Type.Integer(), count: Type.Integer() }),
  },
  'PUT /notifications/{id}/read': {
    summary: 'Mark one read',
    access: 'member',
    params: IdParams,
    response: Notification,
  },
  'PUT /notifications/{id}/mark-read': {
    summary: 'Mark one read, as old clients ask for it',
    access: 'member',
    params: IdParams,
    response: Notification,
  },
  'PUT /notifications/mark-all-read': {
    summary: 'Mark all read',
    access: 'member',
    response: Shape({ updated: Type.Integer() }),
  },
  'DELETE /notifications/{id}': { summary: 'Delete one', access: 'member', params: IdParams, status: 204 },
  'GET /notifications/mutes': {
    summary: 'Threads that I hear nothing of, the latest muted first',
    access: 'member',
    query: Shape({ cursor: Paging.cursor, limit: Paging.limit }),
    response: Shape({
      items: Type.Array(Shape({ thread: Type.String(), muted_at: Instant })),
      next_cursor: Nullable(Type.String()),
    }),
  },
  'PUT /notifications/mutes/{thread}': {
    summary: 'Hear nothing more of a project, request or conversation',
    access: 'member',
    params: Shape({ thread: Thread }),
    status: 204,
  },
  'DELETE /notifications/mutes/{thread}': {
    summary: 'Hear of it again',
    access: 'member',
    params: Shape({ thread: Thread }),
    status: 204,
  },
  'GET /notifications/preferences': {
    summary: 'Where and when I want to hear of what',
    access: 'member',
    response: NotificationPreferences,
  },
  'PUT /notifications/preferences': {
    summary: 'Change what is named; the rest stays',
    access: 'member',
    body: NotificationPreferencesUpdate,
    response: NotificationPreferences,
  },
  'GET /notifications/push/key': {
    summary: 'The key that a browser subscribes with (VAPID, RFC 8292)',
    access: 'member',
    response: Shape({ public_key: Type.String() }),
  },
  'PUT /notifications/push/subscription': {
    summary: 'Push to this browser from now on; one that was another member’s becomes mine',
    access: 'member',
    body: PushSubscription,
    status: 204,
  },
  'POST /notifications/push/unsubscribe': {
    summary: 'Push to this browser no more, if I had it so',
    access: 'member',
    body: Shape({ endpoint: text(1000, 1) }),
    status: 204,
  },
  'GET /notifications/unsubscribe/{token}': {
    summary: 'From a mail to the page that asks whether to end such mails; changes nothing',
    access: 'public',
    ignoresCredentials: true,
    params: UnsubscribeParams,
    status: 302,
  },
  'POST /notifications/unsubscribe/{token}': {
    summary: 'End the mails that this link was in, as mail clients do with one click (RFC 8058)',
    access: 'public',
    ignoresCredentials: true,
    takesForm: true,
    params: UnsubscribeParams,
    status: 204,
  },
});

export const calls = defineCalls({
  /** Erases what is theirs, and their name in what is others'. */
  'notifications.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
});

export const events = defineEvents({});

const ofNotification = Shape({ notification_id: Id });

export const jobs = defineJobs({
  /** Due some minutes after the notification was written: goes out unless it was read by then. */
  'notifications.send_mail': { input: ofNotification, retryLimit: 20, expireInSeconds: 60 },
  'notifications.send_push': { input: ofNotification, retryLimit: 8, expireInSeconds: 300 },
  /** Puts together the digests whose hour has come. */
  'notifications.make_digests': { input: Shape({}), retryLimit: 2, expireInSeconds: 900 },
  'notifications.send_digest': { input: Shape({ digest_id: Id }), retryLimit: 20, expireInSeconds: 60 },
  /** Deletes read notifications after 180 days. */
  'notifications.clean_up': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
});

export const streams = defineStreams({
  /** Something concerns the reader, or was read or deleted in another place. */
  'notifications.changed': Shape({}),
});
