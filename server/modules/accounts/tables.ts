/** The module's tables; the SQL that makes them is in `migrations/`. */

import type { Role } from '@collabthon/contracts/accounts';
import type { Locale } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { identity, instant, ref } from '../../platform/database/columns.ts';

const now = sql`now()`;
const accounts = pgSchema('accounts');

export const users = accounts.table('users', {
  id: identity(),
  username: text('username').notNull(),
  email: text('email').notNull(),
  pending_email: text('pending_email'),
  password_hash: text('password_hash'),
  role: text('role').$type<Role>().notNull().default('student'),
  locale: text('locale').$type<Locale>().notNull().default('en'),
  is_active: boolean('is_active').notNull().default(true),
  is_verified: boolean('is_verified').notNull().default(false),
  is_demo: boolean('is_demo').notNull().default(false),
  totp_secret: text('totp_secret'),
  totp_enabled: boolean('totp_enabled').notNull().default(false),
  totp_last_step: ref('totp_last_step'),
  greeted_at: instant('greeted_at'),
  version: integer('version').notNull().default(1),
  created_at: instant('created_at').notNull().default(now),
  updated_at: instant('updated_at').notNull().default(now),
});

export const identities = accounts.table(
  'identities',
  {
    provider: text('provider').notNull(),
    subject: text('subject').notNull(),
    user_id: ref('user_id').notNull(),
    created_at: instant('created_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] })],
);

export const sessions = accounts.table('sessions', {
  id: identity(),
  user_id: ref('user_id').notNull(),
  kind: text('kind').$type<'browser' | 'token'>().notNull(),
  token_hash: text('token_hash').notNull(),
  previous_hash: text('previous_hash'),
  rotated_at: instant('rotated_at'),
  user_agent: text('user_agent').notNull(),
  created_at: instant('created_at').notNull().default(now),
  last_used_at: instant('last_used_at').notNull().default(now),
  ended_at: instant('ended_at'),
});

export const mailedTokens = accounts.table('mailed_tokens', {
  token_hash: text('token_hash').primaryKey(),
  user_id: ref('user_id').notNull(),
  purpose: text('purpose').$type<'verify' | 'reset'>().notNull(),
  email: text('email').notNull(),
  created_at: instant('created_at').notNull().default(now),
  expires_at: instant('expires_at').notNull(),
});

export const recoveryCodes = accounts.table(
  'recovery_codes',
  { user_id: ref('user_id').notNull(), code_hash: text('code_hash').notNull() },
  (table) => [primaryKey({ columns: [table.user_id, table.code_hash] })],
);

export const attempts = accounts.table('attempts', {
  key: text('key').primaryKey(),
  level: doublePrecision('level').notNull(),
  last_at: instant('last_at').notNull().default(now),
  known_until: instant('known_until'),
});

export const collegeDomains = accounts.table('college_domains', {
  id: identity(),
  domain: text('domain').notNull(),
  college: text('college').notNull(),
  kind: text('kind').$type<'student' | 'alumni'>().notNull(),
  created_at: instant('created_at').notNull().default(now),
});

export const badgeCodes = accounts.table('badge_codes', {
  user_id: ref('user_id').primaryKey(),
  domain_id: ref('domain_id').notNull(),
  email: text('email').notNull(),
  code_hash: text('code_hash').notNull(),
  attempts: integer('attempts').notNull().default(0),
  expires_at: instant('expires_at').notNull(),
});

export const badges = accounts.table('badges', {
  user_id: ref('user_id').primaryKey(),
  domain_id: ref('domain_id').notNull(),
  email_hash: text('email_hash').notNull(),
  confirmed_at: instant('confirmed_at').notNull().default(now),
  expires_at: instant('expires_at').notNull(),
});

export const drafts = accounts.table(
  'drafts',
  {
    user_id: ref('user_id').notNull(),
    key: text('key').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    version: ref('version').notNull().default(sql`nextval('accounts.draft_versions')`),
    updated_at: instant('updated_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.key] })],
);

export const closings = accounts.table('closings', {
  user_id: ref('user_id').primaryKey(),
  number: ref('number').notNull().generatedAlwaysAsIdentity(),
  started_at: instant('started_at').notNull().default(now),
  closes_at: instant('closes_at').notNull(),
});

export const audit = accounts.table('audit', {
  id: identity(),
  event_id: uuid('event_id').notNull(),
  actor_id: ref('actor_id'),
  action: text('action').notNull(),
  target: text('target').notNull(),
  detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  created_at: instant('created_at').notNull(),
});
