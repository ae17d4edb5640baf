/** Every contract in one place: the map of what the platform does. */
import * as accounts from './accounts.ts';
import * as analytics from './analytics.ts';
import * as collaborations from './collaborations.ts';
import * as conversations from './conversations.ts';
import * as discovery from './discovery.ts';
import * as notifications from './notifications.ts';
import * as operations from './operations.ts';
import * as platform from './platform.ts';
import * as profiles from './profiles.ts';
import * as projects from './projects.ts';
import * as stream from './stream.ts';

/** By the module that answers them; the platform's own under `stream`. */
export const routesOf = {
  accounts: accounts.routes,
  profiles: profiles.routes,
  projects: projects.routes,
  collaborations: collaborations.routes,
  conversations: conversations.routes,
  discovery: discovery.routes,
  notifications: notifications.routes,
  operations: operations.routes,
  analytics: analytics.routes,
  stream: stream.routes,
};

export const routes = {
  ...routesOf.accounts,
  ...routesOf.profiles,
  ...routesOf.projects,
  ...routesOf.collaborations,
  ...routesOf.conversations,
  ...routesOf.discovery,
  ...routesOf.notifications,
  ...routesOf.operations,
  ...routesOf.analytics,
  ...routesOf.stream,
};
export type AppRoutes = typeof routes;

export const calls = {
  ...accounts.calls,
  ...profiles.calls,
  ...projects.calls,
  ...collaborations.calls,
  ...conversations.calls,
  ...discovery.calls,
  ...notifications.calls,
  ...operations.calls,
  ...analytics.calls,
  ...platform.calls,
};
export type AppCalls = typeof calls;

export const events = {
  ...accounts.events,
  ...profiles.events,
  ...projects.events,
  ...collaborations.events,
  ...conversations.events,
  ...discovery.events,
  ...notifications.events,
  ...operations.events,
  ...analytics.events,
};
export type AppEvents = typeof events;

export const jobs = {
  ...accounts.jobs,
  ...profiles.jobs,
  ...projects.jobs,
  ...collaborations.jobs,
  ...conversations.jobs,
  ...discovery.jobs,
  ...notifications.jobs,
  ...operations.jobs,
  ...analytics.jobs,
};
export type AppJobs = typeof jobs;

export const streams = {
  ...stream.streams,
  ...projects.streams,
  ...collaborations.streams,
  ...notifications.streams,
  ...conversations.streams,
  ...analytics.streams,
};
export type AppStreams = typeof streams;
