/** What follows from an answer or an owner's silence, worked out from what the page already knows. */
import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';

const DAY = 86_400_000;

/** A request that ends within this time is said to be in a hurry. */
const HURRY = 3 * DAY;
/** Who was asked is reminded this long after the request. */
const REMINDER = 3 * DAY;

export const isInHurry = ({ expires_at }: Pick<Collaboration, 'expires_at'>, now: number): boolean =>
  Date.parse(expires_at) - now < HURRY;

/** When the other side is reminded of a request, and whether that has been. */
export function reminderOf({ created_at }: Pick<Collaboration, 'created_at'>, now: number) {
  const at = Date.parse(created_at) + REMINDER;
  return { at: new Date(at).toISOString(), isPast: at <= now };
}

export interface Seat {
  /** Seats of the role that are free, the one in question among them. */
  free: number;
  /** Other requests for the same role, which end when the last seat is taken. */
  others: number;
}

/**
 * The seat that accepting takes; null when the request is not for a role of these.
 *
 * @param pending every request about the project that waits, in either direction
 */
export function seatFor(
  request: Collaboration,
  roles: Project['roles'],
  pending: readonly Collaboration[],
): Seat | null {
  const role = roles.find(({ id }) => id === request.role?.id);
  if (!role) return null;
  const others = pending.filter((other) => other.id !== request.id && other.role?.id === role.id);
  return { free: Math.max(0, role.seats - role.taken), others: others.length };
}

/** A role whose requests end when its project is saved: it is not looked for any more, or has no free seat left. */
export interface Ending {
  id: number;
  role: string;
  why: 'removed' | 'full';
  count: number;
}

/**
 * What saving other roles does to those who wait.
 *
 * @param wanted the roles as they will be
 * @param pending every request about the project that waits, in either direction
 */
export function endingsOf(
  roles: Project['roles'],
  wanted: readonly { id?: number | undefined; seats?: number | undefined }[],
  pending: readonly Collaboration[],
): Ending[] {
  return roles.flatMap(({ id, name, taken }) => {
    const kept = wanted.find((role) => role.id === id);
    const count = pending.filter(({ role }) => role?.id === id).length;
    if (count === 0 || (kept && (kept.seats ?? 1) > taken)) return [];
    return { id, role: name, why: kept ? ('full' as const) : ('removed' as const), count };
  });
}

/** What an owner had best do next about a project; null when it goes its way. */
export type NextMove =
  | { kind: 'publish' | 'invite' | 'start' | 'reopen' | 'addRoles' }
  | { kind: 'answer'; count: number }
  | { kind: 'finish'; deadline: string };

export function nextMove(project: Project, { waiting, now }: { waiting: number; now: number }): NextMove | null {
  const { status, roles, deadline } = project;
  if (status === 'draft') return { kind: 'publish' };
  if (status === 'expired') return { kind: 'reopen' };
  if (waiting > 0) return { kind: 'answer', count: waiting };
  if (status === 'in_progress') {
    return deadline && Date.parse(deadline) + DAY < now ? { kind: 'finish', deadline } : null;
  }
  if (status !== 'open') return null;
  if (roles.length === 0) return { kind: 'addRoles' };
  return { kind: roles.every(({ seats, taken }) => taken >= seats) ? 'start' : 'invite' };
}
