/** What kinds of notifications there are: the topic that people choose them by, and where they go unless somebody chose. */
import type { NotificationChannels, NotificationKind, NotificationTopic } from '@collabthon/contracts/notifications';

export interface KindOfNotification {
  topic: NotificationTopic;
  /** Its mail waits for nobody to read it in the app first. */
  mailsAtOnce?: boolean;
}

export const kinds: Record<NotificationKind, KindOfNotification> = {
  welcome: { topic: 'account', mailsAtOnce: true },
  message_received: { topic: 'messages' },
  application_received: { topic: 'requests' },
  invitation_received: { topic: 'requests' },
  connection_received: { topic: 'requests' },
  request_withdrawn: { topic: 'requests' },
  request_accepted: { topic: 'answers' },
  request_declined: { topic: 'answers' },
  request_expired: { topic: 'answers' },
  request_closed: { topic: 'answers' },
  request_waiting: { topic: 'reminders' },
  project_expiring: { topic: 'reminders' },
  member_joined: { topic: 'team' },
  member_left: { topic: 'team' },
  removed_from_team: { topic: 'team' },
  project_moved: { topic: 'projects' },
  project_deleted: { topic: 'projects' },
};

/** Somebody waits for an answer: mail. Good to know: the digest has it. */
export const defaultChannels: Record<NotificationTopic, NotificationChannels> = {
  // The conversation itself shows what is unread in it.
  messages: { in_app: false, mail: true, push: true },
  requests: { in_app: true, mail: true, push: true },
  answers: { in_app: true, mail: true, push: true },
  reminders: { in_app: true, mail: true, push: false },
  team: { in_app: true, mail: false, push: true },
  projects: { in_app: true, mail: false, push: false },
  account: { in_app: true, mail: true, push: false },
};
