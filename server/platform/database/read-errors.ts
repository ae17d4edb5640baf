/** What a failed read says of the server that it was sent to. */
import { ProblemError } from '../http/problems.ts';
import { sqlState } from './database.ts';

/** Serialization failure and cancelled query: what the read saw had to give way to what the primary did. */
const CONFLICTS = new Set(['40001', '57014']);
/** How the driver and the system word a connection that was lost or could not be had. */
const LOST = /connect|terminat|timeout|not queryable|socket|\b(EPIPE|ENOENT)\b/i;
/** Connection exception, operator intervention (restart, crash), too many connections. */
const FAILURES = /^(08|57P|53)/;

/** The server, or the way to it, has failed; the read has not. */
export function isFailureOfHost(error: unknown): boolean {
  if (error instanceof ProblemError) return false;
  const state = sqlState(error);
  return state === undefined ? error instanceof Error && LOST.test(error.message) : FAILURES.test(state);
}

/** Whether the same read may well succeed elsewhere. */
export function mayFareBetterElsewhere(error: unknown): boolean {
  // A host that is full turns away with a problem.
  return error instanceof ProblemError || isFailureOfHost(error) || CONFLICTS.has(sqlState(error) ?? '');
}
