/** The module's tables that are written row by row; the migrations hold the rest. */
import type { ClosingReason, Collaboration } from '@collabthon/contracts/collaborations';
import { pgSchema, text } from 'drizzle-orm/pg-core';
import type { Static } from 'typebox';
import { identity, instant, ref } from '../../platform/database/columns.ts';

const schema = pgSchema('collaborations');

export const requests = schema.table('requests', {
  id: identity(),
  kind: text('kind').$type<Collaboration['kind']>().notNull(),
  sender_id: ref('sender_id').notNull(),
  receiver_id: ref('receiver_id').notNull(),
  person_id: ref('person_id').notNull(),
  project_id: ref('project_id'),
  role_id: ref('role_id'),
  message: text('message'),
  status: text('status').$type<Collaboration['status']>().notNull(),
  reason: text('reason').$type<Static<typeof ClosingReason>>(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  expires_at: instant('expires_at').notNull(),
});
export type RequestRow = typeof requests.$inferSelect;
export type Reason = NonNullable<RequestRow['reason']>;
