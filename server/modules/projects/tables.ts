/** The module's tables; the migrations hold their indexes and generated columns. */

import type { Skill as SkillSchema } from '@collabthon/contracts/profiles';
import type { ProjectStatus, ProjectVisibility } from '@collabthon/contracts/projects';
import { boolean, date, integer, jsonb, pgSchema, smallint, text } from 'drizzle-orm/pg-core';
import type { Static } from 'typebox';
import { identity, instant, ref } from '../../platform/database/columns.ts';

export type Skill = Static<typeof SkillSchema>;

const schema = pgSchema('projects');

export const projects = schema.table('projects', {
  id: identity(),
  owner_id: ref('owner_id').notNull(),
  title: text('title').notNull(),
  description: text('description').notNull(),
  skills: jsonb('skills').$type<Skill[]>().notNull(),
  skill_ids: ref('skill_ids').array().notNull(),
  budget_min: ref('budget_min'),
  budget_max: ref('budget_max'),
  currency: text('currency').notNull(),
  currency_digits: smallint('currency_digits').notNull(),
  timeline: text('timeline'),
  hours_per_week: integer('hours_per_week'),
  status: text('status').$type<ProjectStatus>().notNull(),
  is_remote: boolean('is_remote').notNull(),
  place: text('place'),
  deadline: date('deadline', { mode: 'string' }),
  visibility: text('visibility').$type<ProjectVisibility>().notNull(),
  version: integer('version').notNull().default(1),
  is_demo: boolean('is_demo').notNull(),
  created_at: instant('created_at').notNull(),
  updated_at: instant('updated_at').notNull(),
  expires_at: instant('expires_at'),
  warned_at: instant('warned_at'),
  words: text('words').notNull(),
});
export type ProjectRow = typeof projects.$inferSelect;

export const roles = schema.table('roles', {
  id: identity(),
  project_id: ref('project_id').notNull(),
  position: integer('position').notNull(),
  name: text('name').notNull(),
  skill: jsonb('skill').$type<Skill>(),
  level: smallint('level'),
  seats: integer('seats').notNull(),
  taken: integer('taken').notNull().default(0),
});
export type RoleRow = typeof roles.$inferSelect;
