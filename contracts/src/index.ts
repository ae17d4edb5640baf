/** Every contract in one place: the map of what the platform does. */
import * as accounts from './accounts.ts';
import * as analytics from './analytics.ts';
import * as collaborations from './collaborations.ts';
import * as conversations from './conversations.ts';
import * as discovery from './discovery.ts';
import * as notifications from './notifications.ts';
import * as operations from './operations.ts';
import * as profiles from './profiles.ts';
import * as projects from './projects.ts';
import * as stream from './stream.ts';

export const routes = {
  ...accounts.routes,
  ...profiles.routes,
  ...projects.routes,
  ...collaborations.routes,
  ...conversations.routes,
  ...discovery.routes,
  ...notifications.routes,
  ...operations.routes,
  ...analytics.routes,
  ...stream.routes,
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
