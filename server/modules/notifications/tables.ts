/** The module's tables that are written row by row; the migrations hold the rest. */
import type { NotificationKind, NotificationParams, NotificationTopic } from '@collabthon/contracts/notifications';
import { boolean, jsonb, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { identity, instant, ref } from '../../platform/database/columns.ts';

const schema = pgSchema('notifications');

export const notifications = schema.table('notifications', {
  id: identity(),
  event_id: uuid('event_id').notNull(),
  recipient_id: ref('recipient_id').notNull(),
  kind: text('kind').$type<NotificationKind>().notNull(),
  topic: text('topic').$type<NotificationTopic>().notNull(),
  params: jsonb('params').$type<NotificationParams>().notNull(),
  threads: text('threads').array().notNull(),
  is_listed: boolean('is_listed').notNull(),
  created_at: instant('created_at').notNull(),
  read_at: instant('read_at'),
  mailed_at: instant('mailed_at'),
  digested_at: instant('digested_at'),
});
export type NotificationRow = typeof notifications.$inferSelect;
