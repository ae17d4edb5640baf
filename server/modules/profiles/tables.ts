/** The tables of `migrations/`, as Drizzle sees them; columns that PostgreSQL computes are left out. */
import type { OpenTo } from '@collabthon/contracts/profiles';
import type { Visibility } from '@collabthon/contracts/shapes';
import { bigint, boolean, doublePrecision, integer, jsonb, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Static } from 'typebox';
import { identity, instant, ref } from '../../platform/database/columns.ts';
import type { Slot } from './availability.ts';

const schema = pgSchema('profiles');

export const profiles = schema.table('profiles', {
  id: identity(),
  user_id: ref('user_id').notNull().unique(),
  username: text('username').notNull(),
  is_active: boolean('is_active').notNull(),
  is_demo: boolean('is_demo').notNull(),
  badge_college: text('badge_college'),
  badge_kind: text('badge_kind').$type<'student' | 'alumni'>(),
  member_version: integer('member_version').notNull(),
  first_name: text('first_name').notNull().default(''),
  last_name: text('last_name').notNull().default(''),
  college: text('college').notNull().default(''),
  major: text('major').notNull().default(''),
  year: integer('year').notNull().default(0),
  bio: text('bio'),
  experience: text('experience'),
  github_url: text('github_url'),
  linkedin_url: text('linkedin_url'),
  portfolio_url: text('portfolio_url'),
  avatar_url: text('avatar_url'),
  visibility: text('visibility').$type<Visibility>().notNull().default('public'),
  hours_per_week: integer('hours_per_week'),
  zone: text('zone'),
  slots: jsonb('slots').$type<Slot[]>().notNull().default([]),
  open_to: text('open_to').array().$type<Static<typeof OpenTo>[]>().notNull().default([]),
  open_to_until: instant('open_to_until'),
  skill_ids: bigint('skill_ids', { mode: 'number' }).array().notNull().default([]),
  skill_names: text('skill_names').notNull().default(''),
  filled_at: instant('filled_at'),
  version: integer('version').notNull().default(1),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
});

export const profileSkills = schema.table(
  'profile_skills',
  {
    user_id: ref('user_id').notNull(),
    skill_id: ref('skill_id').notNull(),
    position: integer('position').notNull(),
    level: integer('level').notNull(),
    years: doublePrecision('years'),
    evidence_url: text('evidence_url'),
  },
  (table) => [primaryKey({ columns: [table.user_id, table.skill_id] })],
);
