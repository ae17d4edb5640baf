/** Every module there is, in the order in which their migrations run. */
import { accounts } from '../modules/accounts/index.ts';
import { analytics } from '../modules/analytics/index.ts';
import { collaborations } from '../modules/collaborations/index.ts';
import { conversations } from '../modules/conversations/index.ts';
import { discovery } from '../modules/discovery/index.ts';
import { notifications } from '../modules/notifications/index.ts';
import { operations } from '../modules/operations/index.ts';
import { profiles } from '../modules/profiles/index.ts';
import { projects } from '../modules/projects/index.ts';
import type { Module } from '../platform/module.ts';

export const allModules: Module[] = [
  accounts,
  profiles,
  projects,
  collaborations,
  conversations,
  discovery,
  notifications,
  operations,
  analytics,
];
