/** Analytics: what happens on the platform, counted by day, and reports made of it. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes, defineStreams } from './contract.ts';
import { Day, Id, IdParams, Instant, Nullable, OneOf, Page, Paging, PersonCard, Shape } from './shapes.ts';

/** What is counted, in the order of a report's columns. */
export const measures = [
  'members_registered',
  'projects_posted',
  'projects_finished',
  'requests_made',
  'requests_accepted',
  'teams_joined',
  'messages_sent',
] as const;
export type Measure = (typeof measures)[number];

const ofEachMeasure = {
  members_registered: Nullable(Type.Integer()),
  projects_posted: Nullable(Type.Integer()),
  projects_finished: Nullable(Type.Integer()),
  requests_made: Nullable(Type.Integer()),
  requests_accepted: Nullable(Type.Integer()),
  teams_joined: Nullable(Type.Integer()),
  messages_sent: Nullable(Type.Integer()),
} satisfies Record<Measure, unknown>;

export const ReportState = OneOf('queued', 'running', 'done', 'failed');
export type ReportState = Static<typeof ReportState>;

/** `fault`: an error, which the log has. `interrupted`: whoever made it ended, again and again. */
export const ReportError = OneOf('fault', 'interrupted');
export type ReportError = Static<typeof ReportError>;

const Progress = Type.Integer({ minimum: 0, maximum: 100, description: 'In percent.' });

export const Report = Shape({
  id: Id,
  kind: OneOf('activity'),
  from: Day,
  to: Day,
  state: ReportState,
  progress: Progress,
  /** Why it failed. */
  error: Nullable(ReportError),
  asked_by: Nullable(PersonCard),
  asked_at: Instant,
  ended_at: Nullable(Instant),
});
export type Report = Static<typeof Report>;

/** Days are those of UTC. */
export const ActivityResult = Shape({
  counted_since: Day,
  totals: Shape(ofEachMeasure, { description: 'Of the days that were counted; null when none was.' }),
  days: Type.Array(Shape({ day: Day, ...ofEachMeasure }), {
    description: 'Every day of the range; null, not 0, for what was not counted yet.',
  }),
});
export type ActivityResult = Static<typeof ActivityResult>;

export const ReportDetail = Shape({ ...Report.properties, result: Nullable(ActivityResult) });
export type ReportDetail = Static<typeof ReportDetail>;

/** Longest range of a report. */
export const REPORT_YEARS = 2;

export const routes = defineRoutes({
  'POST /admin/reports': {
    summary: 'Ask for a report of the days from `from` to `to`, both included; it is made in the background',
    access: 'admin',
    body: Shape({ kind: OneOf('activity'), from: Day, to: Day }),
    response: Report,
    status: 201,
  },
  'GET /admin/reports': {
    summary: 'Reports of the last 30 days, the latest first',
    access: 'admin',
    query: Shape({ ...Paging }),
    response: Page(Report),
  },
  'GET /admin/reports/{id}': {
    summary: 'One with its result, once it is done',
    access: 'admin',
    params: IdParams,
    response: ReportDetail,
  },
  'GET /admin/reports/{id}/download': {
    summary: 'The result as a file: CSV (RFC 4180, UTF-8 with BOM) or JSON',
    access: 'admin',
    params: IdParams,
    query: Shape({ format: OneOf('csv', 'json') }),
    response: Type.Unsafe<Uint8Array>({ type: 'string', description: 'The file.' }),
  },
  'DELETE /admin/reports/{id}': {
    summary: 'Delete one; it is not made any further',
    access: 'admin',
    params: IdParams,
    status: 204,
  },
});

export const calls = defineCalls({
  /** Forgets who asked for reports. */
  'analytics.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
});

export const events = defineEvents({});

export const jobs = defineJobs({
  /** Goes on where an earlier run ended, and gives up after some that came no further. */
  'analytics.generate_report': {
    input: Shape({ report_id: Id }),
    retryLimit: 20,
    expireInSeconds: 600,
    concurrency: 2,
  },
  /** Deletes reports after 30 days. */
  'analytics.clean_up': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
});

export const streams = defineStreams({
  /** A report that the reader asked for came further. */
  'report.changed': Shape({ report_id: Id, state: ReportState, progress: Progress }),
});
