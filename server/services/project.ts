/** What the service `project` mounts: projects, requests and teams, search, and what is told of them. */
import { analytics } from '../modules/analytics/index.ts';
import { collaborations } from '../modules/collaborations/index.ts';
import { conversations } from '../modules/conversations/index.ts';
import { discovery } from '../modules/discovery/index.ts';
import { notifications } from '../modules/notifications/index.ts';
import { projects } from '../modules/projects/index.ts';

export const modules = [projects, collaborations, conversations, discovery, notifications, analytics];
