/** What a failed read says of the server that it was sent to. */
import { ProblemError } from '../http/problems.ts';
import { sqlState } from './database.ts';

/** Serialization failure and cancelled query: what the read saw had to give way to what the primary did. */
const CONFLICTS = new Set(['40001', '57014']);
/** How the driver and the system word a connection that was lost or could not be had. */
const LOST = /connect|ECONN|terminat|timeout|not queryable|socket|\b(EPIPE|ENOENT)\b/i;
/** Connection exception, operator intervention (restart, crash), too many connections. */
const FAILURES = /^(08|57P|53)/;

/** The server, or the way to it, has failed; the read has not. */
export function isFailureOfHost(error: unknown): boolean {
  if (error instanceof ProblemError) return false;
  const state = sqlState(error);
  if (state !== undefined) return FAILURES.test(state);
  // What is made of several tries to connect has a code alone.
  return error instanceof Error && LOST.test(`${error.message} ${'code' in error ? error.code : ''}`);
}

/** Whether the same read may well succeed elsewhere. */
export function mayFareBetterElsewhere(error: unknown): boolean {
  // A host that is full turns away with a problem.
  return error instanceof ProblemError || isFailureOfHost(error) || CONFLICTS.has(sqlState(error) ?? '');
}
